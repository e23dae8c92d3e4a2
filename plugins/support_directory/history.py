"""What git holds, read without checking anything out: no link is followed, no filter runs, and no name can lead out of a folder.

Only commands that read are used. A state is named by its commit; what somebody typed is never taken for an option.
"""
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .ownership import FILE, LINK, NOTHING, PROGRAM, SUBMODULE, Row, shown

FOLDERS = ("content", "providers")  # what a build and a check read of a site, besides programs
MOST_BYTES, MOST_FILES, MOST_OF_ALL = 1024 * 1024, 5_000, 64 * 1024 * 1024
# Nothing of the machine's or the repository's own settings may change what is read; objects that stand in for others are not looked at.
SETTINGS = ("--no-replace-objects", "--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false")


class Unreadable(Exception):
    """Git could not give what was asked for. Its words say what."""


@dataclass(frozen=True)
class File:
    """One file of a commit's tree."""

    mode: str
    id: str
    size: int
    path: str


def git(repository, *arguments, given=None):
    """Runs git in a repository -> its output as bytes. Unreadable: git is not there, or says no."""
    try:
        answer = subprocess.run(["git", "-C", str(repository), *SETTINGS, *arguments], input=given, capture_output=True,
                                env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"})
    except OSError as error:
        raise Unreadable(f"Git could not be started: {error.strerror}.") from None
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip().splitlines()
        raise Unreadable(f"Git says: {said[-1] if said else 'nothing'}.")
    return answer.stdout


def commit(repository, name):
    """The full id of the commit that a name or an id means. Unreadable: there is none."""
    try:
        return git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except (Unreadable, ValueError):
        raise Unreadable(f"There is no commit called “{shown(name)}” in this project.") from None


def parting(repository, base, head):
    """The commit at which two lines of work parted, or `base` itself where they share none."""
    try:
        return git(repository, "merge-base", base, head).decode().split()[0]
    except (Unreadable, IndexError):
        return base


def touched(repository, base, head):
    """Two commits -> a Row for each path that differs, as git holds it: no renames, no filters, submodules too."""
    raw = git(repository, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--full-index",
              base, head)
    parts = raw.split(b"\0")[:-1]
    rows = []
    for facts, path in zip(parts[::2], parts[1::2], strict=True):
        old_mode, new_mode, _, _, status = facts.decode().removeprefix(":").split()
        rows.append(Row(old_mode, new_mode, status[0], path.decode("utf-8", "surrogateescape")))
    return rows


def tree(repository, name, folders=FOLDERS):
    """The files of a commit under some folders."""
    raw = git(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", name, *folders)
    found = []
    for row in raw.split(b"\0")[:-1]:
        facts, path = row.split(b"\t", 1)
        mode, _, identity, size = facts.decode().split()
        found.append(File(mode, identity, int(size) if size.isdigit() else 0, path.decode("utf-8", "surrogateescape")))
    return found


def unpack(repository, name, folder):
    """Writes what a build reads of a commit into an empty folder -> what was left out, as [(path, why)].

    Plain files only, those that are marked as programs stay marked, so that the check sees it.
    """
    kept, left_out, names, size = [], [], set(), 0
    for file in tree(repository, name):
        why = _why_not(file) or ("it has the name of another file, but for capital letters" if file.path.lower() in names else "")
        why = why or ("there is too much to read" if len(kept) >= MOST_FILES or size + file.size > MOST_OF_ALL else "")
        if why:
            left_out.append((file.path, why))
        else:
            names.add(file.path.lower())
            size += file.size
            kept.append(file)
    for top in FOLDERS:
        Path(folder, top).mkdir()
    for file, content in zip(kept, _contents(repository, kept), strict=True):
        path = Path(folder, file.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if file.mode == PROGRAM:
                path.chmod(0o755)
        except OSError:  # such as a name that this system cannot hold
            left_out.append((file.path, "this computer cannot hold a file of that name"))
    return sorted(left_out)


def _why_not(file):
    """Why a file of a tree is not written to disk, or ""."""
    kinds = {LINK: "it is a link", SUBMODULE: "it is another project (a submodule)", NOTHING: "it is no file"}
    if file.mode not in (FILE, PROGRAM):
        return kinds.get(file.mode, "it is not a plain file")
    parts = file.path.split("/")
    if any(part in ("", ".", "..") for part in parts) or parts[0] not in FOLDERS or set("\\:") & set(file.path):
        return "its path leads out of its folder"
    if not file.path.isprintable():
        return "its name has characters that cannot be seen"
    return "it is very large" if file.size > MOST_BYTES else ""


def _contents(repository, files):
    """The content of each file, as git holds it."""
    found = blobs(repository, [file.id for file in files])
    for file in files:
        if file.id not in found:
            raise Unreadable(f"Git does not hold {shown(file.path)}.")
        yield found[file.id]


def blobs(repository, ids):
    """Ids of files' contents -> {id: its bytes}, of those that git holds."""
    wanted = list(dict.fromkeys(ids))
    raw, at, found = git(repository, "cat-file", "--batch", given="".join(f"{one}\n" for one in wanted).encode()) if wanted else b"", 0, {}
    for one in wanted:
        end = raw.index(b"\n", at)
        identity, kind, *size = raw[at:end].decode().split()
        at = end + 1
        if size:
            if (identity, kind) == (one, "blob"):
                found[one] = raw[at:at + int(size[0])]
            at += int(size[0]) + 1
    return found
