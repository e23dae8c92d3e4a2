"""Real git repositories for the tests: Saltmarsh as somebody keeps it, and what others propose."""
import os
import shutil
import subprocess

from saltmarsh import GOOD

WHO = {"GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.org", "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.org",
       "GIT_AUTHOR_DATE": "2026-11-22T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-22T12:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
HARBOUR, NIGHTLINE, REFUGE = (f"providers/{name}.yaml" for name in ("harbour-advice", "nightline", "hilltop-refuge"))


class Repository:
    """A repository with Saltmarsh in its first commit, on the branch main."""

    def __init__(self, folder, site=GOOD):
        self.folder = folder
        shutil.copytree(site, folder)
        self.git("init", "-q", "-b", "main")
        self.first = self.commit("The first state")

    def git(self, *arguments, given=None):
        """Runs git here -> what it printed."""
        answer = subprocess.run(["git", "-C", str(self.folder), *arguments], input=given, capture_output=True, env={**os.environ, **WHO})
        assert answer.returncode == 0, answer.stderr.decode()
        return answer.stdout.decode().strip()

    def commit(self, message="A change"):
        """Commits all that stands in the folder -> the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def path(self, name):
        """The path of a file here."""
        return self.folder / name

    def read(self, name):
        """The text of a file here."""
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name, text):
        """Writes a file here, making its folders."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")

    def replace(self, name, old, new):
        """Replaces a text that stands in a file here."""
        assert old in self.read(name), (name, old)
        self.write(name, self.read(name).replace(old, new, 1))

    def object(self, kind, content):
        """Stores an object of git as it is, even one that git itself would never make -> its id."""
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", given=content)

    def tree(self, *rows):
        """Stores a tree of rows (mode, name as bytes, id) as they are -> its id."""
        return self.object("tree", b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(identity) for mode, name, identity in rows))

    def commit_of(self, tree):
        """A commit of that tree, after the one that is here -> its id."""
        return self.git("commit-tree", tree, "-p", "HEAD", "-m", "Made by hand")

    def with_row(self, mode, name, identity, folder="providers"):
        """A commit in which one folder has one more row, whatever it is called -> its id."""
        tops = [row.split("\t") for row in self.git("ls-tree", "HEAD").splitlines()]
        rows = [row.split("\t") for row in self.git("ls-tree", f"HEAD:{folder}").splitlines()]
        inner = self.tree(*((facts.split()[0], own.encode(), facts.split()[2]) for facts, own in rows), (mode, name, identity))
        return self.commit_of(self.tree(*((facts.split()[0].lstrip("0"), own.encode(), inner if own == folder else facts.split()[2]) for facts, own in tops)))
