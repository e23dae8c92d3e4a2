"""Sets the project up in its own .venv, so that every command needs nothing but Python 3.11.

A script calls `ready()` before it imports anything of the project. The first time this makes .venv and installs
the pinned, hashed requirements into it; afterwards it only compares a fingerprint and needs no network.
"""
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(requirements="site"):
    """Makes sure that .venv holds requirements/<requirements>.txt, and goes on inside it (the script starts again there)."""
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start this with an older Python: then say so
        sys.exit(f"This needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    install(requirements)
    if Path(sys.prefix).resolve() != VENV.resolve():
        command = [str(PYTHON), *sys.argv]
        if os.name == "nt":  # execv does not wait there
            sys.exit(subprocess.run(command).returncode)
        os.execv(command[0], command)
    sys.path.insert(0, str(ROOT / "plugins"))


def install(requirements):
    """Installs requirements/<requirements>.txt where its fingerprint differs from what .venv holds."""
    pins = ROOT / "requirements" / f"{requirements}.txt"
    fingerprint = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"installed-{requirements}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    if Path(sys.prefix).resolve() != VENV.resolve() and not _same_python():
        import venv  # only now: it is slow to load, and needed once

        say("Setting up: making .venv (once)")
        try:
            venv.create(VENV, with_pip=True, clear=True)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(f"Could not make .venv: {error}\nOn Debian and Ubuntu, install the package python3-venv and try again.")
    say(f"Setting up: installing requirements/{requirements}.txt (once; this can take a minute)")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement", str(pins)]
    if subprocess.run(command).returncode:
        sys.exit("Could not install what the site needs. Is there a network? The lines above say more.")
    stamp.write_text(fingerprint)


def _same_python():
    """Whether .venv exists and was made by this very version of Python."""
    if not PYTHON.exists():
        return False
    answer = subprocess.run([str(PYTHON), "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
    return answer.stdout.strip() == sys.version.strip()


def say(line):
    """One line about what is being done now."""
    print(line, file=sys.stderr, flush=True)
