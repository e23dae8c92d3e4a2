"""Real profile folders: a browser as a reader has it, and what its files hold once it is closed.

    with profile(playwright, "firefox", tmp_path / "profile") as context:
        context.new_page().goto(address)
    assert found(tmp_path / "profile", numbers(output / "providers/nightline/index.html")) == {}

`found` reads every file as it is, and unpacks what the two browsers pack: LevelDB of Chromium, snappy and LZ4 of Firefox, SQLite of both.
It cannot see: what was sent packed (serve without gzip, as browser_tools.served does), encrypted values (cookies of Chromium, private windows of Firefox),
a text that is cut by the end of a block of LevelDB's log, packed rows of SQLite that were deleted but not yet written over (plain ones it sees),
and whatever is outside the folder: memory, swap, the blocks of deleted files, the system's own lists.
"""
import contextlib
import itertools
import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

import cramjam

from browser_tools import FLAGS

BROWSERS = ("chromium", "firefox")
LINK = re.compile(r'href="tel:(\+\d{9,})"[^>]*>(?:<span>[^<]*<span class="num">([\d ]+)</span>)?')
# Firefox: session files, and bodies that a page put into its caches.
MOZ_LZ4, SNAPPY_STREAM = b"mozLz40\0", b"\xff\x06\x00\x00sNaPpY"
SQLITE, LEVELDB_END = b"SQLite format 3\0", bytes.fromhex("57fb808b247547db")


def profile(playwright, name, folder, **options):
    """Opens a browser ("chromium" or "firefox") whose whole profile is `folder` -> its context; closing that closes the browser and writes all files.

    Opened again on the same folder, it is the same browser on the next day. `options` go to launch_persistent_context; for Firefox,
    `firefox_user_prefs` switches off what Playwright cannot (it ignores java_script_enabled, forced_colors and reduced_motion there).
    """
    if name == "chromium":
        return playwright.chromium.launch_persistent_context(str(folder), executable_path=os.environ["CHROMIUM"], args=FLAGS, **options)
    return playwright.firefox.launch_persistent_context(str(folder), channel="moz-firefox", executable_path=firefox_path(), **options)


def firefox_path():
    """The path of Firefox: $FIREFOX, or firefox-esr or firefox on the PATH. RuntimeError where there is none (scripts/test.py --all installs one)."""
    path = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not path:
        raise RuntimeError("No Firefox here: install firefox-esr, or set FIREFOX to its path")
    return path


def numbers(output):
    """The telephone numbers of a built site, or of one page of it -> {as dialled: as shown}, short numbers (999, 116 123) left out: bytes hold them by chance.

    A page holds a number in both ways, so look for both: [*it, *it.values()].
    """
    pages = [output] if Path(output).is_file() else sorted(Path(output).rglob("*.html"))
    read = {}
    for page in pages:
        for dialled, shown in LINK.findall(page.read_text(encoding="utf-8")):
            read[dialled] = read.get(dialled) or shown
    return {dialled: shown or dialled for dialled, shown in sorted(read.items())}


def found(folder, texts):
    """Looks for texts in the files of a closed profile -> {text: the files that hold it, sorted}; a text that no file holds is not in it.

    Each is looked for in UTF-8 and in UTF-16LE, the file's own name included (Firefox names folders by the address of a site).
    """
    wanted = {text: (text.encode(), text.encode("utf-16-le")) for text in texts}
    held = {}
    for path in files(folder):
        name = str(path.relative_to(folder))
        data = b"\0".join([name.encode(), *contents(path)])
        for text, forms in wanted.items():
            if any(form in data for form in forms):
                held.setdefault(text, []).append(name)
    return held


def files(folder):
    """Every regular file of a profile, sorted. ValueError where there are too few to be one that a browser wrote."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
    if len(paths) < 15:
        raise ValueError(f"{folder} holds {len(paths)} files: that is no profile of a browser")
    return paths


def contents(path):
    """The bytes of a file as they are, then what is packed in it, unpacked."""
    data = path.read_bytes()
    yield data
    if data.startswith(MOZ_LZ4):
        yield bytes(cramjam.lz4.decompress_block(data[12:], output_len=int.from_bytes(data[8:12], "little")))
    elif data.startswith(SNAPPY_STREAM):
        yield from snappy_stream(data)
    elif data.startswith(SQLITE):
        yield from sqlite_values(path)
    elif data.endswith(LEVELDB_END):
        yield from leveldb_values(data)


def unpacked(data):
    """Bytes packed by snappy -> unpacked, or none where they are something else."""
    try:
        return bytes(cramjam.snappy.decompress_raw(data))
    except cramjam.DecompressionError:
        return b""


def snappy_stream(data):
    """The chunks of a snappy stream, joined: (kind, three bytes of length, four of checksum, body) each, kind 0 packed and 1 plain."""
    place, parts = 0, []
    while place + 4 <= len(data):
        kind, length = data[place], int.from_bytes(data[place + 1:place + 4], "little")
        body = data[place + 8:place + 4 + length]
        if kind in (0, 1):
            parts.append(unpacked(body) if kind == 0 else body)
        place += 4 + length
    yield b"".join(parts)


def sqlite_values(path):
    """Every text and every unpacked blob of a database: a long one lies in pieces in the file. Read in a copy, for SQLite writes beside what it reads."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("", "-wal"):
            if Path(f"{path}{ending}").exists():
                shutil.copyfile(f"{path}{ending}", Path(folder, f"it{ending}"))
        with contextlib.closing(sqlite3.connect(Path(folder, "it"))) as database, contextlib.suppress(sqlite3.DatabaseError):
            database.text_factory = bytes
            for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
                with contextlib.suppress(sqlite3.DatabaseError):  # a kind of table that only the browser knows: its plain bytes have been looked at
                    for value in itertools.chain.from_iterable(database.execute(f'select * from "{table.decode()}"')):
                        if isinstance(value, bytes):
                            yield value
                            yield unpacked(value)


def leveldb_values(data):
    """Every key and value in a sorted table of LevelDB: its last 48 bytes say where the index is, and that where each block is."""
    (_, _, start, size), _ = read_varints(data, len(data) - 48, 4)
    for _, where in leveldb_entries(leveldb_block(data, start, size)):
        yield from itertools.chain.from_iterable(leveldb_entries(leveldb_block(data, *read_varints(where, 0, 2)[0])))


def leveldb_block(data, start, size):
    """The block at a place, unpacked: the byte behind it says whether it is packed."""
    body = data[start:start + size]
    return unpacked(body) if data[start + size] else body


def leveldb_entries(block):
    """The (key, value) pairs of a block. A key says only what differs from the one before; a list of places, with its length, ends the block."""
    place, key, end = 0, b"", len(block) - 4 - 4 * int.from_bytes(block[-4:], "little")
    while place < end:
        (same, more, size), place = read_varints(block, place, 3)
        key, value = key[:same] + block[place:place + more], block[place + more:place + more + size]
        place += more + size
        yield key, value


def read_varints(data, place, count):
    """`count` numbers of seven bits a byte, from a place on -> (the numbers, the place behind them)."""
    read = []
    for _ in range(count):
        value = shift = 0
        while data[place] & 0x80:
            value, shift, place = value | (data[place] & 0x7F) << shift, shift + 7, place + 1
        read.append(value | data[place] << shift)
        place += 1
    return read, place
