"""Serves the directory on this computer and builds it again whenever something changes.

    python3 scripts/serve.py [--port 8000] [--site DIR] [--headers] [--under /directory/]

--headers sends with each file what the site's file _headers asks of a host (docs/hosting.md). Without it, no answer is kept by a browser.
--under serves the site below a path, as GitHub Pages does.
Open http://localhost:8000 in a browser. Problems in the listings are shown here, and the last good site stays. Stop with Ctrl+C.
"""
import argparse
import contextlib
import subprocess
import sys
import threading
import time
from pathlib import Path

import _setup

_setup.ready()

import watchfiles  # noqa: E402

import _answering  # noqa: E402

ENTRIES, CODE = ("providers", "content"), ("theme", "schema", "plugins", "scripts")
OURS = tuple(_setup.ROOT / name for name in CODE)
STEP, LOOK = 20, 200  # milliseconds: without a change after which a change counts as done; after which it is said that there was none


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8000, help="0: any that is free")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with pelicanconf.py, content/ and providers/")
    parser.add_argument("--output", type=Path, help="where the site is written (default: output/ in the site's folder)")
    parser.add_argument("--headers", action="store_true", help="send what the site's file _headers asks of a host")
    parser.add_argument("--under", default="/", help="the path below which the site is served, as in /directory/")
    args = parser.parse_args()
    if not (args.under.startswith("/") and args.under.endswith("/")):
        parser.error(f"--under {args.under}: it must begin and end with a slash, as in /directory/")
    output = (args.output or args.site / "output").resolve()
    builder = start(args.site, output)
    try:
        server = _answering.server(output, args.port, args.under, args.headers)
    except OSError as error:
        sys.exit(f"Cannot serve on port {args.port}: {error.strerror}. Try another one: --port {args.port + 1}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    said = False
    try:
        for changes in watchfiles.watch(*watched(args.site), step=STEP, rust_timeout=LOOK, yield_on_timeout=True, raise_interrupt=True):
            if not said:  # from now on no change is missed
                _setup.say(f"The site is on http://localhost:{server.server_address[1]}{args.under.rstrip('/')} - stop with Ctrl+C")
                said = True
            if changes:
                paths = sorted(Path(path) for _, path in changes)
                _setup.say(f"{time.strftime('%H:%M:%S')} changed: {', '.join(path.name for path in paths[:3])}{' ...' if len(paths) > 3 else ''}")
                builder = build(builder, args.site, output, any(path.is_relative_to(folder) for path in paths for folder in OURS))
    except KeyboardInterrupt:
        server.shutdown()
        stop(builder)
    return 0


def watched(site):
    """The folders whose changes matter: the site's own, and the project's theme, schemas and code."""
    folders = {Path(site, name).resolve() for name in (*ENTRIES, *CODE)} | set(OURS)
    return sorted(folder for folder in folders if folder.is_dir())


def start(site, output):
    """Starts the program that builds, and waits until it has done so once. What it says goes to this terminal."""
    command = [sys.executable, str(_setup.ROOT / "scripts" / "build.py"), "--site", str(site), "--output", str(output), "--again"]
    builder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    builder.stdout.readline()
    return builder


def build(builder, site, output, with_new_code):
    """Has the site built again, by a new program where code has changed or the old one has ended -> the program. It does not wait for what comes of it."""
    if not with_new_code and builder.poll() is None:
        with contextlib.suppress(OSError):  # it ends just now
            builder.stdin.write(b"again\n")
            builder.stdin.flush()
            return builder
    stop(builder)
    return start(site, output)


def stop(builder):
    """Ends the program that builds."""
    builder.terminate()
    builder.wait()


if __name__ == "__main__":
    sys.exit(main())
