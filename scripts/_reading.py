"""Reads and checks all entries of a site, in other processes, and again what has changed since."""
import concurrent.futures
import contextlib
import datetime
import functools
import marshal
from dataclasses import dataclass, replace
from pathlib import Path

import _cache
import _sharing
from _progress import Progress
from support_directory import check, directory, files, load, reminders, shape, world
from support_directory.world import World, abstract

WORTH_TWO = 300  # files that are worth a second reader
TOGETHER = 250  # files that a reader reads before it answers

ORDER = [*files.KINDS.values(), *files.SINGLE.values()]

# In a process that reads: the entries that it has read, each as an Entry or Light, and what it has been told.
mine, told = [], []


@dataclass(frozen=True)
class Found:
    """What came of a reading: entries but for providers, providers as nouns, all problems, and what a build reminds of.

    A build reminds of the end of the list of bank holidays only (the check of everything): that end changes what the search answers, though nobody has
    touched a file.
    """

    entries: list
    providers: list
    problems: list
    reminders: list


class Reading:
    """Reads the folder `site` by the schemas in `schema`. `keeps`: whether it notes what it needs to read again only what has changed.

    `cache`: the folder for what is known of files that were read before (_cache.py); None: that of the site, where there are many files.
    """

    def __init__(self, site, schema, keeps=False, cache=None):
        self.site, self.schema, self.keeps, self.cache = Path(site), schema, keeps, cache
        self.last = None

    @contextlib.contextmanager
    def started(self, date):
        """Begins to read everything in other processes. Gives a function that waits for it -> Found."""
        rows = list(files.files(self.site))
        marks = {name: files.mark(path) for path, name, _ in rows} if self.keeps else {}
        is_large = len(rows) > WORTH_TWO
        cache = _cache.prepared(self.cache or self.site / ".cache") if self.cache or is_large else None
        with contextlib.ExitStack() as stack:
            pools = [stack.enter_context(_sharing.pool()) for _ in range(2 if is_large and _sharing.can_copy() else 1)]
            starts = range(0, len(rows), TOGETHER)
            by_whom = [pools[number % len(pools)] for number in range(len(starts))]
            reading = [pool.submit(read_some, rows[start:start + TOGETHER], cache) for pool, start in zip(by_whom, starts, strict=True)]
            del rows
            with concurrent.futures.ThreadPoolExecutor(1) as waiting:
                yield waiting.submit(self._whole, date, marks, pools, by_whom, reading, cache).result

    def whole(self, date):
        """Reads everything -> Found."""
        with self.started(date) as found:
            return found()

    def _whole(self, date, marks, pools, by_whom, reading, cache):
        """Waits for what the readers have read, and has them check it, now that everything is known."""
        with Progress("Reading and checking", 2 * len(by_whom) * TOGETHER) as progress:
            read = [_done(future, progress) for future in reading]
            reading.clear()  # each future holds what came of it, and there may be very much
            abstracts, unread = sorted((one for some in read for one in some.entries), key=in_order), [row for some in read for row in some.unread]
            for pool in pools:
                pool.submit(know, self.site, abstracts, unread, self.schema, date, cache)
            checking = [pool.submit(check_some) for pool in by_whom]
            found = [problem for some in read for problem in some.found] + list(files.strays(self.site))
            found += check.needed_pages(World([one for one in abstracts if one.kind != "provider"], unread))
            if not self.keeps:
                abstracts = []  # they may be very many
            del read
            entries, providers = [], []
            for future in checking:
                problems, others, nouns = _done(future, progress)
                found += problems
                entries += others
                providers += nouns
        entries.sort(key=in_order)
        result = Found(entries, providers, sorted(set(found)), [reminder for entry in entries for reminder in reminders.bank_holidays(entry, date)])
        self.last = None if found or not self.keeps else Last(date, marks, {one.path: one for one in abstracts}, World(abstracts, unread), result)
        return result

    def read(self, date):
        """What has changed since the last reading is read again, or everything where that is not enough -> Found."""
        return self._changed(date) or self.whole(date)

    def _changed(self, date):
        """Found, where the last reading was of the same files on the same day, and what has changed in some of them is nothing that others could need."""
        if not self.last or self.last.date != date or any(files.strays(self.site)):
            return None
        last, rows = self.last, list(files.files(self.site))
        marks = {name: files.mark(path) for path, name, _ in rows}
        if marks.keys() != last.marks.keys():
            return None
        read = check.read([row for row in rows if marks[row[1]] != last.marks[row[1]]])
        if read.found or any(abstract(entry) != last.abstracts[entry.path] for entry in read.entries):
            return None
        found = list(check.of_each(read.entries, self.schema, last.world, date))
        if found:
            return replace(last.found, problems=sorted(set(found)))
        new = {entry.path: entry for entry in read.entries}
        providers = {entry.slug: directory.provider(entry) for entry in read.entries if entry.kind == "provider"}
        result = replace(last.found, entries=[new.get(entry.path, entry) for entry in last.found.entries],
                         providers=[providers.get(provider.slug, provider) for provider in last.found.providers])
        self.last = replace(last, marks=marks, found=result)
        return result


