"""Builds the site once.

    python3 scripts/build.py [--site DIR] [--output DIR] [--cache DIR] [--date YYYY-MM-DD] [--url https://...]

The site is built into an empty folder beside the output, held against its own manifest.json, and then swapped in: a build that fails
or is stopped leaves the old site as it was.
"""
import argparse
import datetime
import functools
import gc
import os
import select
import signal
import sys
import time
from pathlib import Path

import _setup

_setup.ready()

import _builder  # noqa: E402
import _sharing  # noqa: E402
from support_directory import publish  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with pelicanconf.py, content/ and providers/")
    parser.add_argument("--output", type=Path, help="where the site is written (default: output/ in the site's folder)")
    parser.add_argument("--cache", type=Path,
                        help="where it keeps what it has read, to be used again (default: .cache/ in the site's folder, where files are many)")
    parser.add_argument("--date", type=datetime.date.fromisoformat, help="today, for whatever depends on it")
    parser.add_argument("--url", default="", help="the public address; without it, what needs one is left out")
    parser.add_argument("--again", action="store_true", help="answer with a line, and build again for each line of the input, until it ends")
    args = parser.parse_args()
    if args.url and not args.url.startswith("https://"):
        parser.error(f"--url {args.url}: it must begin with https://")
    os.umask(0o022)  # whoever builds the site, a web server has to read it
    _sharing.hold_little()
    gc.disable()  # a build makes many small values and few cycles: collecting them takes time and frees next to nothing
    output = args.output or args.site / "output"
    if output.is_dir() and any(output.iterdir()) and not (output / "version.json").is_file():
        parser.error(f"--output {output}: there is something else in this folder, which the site would replace. Name an empty folder or a new one.")
    mark = publish.new_mark()
    for number in _sharing.STOPPING:
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup, say, asks for that
            signal.signal(number, functools.partial(stop, output, mark))
    builder = _builder.Builder(args.site, output, args.url, keeps=args.again, cache=args.cache)
    if args.again:
        again(builder, args.date, mark)
    return told(builder, lambda: builder.build(args.date or datetime.date.today(), mark))


def again(builder, date, mark):
    """Builds and answers with a line, then builds again for each line that comes in. What is to be read by people goes to where errors go."""
    answers = os.dup(1)
    os.dup2(2, 1)
    told(builder, lambda: builder.build(date or datetime.date.today(), mark))
    os.write(answers, b"done\n")
    for _ in sys.stdin:
        told(builder, lambda: builder.build_again(date or datetime.date.today(), mark, is_input_waiting))
        gc.unfreeze()
        gc.collect()
    sys.exit(0)


def is_input_waiting():
    """Whether a line has come in. Windows cannot say so of what is no network connection."""
    return os.name == "posix" and bool(select.select([sys.stdin], [], [], 0)[0])


def told(builder, build):
    """Runs a build, and says what came of it -> the exit code."""
    started = time.perf_counter()
    _setup.say(f"Building {builder.output}")
    try:
        problems, reminders = build()
    except publish.Unfit as error:
        print(f"{error}, so the new site was not put in place and the old one is as it was.", flush=True)
        return 1
    for line in problems or reminders:
        print(line)
    if problems:
        print(f"{len(problems)} to mend. Nothing was built.", flush=True)
        return 1
    print(f"{builder.pages} pages in {builder.output} after {time.perf_counter() - started:.1f} s.", flush=True)
    return 0


def stop(output, mark, number, frame):
    """Ends the build with this mark at the first signal that asks for it, wherever it is, and clears up; signals that follow cannot disturb that.

    It does not end by an exception: one that is raised just anywhere is lost in some places, and in others leaves a lock closed for ever.
    """
    _sharing.ignore_signals()
    _sharing.end_others()
    publish.clear(output, mark)
    os._exit(128 + number)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Python would take apart whatever it holds, piece by piece
