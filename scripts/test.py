"""Runs the tests.

    python3 scripts/test.py          12 minutes at most
    python3 scripts/test.py --all    with the long ones too, 60 minutes at most
    python3 scripts/test.py --hsds FOLDER    holds the open data against Open Referral's schemas too, as they lie in FOLDER (README: "Open data")
    python3 scripts/test.py --remake-goldens    writes tests/golden/ again; look at the difference before you commit it

Sets itself up: .venv with pytest and Playwright, node_modules with axe and html-validate, a Chromium where none is found, for --all a Firefox too.
CHROMIUM and FIREFOX may name the ones to use.
Anything else on the command line goes to pytest, as in: python3 scripts/test.py -k exit
"""
import hashlib
import os
import shutil
import subprocess
import sys

import _setup

_setup.ready("test")

NODE_STAMP = _setup.ROOT / "node_modules" / ".installed"
FIREFOXES = ("firefox-esr", "firefox")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main():
    if {"-h", "--help"} & set(sys.argv):
        print(__doc__)
        return 0
    arguments = [a for a in sys.argv[1:] if a not in ("--all", "--remake-goldens")]
    hsds = schemas(arguments)
    node()
    environment = os.environ | {"CHROMIUM": chromium(), "REMAKE_GOLDENS": "1" if "--remake-goldens" in sys.argv else "", "HSDS": hsds}
    if "--all" in sys.argv:
        environment["FIREFOX"] = firefox()
    long = [] if "--all" in sys.argv else ["-m", "not long"]
    _setup.say("Running the tests")
    return subprocess.run([sys.executable, "-m", "pytest", "-n", "auto", *long, *arguments], cwd=_setup.ROOT, env=environment).returncode


def schemas(arguments):
    """Takes --hsds FOLDER out of the arguments -> the whole path of the folder, "" where there is none."""
    if "--hsds" not in arguments:
        return ""
    at = arguments.index("--hsds")
    folder = os.path.abspath(arguments[at + 1]) if len(arguments) > at + 1 else ""
    if not os.path.isfile(os.path.join(folder, "hsds-3.0", "schema", "service.json")):
        sys.exit("--hsds needs a folder with hsds-3.0/schema/service.json and oruk-3.0/schema/service.json in it (README, \"Open data\").")
    del arguments[at:at + 2]
    return folder


def node():
    """Installs the tests' Node tools from package-lock.json where they are not yet."""
    if not (shutil.which("node") and shutil.which("npm")) and not apt("nodejs", "npm"):
        sys.exit("The tests need Node.js 20 or newer with npm: install it, then run this again.")
    fingerprint = hashlib.sha256((_setup.ROOT / "package-lock.json").read_bytes()).hexdigest()
    if NODE_STAMP.exists() and NODE_STAMP.read_text() == fingerprint:
        return
    _setup.say("Setting up: installing the tests' Node tools (once)")
    if subprocess.run([shutil.which("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=_setup.ROOT).returncode:
        sys.exit("Could not install the tests' Node tools. Is there a network? The lines above say more.")
    NODE_STAMP.write_text(fingerprint)


def chromium():
    """The path of a Chromium: $CHROMIUM, the PATH, Playwright's own, or one installed now. Without one the tests cannot run."""
    found = find_chromium()
    if found:
        return found
    _setup.say("Setting up: no Chromium here, trying to install one (once)")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = find_chromium() or (apt("chromium") and find_chromium())
    return found or sys.exit("The tests need Chromium: install it (on Debian: apt-get install chromium), or set CHROMIUM to its path.")


def find_chromium():
    """The path of a Chromium that is already here, or None."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUMS)]
    program = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    owned = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip()
    return next((path for path in (*named, owned) if path and os.path.exists(path)), None)


def firefox():
    """The path of a Firefox: $FIREFOX, the PATH, or one installed now. Playwright's own is no Firefox as readers have it."""
    found = find_firefox()
    if not found:
        _setup.say("Setting up: no Firefox here, trying to install one (once)")
        found = apt("firefox-esr") and find_firefox()
    return found or sys.exit("The long tests need Firefox: install it (on Debian: apt-get install firefox-esr), or set FIREFOX to its path.")


def find_firefox():
    """The path of a Firefox that is already here, or None."""
    named = [os.environ.get("FIREFOX"), *map(shutil.which, FIREFOXES)]
    return next((path for path in named if path and os.path.exists(path)), None)


def apt(*packages):
    """Installs Debian packages where there is apt-get and we are root -> whether that worked."""
    if not shutil.which("apt-get") or getattr(os, "geteuid", lambda: 1)() != 0:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0 for command in commands)


if __name__ == "__main__":
    sys.exit(main())
