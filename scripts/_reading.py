"""Reads and checks all entries of a site, in other processes, and again what has changed since."""
import concurrent.futures
import contextlib
import datetime
import marshal
from dataclasses import dataclass, replace
from pathlib import Path

import _sharing
from _progress import Progress
from support_directory import check, directory, files, load, reminders, shape
from support_directory.world import World, abstract

WORTH_TWO = 300  # files that are worth a second reader
TOGETHER = 250  # files that a reader reads before it answers

ORDER = [*files.KINDS.values(), *files.SINGLE.values()]

# In a process that reads: the entries that it has read, each as an Entry or Light, and what it has been told.
mine, known = [], []


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
    """Reads the folder `site` by the schemas in `schema`. `keeps`: whether it notes what it needs to read again only what has changed."""

    def __init__(self, site, schema, keeps=False):
        self.site, self.schema, self.keeps = Path(site), schema, keeps
        self.last = None

    @contextlib.contextmanager
    def started(self, date):
        """Begins to read everything in other processes. Gives a function that waits for it -> Found."""
        rows = list(files.files(self.site))
        marks = {name: files.mark(path) for path, name, _ in rows} if self.keeps else {}
        with contextlib.ExitStack() as stack:
            pools = [stack.enter_context(_sharing.pool()) for _ in range(2 if len(rows) > WORTH_TWO and _sharing.can_copy() else 1)]
            starts = range(0, len(rows), TOGETHER)
            by_whom = [pools[number % len(pools)] for number in range(len(starts))]
            reading = [pool.submit(read_some, rows[start:start + TOGETHER]) for pool, start in zip(by_whom, starts, strict=True)]
            del rows
            with concurrent.futures.ThreadPoolExecutor(1) as waiting:
                yield waiting.submit(self._whole, date, marks, pools, by_whom, reading).result

    def whole(self, date):
        """Reads everything -> Found."""
        with self.started(date) as found:
            return found()

    def _whole(self, date, marks, pools, by_whom, reading):
        """Waits for what the readers have read, and has them check it, now that everything is known."""
        with Progress("Reading and checking", 2 * len(by_whom) * TOGETHER) as progress:
            read = [_done(future, progress) for future in reading]
            reading.clear()  # each future holds what came of it, and there may be very much
            abstracts, unread = sorted((one for some in read for one in some.entries), key=in_order), [row for some in read for row in some.unread]
            for pool in pools:
                pool.submit(know, self.site, abstracts, unread, self.schema, date)
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

def read_some(rows):
    """Reads some files -> check.Read, with their abstracts in place of entries.

    What has been read stays here, of providers as light as possible: there may be very many.
    """
    entries, found, unread = check.read(rows)
    abstracts = [abstract(entry) for entry in entries]
    mine.append([Light(entry.slug, entry.path, marshal.dumps(entry.data), entry.comments) if entry.kind == "provider" else entry for entry in entries])
    return check.Read(abstracts, found, unread)


def know(site, abstracts, unread, schema, date):
    """Tells this process what it has to know before it can check."""
    known[:] = site, World(abstracts, unread), shape.schemas(schema), date


def check_some():
    """Checks what this process has read first, and forgets it -> (problems, the entries of which there are few, the providers as nouns)."""
    site, world, validators, date = known
    found, others, providers = [], [], []
    for one in mine.pop(0):
        entry = one.entry() if isinstance(one, Light) else one
        try:
            found += check.of_one(entry, validators[entry.kind], world, date)
        except NeedsPlaces:
            entry, refused = load.read_entry(Path(site, one.path), one.path, "provider")
            found += check.of_one(entry, validators["provider"], world, date) if entry else refused
        if isinstance(one, Light):
            providers += [directory.provider(entry)] if entry and not found else []
        else:
            others.append(entry)
    return found, others, providers


class NeedsPlaces(Exception):
    """Somebody asks where in its file something stands."""


class NoPlaces(dict):
    """Stands for the places in a file of an entry that nobody remembers."""

    def __getitem__(self, path):
        raise NeedsPlaces

    __contains__ = __getitem__


@dataclass(frozen=True)
class Light:
    """The entry of a provider in little memory: most have no problem, so nobody asks for the places in their files."""

    slug: str
    path: str
    data: bytes
    comments: tuple

    def entry(self):
        """-> load.Entry without places."""
        return load.Entry("provider", self.slug, self.path, marshal.loads(self.data), NoPlaces(), NoPlaces(), self.comments)
