"""Puts a finished site in the place of the old one: built in an empty folder beside it, held against its manifest, then swapped in.

manifest.json names every file of a site but itself, with its size and SHA-256. What it says is what is published, and nothing else.
"""
import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

MANIFEST = "manifest.json"
HOUR = 3600
# What renameat2(2) of Linux takes, from <fcntl.h> and <linux/fs.h>: paths relative to the working folder; change places.
AT_FDCWD, RENAME_EXCHANGE = -100, 2


class Unfit(Exception):
    """A site that must not be published. Its words say what is wrong with which file."""


# ---- the manifest

def facts(content):
    """The bytes of a file -> what the manifest says of them: (size, SHA-256)."""
    return len(content), hashlib.sha256(content).hexdigest()


def manifest(files):
    """{path: facts} -> the text of the manifest: sorted, one file a line."""
    rows = (json.dumps({"path": path, "size": size, "sha256": digest}) for path, (size, digest) in sorted(files.items()))
    return '{"files": [\n' + ",\n".join(rows) + "\n]}\n"


def is_inside(path):
    """Whether a path stays in the folder that it is relative to, on every system: slashes only, and a plain name between each two."""
    return not set("\\:\0") & set(path) and all(part not in ("", ".", "..") for part in path.split("/"))


def verify(folder, rights=True):
    """Makes sure that a folder holds the files of its manifest and nothing else: regular files, none executable, each as it was written.

    `rights`: whether the file system keeps rights (`keeps_rights`); where it does not, every file may look executable.
    Unfit: the folder does not fit. The first thing that is wrong is named.
    """
    folder = Path(folder)
    found = set(_files(folder, rights))
    if MANIFEST not in found:
        raise Unfit(f"{MANIFEST} is missing")
    found.remove(MANIFEST)
    listed = _listed((folder / MANIFEST).read_bytes())
    for path in sorted(found ^ listed.keys()):
        raise Unfit(f"{shown(path)} is not in {MANIFEST}" if path in found else f"{shown(path)} is missing")
    for path in listed:
        if facts(_content(os.path.join(folder, path))) != listed[path]:
            raise Unfit(f"{shown(path)} is not as it was written")