@dataclass(frozen=True)
class Last:
    """A reading that found no problems, and what it went by. `marks`: {name of a file: what the disk says of it}; `abstracts`: {path: world.Abstract}."""

    date: datetime.date
    marks: dict
    abstracts: dict
    world: World
    found: Found


def in_order(entry):
    """Entries stand in the order in which files.files gives their files."""
    return ORDER.index(entry.kind), entry.path


def _done(future, progress):
    """Waits for what one of the readers does -> what came of it."""
    found = future.result()
    progress.step("files", TOGETHER)
    return found


# ---- in a process that reads

def read_some(rows, cache=None):
    """Reads some files -> check.Read, with their abstracts in place of entries. `cache`: the file of a cache.

    What has been read stays here, of providers as light as possible: there may be very many.
    """
    before, keys = _cache.Cache(cache), {}
    entries, found, unread = check.read(rows, functools.partial(_read, before, keys))
    abstracts = [abstract(entry) for entry in entries]
    mine.append([Light(entry.slug, entry.path, marshal.dumps(entry.data), entry.comments, *keys.get(entry.path, ())) if entry.kind == "provider" else entry
                 for entry in entries])
    return check.Read(abstracts, found, unread)


def _read(cache, keys, path, name, kind):
    """As load.read_entry, for a provider by what the cache knows of such a file. `keys`: takes {name: (its key in the cache, what it was clean under)}."""
    content, refused = load.read_bytes(path, name)
    if content is None:
        return None, refused
    if kind != "provider" or not cache.file:
        return load.entry_of(content, path.stem, name, kind)
    key = _cache.key(path.stem, content)
    reading, clean = cache.get(key) or (None, b"")
    keys[name] = key, clean
    return (Light(path.stem, name, *reading).entry(), []) if reading else load.entry_of(content, path.stem, name, kind)


def know(site, abstracts, unread, schema, date, cache=None):
    """Tells this process what it has to know before it can check."""
    under = world.fingerprint(abstracts, unread) + str(date).encode() if cache else b""
    told[:] = site, World(abstracts, unread), shape.schemas(schema), date, _cache.Cache(cache), under


def check_some():
    """Checks what this process has read first, and forgets it -> (problems, the entries of which there are few, the providers as nouns)."""
    site, known, validators, date, cache, under = told
    found, others, providers = [], [], []
    for one in mine.pop(0):
        if not isinstance(one, Light):
            found += check.of_one(one, validators[one.kind], known, date)
            others.append(one)
            continue
        entry = one.entry()
        if not one.clean or one.clean != under:
            wrong, entry = _checked(entry, site, validators["provider"], known, date)
            found += wrong
            if one.key and not wrong:
                cache.put(one.key, (one.data, one.comments), under)
        providers += [directory.provider(entry)] if entry and not found else []
    cache.save()
    return found, others, providers


def _checked(entry, site, validator, known, date):
    """The entry of a provider without places -> (its problems, the entry, or None where its file can no more be read)."""
    try:
        return check.of_one(entry, validator, known, date), entry
    except NeedsPlaces:
        again, refused = load.read_entry(Path(site, entry.path), entry.path, "provider")
        return (check.of_one(again, validator, known, date) if again else refused), again


class NeedsPlaces(Exception):
    """Somebody asks where in its file something stands."""


class NoPlaces(dict):
    """Stands for the places in a file of an entry that nobody remembers."""

    def __getitem__(self, path):
        raise NeedsPlaces

    __contains__ = __getitem__


@dataclass(frozen=True)
class Light:
    """The entry of a provider in little memory: most have no problem, so nobody asks for the places in their files.

    `key`: of the file in the cache; `clean`: what it was without problems under, as the cache says.
    """

    slug: str
    path: str
    data: bytes
    comments: tuple
    key: bytes = b""
    clean: bytes = b""

    def entry(self):
        """-> load.Entry without places."""
        return load.Entry("provider", self.slug, self.path, marshal.loads(self.data), NoPlaces(), NoPlaces(), self.comments)
