"""The folder that a site is written to, and what is noted of each file while it is written."""
import os
from pathlib import Path

import rcssmin
import rjsmin

from . import publish, saving

# Comments are for whoever reads the sources: no phone has to load them. What is in vendor/ stays as its makers wrote it.
LIGHTER, AS_IT_IS = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}, "vendor"
MOST_HELD = 64_000_000  # bytes of new files that a site that is changed in place holds before it writes them


class Output:
    """An empty folder that a site is written to. `files`: {path: what the manifest says of it}; `rows`: {path: what the list of the saved copy says of it}.

    `saves`: whether there is such a list.
    """

    in_place = False

    def __init__(self, folder, saves=True):
        self.folder, self.saves, self.files, self.rows = Path(folder), saves, {}, {}

    def write(self, path, content):
        """Writes text or bytes to a path relative to the folder, making its folders. publish.Unfit: the path leaves the folder, or was written before."""
        if path in self.files:
            raise publish.Unfit(f"{publish.shown(path)} would be written twice")
        facts, row, content = self._noted(path, content)
        self._put(path, facts, content)
        self.note({path: facts}, {path: row} if row else {})

    def written(self, piece):
        """Writes a Piece -> what is to be noted of its files: (facts, rows). It may run in another process, so it notes nothing itself."""
        found, rows = {}, {}
        for path, content in piece.files():
            if path in found:
                raise publish.Unfit(f"{publish.shown(path)} would be written twice")
            found[path], row, content = self._noted(path, content)
            if row:
                rows[path] = row
            self._put(path, found[path], content)
        return found, rows

    def note(self, facts, rows):
        """Notes files that have been written. publish.Unfit: one of them was written before."""
        twice = self.files.keys() & facts.keys()
        if twice:
            raise publish.Unfit(f"{publish.shown(min(twice))} would be written twice")
        self.files |= facts
        self.rows |= rows

    def read(self, path):
        """The bytes of a file that was written."""
        return (self.folder / path).read_bytes()

    def flush(self):
        """Makes sure that whatever was written is in its place."""

    def finish(self):
        """Writes the manifest: nothing is written after it."""
        self.write(publish.MANIFEST, publish.manifest(self.files))

    def _noted(self, path, content):
        if not publish.is_inside(path):
            raise publish.Unfit(f"{publish.shown(path)} would be outside the site")
        content = content.encode() if isinstance(content, str) else content
        return publish.facts(content), saving.row(path, content) if self.saves and saving.is_saved(path) else None, content

    def _put(self, path, facts, content):
        self._write(os.path.join(self.folder, path), content)

    def _write(self, target, content):
        try:
            self._put_bytes(target, content)
        except FileNotFoundError:  # asking first, or remembering which folders are there, costs more
            os.makedirs(os.path.dirname(target), exist_ok=True)
            self._put_bytes(target, content)

    @staticmethod
    def _put_bytes(target, content):
        with open(target, "wb", buffering=0) as file:
            file.write(content)


class InPlace(Output):
    """A folder that holds a whole site already, to which a new state of it is written: files that stay as they are are not touched.

    `on_disk`: {path: what the manifest says of it} of each file that is there; it is kept up to date. New contents are held until `flush`, so that an
    error on the way changes nothing.
    """

    in_place = True

    def __init__(self, folder, on_disk, saves=True):
        super().__init__(folder, saves)
        self.on_disk, self._held, self._size = on_disk, {}, 0

    def read(self, path):
        return self._held[path][1] if path in self._held else super().read(path)

    def flush(self):
        """Writes what is held. Whoever reads a file meanwhile gets the old or the new one, whole."""
        for path, (facts, content) in self._held.items():
            target = os.path.join(self.folder, path)
            self._write(target + ".new", content)
            os.replace(target + ".new", target)
            self.on_disk[path] = facts
        self._held, self._size = {}, 0

    def finish(self):
        super().finish()
        self.flush()
        for path in self.on_disk.keys() - self.files.keys():
            Path(self.folder, path).unlink(missing_ok=True)
            del self.on_disk[path]

    def _put(self, path, facts, content):
        if self.on_disk.get(path) == facts:
            self._held.pop(path, None)
            return
        self._held[path] = facts, content
        self._size += len(content)
        if self._size > MOST_HELD:
            self.flush()


def copied(source, path):
    """(path below `path`, content) of the regular files under the folder `source`, and nothing else of them (no modes, no links, no comments)."""
    for file in static_files(source):
        name = file.relative_to(source)
        lighter = LIGHTER.get(file.suffix) if name.parts[0] != AS_IT_IS else None
        yield f"{path}/{name.as_posix()}", lighter(file.read_text(encoding="utf-8")) if lighter else file.read_bytes()


def static_files(folder):
    """The regular files under a folder, sorted; names that begin with a dot are left out."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and not path.name.startswith(".")]