def _content(path):
    """The bytes of a file. Path.read_bytes takes twice as long, which many thousand files make worth a function."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(file, os.fstat(file).st_size + 1)
    finally:
        os.close(file)


def _files(folder, rights, above=""):
    """The path of every file under a folder. Unfit: something there is not what a site is made of."""
    with os.scandir(folder) as entries:
        rows = sorted(entries, key=lambda entry: entry.name)
    if not rows:
        raise Unfit(f"{shown(above.rstrip('/')) or 'the new site'} is an empty folder")
    for entry in rows:
        path = above + entry.name
        if entry.is_symlink():
            raise Unfit(f"{shown(path)} is a link")
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, rights, path + "/")
            continue
        if not entry.is_file(follow_symlinks=False):
            raise Unfit(f"{shown(path)} is neither a file nor a folder")
        status = entry.stat(follow_symlinks=False)
        if status.st_nlink > 1:
            raise Unfit(f"{shown(path)} is a link: the same file stands somewhere else too")
        if rights and status.st_mode & 0o111:
            raise Unfit(f"{shown(path)} is executable")
        yield path


def _listed(content):
    """The bytes of a manifest -> {path: facts}. Unfit: it is not written as `manifest` writes it, or a path leaves the folder."""
    try:
        listed = {row["path"]: (row["size"], row["sha256"]) for row in json.loads(content)["files"]}
        outside = [path for path in listed if not is_inside(path)]
        as_written = manifest(listed).encode() == content
    except (ValueError, KeyError, TypeError):
        raise Unfit(f"{MANIFEST} is not a list of files") from None
    for path in outside:
        raise Unfit(f"{shown(path)} would be outside the site")
    if not as_written:
        raise Unfit(f"{MANIFEST} does not name each file once, sorted by path")
    return listed


def shown(path):
    """A path as a message shows it: what cannot be printed, and could forge another line, is escaped."""
    return path if path.isprintable() else ascii(path)


# ---- the swap

def new_mark():
    """A mark that no other build has: the folders that a build makes beside the output carry it."""
    return os.urandom(8).hex()


def beside(output, mark):
    """The two folders of the build with this mark: (for the new site, for the old one while it gives way)."""
    return output.with_name(f"{output.name}.new-{mark}"), output.with_name(f"{output.name}.old-{mark}")


@contextlib.contextmanager
def swapped_in(output, mark=""):
    """Gives an empty folder to build in; when the block ends without an error and the site fits its manifest, it takes the place of `output`.

    When the block fails, or the site does not fit (Unfit), the old output is as it was. Nothing is left beside it, unless the program is killed:
    then the next build clears up. Who gives a mark of their own (new_mark) can clear up at any moment (clear).
    """
    output, mark = Path(output).resolve(), mark or new_mark()
    if output.exists() and not output.is_dir():
        raise Unfit(f"{shown(str(output))} is not a folder")
    output.parent.mkdir(parents=True, exist_ok=True)
    tidy(output, time.time())
    fresh, old = beside(output, mark)
    try:
        fresh.mkdir(0o700)
        rights = keeps_rights(fresh)
        fresh.chmod(0o755)  # whoever built it, a web server has to read it
        yield fresh
        verify(fresh, rights)
        swap(fresh, output, old)
    finally:
        clear(output, mark)


def keeps_rights(private):
    """Whether the file system of a folder that was made for its owner alone keeps such rights: those of Windows and of memory sticks do not."""
    return private.stat().st_mode & 0o077 == 0


def swap(fresh, output, old):
    """Moves the folder `fresh` to `output`. What was there is then at `fresh` or `old`.

    Where folders can change places there is no moment without a site. Elsewhere there is, between the two renames.
    """
    if not output.exists():
        os.rename(fresh, output)
    elif not exchange(fresh, output):
        os.utime(output)  # `tidy` of another build must not take it for an old leftover
        os.rename(output, old)
        os.rename(fresh, output)


def exchange(one, other):
    """Lets two folders change places in one step -> whether that was done. It cannot be on other systems, old kernels and some file systems.

    See renameat2(2) of Linux; glibc has it since 2.28.
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def clear(output, mark):
    """Removes what the build with this mark left beside the output; puts the old site back where nothing took its place."""
    output = Path(output).resolve()
    fresh, old = beside(output, mark)
    if not output.exists() and old.exists():
        os.rename(old, output)
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def tidy(output, now):
    """Clears up after builds of `output` that were killed. `now`: the time, in seconds, as time.time() gives it.

    Killed between the two renames: the last whole site is put back. What else is left is removed after an hour; a younger folder may belong to
    a build that still runs.
    """
    left = sorted(_left_by_builds(output), key=lambda pair: pair[1], reverse=True)
    if not output.exists():
        whole = next((folder for folder, _ in left if ".old-" in folder.name and _is_whole(folder)), None)
        if whole:
            os.rename(whole, output)
    for folder, changed in left:
        if changed < now - HOUR:
            shutil.rmtree(folder, ignore_errors=True)


def _left_by_builds(output):
    """(folder, when it was changed) for each folder beside `output` that a build made; a folder that somebody named alike is none."""
    ours = re.compile(re.escape(output.name) + r"\.(new|old)-[0-9a-f]{16}")
    for folder in output.parent.iterdir():
        if ours.fullmatch(folder.name):
            with contextlib.suppress(FileNotFoundError):  # another build may clear up at the same time
                yield folder, folder.stat().st_mtime


def _is_whole(folder):
    """Whether a folder is a whole site: one whose removal had begun is not."""
    try:
        verify(folder, rights=False)
    except (Unfit, OSError):
        return False
    return True
