"""The code's style and the spelling of everything that is written here."""
import subprocess
import sys

from browser_tools import ROOT


def run(*command):
    """Runs a tool of .venv in the project's folder -> what it says, empty where it finds nothing."""
    answer = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0 or answer.stdout, answer.stderr
    return answer.stdout


def test_ruff_finds_nothing():
    """The rules are in pyproject.toml."""
    assert run("ruff", "check", "--quiet", "--output-format", "concise", ".") == ""


def test_codespell_finds_nothing():
    """Words that look misspelt but are right stand in pyproject.toml, with their reason."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert len(tracked) > 200
    assert run("codespell_lib", *tracked) == ""
