"""The git repository that a site lies in, and the branch that is made there, without touching what somebody works on."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import _setup
from _saying import printable
from support_directory.editing import Refused

NOBODY = "noreply@noreply.invalid"  # nobody's: git wants an address, and a name of a person may not stand in the history


class Repository:
    """The git repository that a site lies in. Nothing but `commit` and `switch` changes anything in it."""

    def __init__(self, site):
        self.site, self.index, self.site_copy = Path(site).resolve(), None, None
        if not shutil.which("git"):
            raise Refused("git is not on this computer. Install it first.")
        try:
            self.top = self.site
            self.top = Path(self.git("rev-parse", "--show-toplevel"))
            self.prefix = self.site.relative_to(self.top.resolve())
            self.head = self.git("rev-parse", "--verify", "HEAD")
        except (Refused, OSError, ValueError) as error:
            raise Refused(f"{site} is not in a git repository that has a commit. ({printable(error)})") from None

    def git(self, *words, given=None, **environment):
        """Runs git -> what it prints, without the last line break. Refused with git's own words where it fails."""
        index = {"GIT_INDEX_FILE": str(self.index)} if self.index else {}
        answer = subprocess.run(["git", *words], cwd=self.top, input=given, capture_output=True, encoding="utf-8",
                                errors="surrogateescape", env=os.environ | {"LC_ALL": "C"} | index | environment)
        if answer.returncode:
            raise Refused(f"git {words[0]} says: {printable(answer.stderr.strip())}")
        return answer.stdout.removesuffix("\n")

    def path(self, name):
        """A file of the site, as git calls it."""
        return (self.prefix / name).as_posix()

    def must_be_clean(self, name):
        """Refused where the file has changes that are not committed."""
        index, self.index = self.index, None  # here the editor's own index counts
        said = self.git("status", "--porcelain", "-z", "--untracked-files=all", "--", f":(literal){self.path(name)}")
        self.index = index
        if said:
            raise Refused(f"{name} has changes that are not committed. Commit them or take them back first.")

    def copy(self, folder):
        """Writes the site's entries as they are committed into a folder -> the site's folder there. What is not committed does not count."""
        self.index = folder / "index"
        self.git("read-tree", self.head)
        names = self.git("ls-files", "-z", "--", *(f":(literal){self.path(name)}" for name in ("content", "providers")))
        self.git("checkout-index", "-z", "--stdin", f"--prefix={folder / 'site'}{os.sep}", given=names)
        self.site_copy = folder / "site" / self.prefix
        return self.site_copy

    def commit(self, name, text, message, author, branch):
        """Makes a branch with one commit of one file -> the branch's name. The editor's files, index and branch are not touched."""
        blob = self.git("hash-object", "-w", "--stdin", f"--path={self.path(name)}", given=text)
        self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{self.path(name)}")
        tree = self.git("write-tree")
        who = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": NOBODY, "GIT_COMMITTER_NAME": "Editors", "GIT_COMMITTER_EMAIL": NOBODY}
        commit = self.git("commit-tree", tree, "-p", self.head, "-F", "-", given=message, **who)
        branch = self.free_name(branch)
        self.git("update-ref", f"refs/heads/{branch}", commit, "0" * len(commit))  # fails where somebody else has just made it
        return branch

    def free_name(self, branch):
        """The name of a branch that is not there yet, here or on a server."""
        taken = set(self.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n"))
        taken |= set(self.git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes").split("\n"))
        number, name = 1, branch
        while name in taken:
            number, name = number + 1, f"{branch}-{number + 1}"
        return name

    def explain(self, branch, today):
        """Prints what changes for the public, where scripts/explain_changes.py is there."""
        script = _setup.ROOT / "scripts/explain_changes.py"
        if not script.exists():
            return
        sys.stdout.flush()
        command = [sys.executable, str(script), self.head, branch, "--repository", str(self.top), "--date", today.isoformat()]
        answer = subprocess.run(command, cwd=self.top, capture_output=True, encoding="utf-8")
        print(f"\n{answer.stdout.strip()}" if answer.returncode == 0 else
              f"\nWhat changes for the public could not be worked out: {printable((answer.stderr.strip().splitlines() or ['no reason given'])[-1])}")

    def switch(self, branch):
        """Goes to a branch. What it could not do is said: the branch is there all the same."""
        self.index = None
        try:
            self.git("switch", "--quiet", branch)
            print(f"You are on {branch} now.")
        except Refused as refused:
            print(f"{refused}\nYou are still where you were. The branch is there.")
