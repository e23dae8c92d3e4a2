"""What has been read and checked before, by the content of each file: a build of a large site need not do it again.

It is one file that anybody may delete. What another version of the program left in it is never looked at, and one that is damaged is thrown away.
"""
import contextlib
import functools
import hashlib
import marshal
import sqlite3
import sys
from pathlib import Path

import _setup

NAME = "readings"
CODE = ("plugins/support_directory/*.py", "schema/*.json", "scripts/_*.py")  # what decides what comes of a file


@functools.cache
def version():
    """A mark of this very program, and of the Python that runs it."""
    digest = hashlib.sha256(f"{sys.version} {marshal.version}".encode())
    for path in sorted(path for pattern in CODE for path in _setup.ROOT.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def prepared(folder):
    """Makes the cache in a folder ready for use, and removes those of other versions -> its file, or None where none can be had."""
    file = Path(folder, f"{NAME}-{version()}.db")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for other in file.parent.glob(f"{NAME}-*"):
            if not other.name.startswith(file.name):
                other.unlink()
        if file.exists() and not _is_whole(file):
            _setup.say(f"{file} is damaged. It is made again.")
            for part in file.parent.glob(file.name + "*"):
                part.unlink()
        with contextlib.closing(sqlite3.connect(file)) as made:
            made.execute("CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, reading BLOB, sum BLOB, clean BLOB) WITHOUT ROWID")
    except (OSError, sqlite3.Error):
        return None
    return file


def _is_whole(file):
    try:
        with contextlib.closing(sqlite3.connect(file)) as found:
            return found.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.Error:
        return False


def key(slug, content):
    """What a file is known by: its slug and its bytes."""
    return hashlib.sha256(slug.encode() + b"\0" + content).digest()


class Cache:
    """The cache in a file that `prepared` gave; None: nothing is known and nothing is kept. Whatever goes wrong with it, a build goes on without it.

    A reading is data that marshal can hold. `clean`: the mark of all that a reading was found without problems under, or b"".
    """

    def __init__(self, file):
        self.file, self._new = file, {}

    @functools.cached_property
    def _connection(self):
        return sqlite3.connect(self.file, timeout=30)

    def get(self, key):
        """A key -> (reading, clean), or None."""
        if not self.file:
            return None
        try:
            row = self._connection.execute("SELECT reading, sum, clean FROM readings WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        if row is None or hashlib.sha256(row[0]).digest() != row[1]:
            return None
        return marshal.loads(row[0]), row[2]

    def put(self, key, reading, clean):
        """Keeps a reading under a key, once `save` is called."""
        if self.file:
            held = marshal.dumps(reading)
            self._new[key] = (key, held, hashlib.sha256(held).digest(), clean)

    def save(self):
        """Writes what was put."""
        if self._new:
            with contextlib.suppress(sqlite3.Error), self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", self._new.values())
            self._new = {}
