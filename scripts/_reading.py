"""Reads and checks all entries of a site, in other processes, and again what has changed since."""
import concurrent.futures
import contextlib
import datetime
import pickle
from dataclasses import dataclass, replace
from pathlib import Path

import _cache
import _sharing
from _progress import Progress
from support_directory import files

WORTH_TWO = 300  # files that are worth a second reader
TOGETHER = 250  # files that a reader reads before it answers

ORDER = [*files.KINDS.values(), *files.SINGLE.values()]


@dataclass(frozen=True)
class Found:
    """What came of a reading: entries but for providers, providers as nouns, all problems, and what a build reminds of."""

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
            reading = [pool.submit(there, "read_some", rows[start:start + TOGETHER], cache) for pool, start in zip(by_whom, starts, strict=True)]
            del rows
            with concurrent.futures.ThreadPoolExecutor(1) as waiting:
                yield waiting.submit(self._whole, date, marks, pools, by_whom, reading, cache).result

    def whole(self, date):
        """Reads everything -> Found."""
        with self.started(date) as found:
            return found()

    def _whole(self, date, marks, pools, by_whom, reading, cache):
        """Waits for what the readers have read, and has them check it, now that everything is known."""
        entries, providers, found, reminders = [], [], [], []
        with Progress("Reading and checking", 2 * len(by_whom) * TOGETHER) as progress:
            read = [_done(future, progress) for future in reading]
            reading.clear()  # each future holds what came of it, and there may be very much
            packed, unread = [abstracts for abstracts, _, _ in read], [row for _, _, some in read for row in some]
            knowing = [pool.submit(there, "know", self.site, packed, unread, self.schema, date, cache) for pool in pools]
            checking = [pool.submit(there, "check_some") for pool in by_whom]
            for problems in (*(problems for _, problems, _ in read), knowing[0].result()):
                found += problems
            for future in checking:
                problems, others, nouns, remind = _done(future, progress)
                found += problems
                entries += others
                providers += nouns
                reminders += remind
        entries.sort(key=in_order)
        result = Found(entries, providers, sorted(set(found)), reminders)
        self.last = None if found or not self.keeps else Last.of(date, marks, packed, unread, result)
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
        from support_directory import check, directory
        from support_directory.world import abstract

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
    """A reading that found no problems, and what it went by. `marks`: {name of a file: what the disk says of it}; `abstracts`: {path: world.Abstract};
    `world`: a world.World.
    """

    date: datetime.date
    marks: dict
    abstracts: dict
    world: object
    found: Found

    @classmethod
    def of(cls, date, marks, packed, unread, found):
        """`packed`: abstracts, as a reader gives them."""
        from support_directory.world import World

        abstracts = sorted((one for some in packed for one in pickle.loads(some)), key=in_order)
        return cls(date, marks, {one.path: one for one in abstracts}, World(abstracts, unread), found)


def there(name, *arguments):
    """Runs in a process that reads: calls this function of _reader.py."""
    import _reader

    return getattr(_reader, name)(*arguments)


def in_order(entry):
    """Entries stand in the order in which files.files gives their files."""
    return ORDER.index(entry.kind), entry.path


def _done(future, progress):
    """Waits for what one of the readers does -> what came of it."""
    found = future.result()
    progress.step("files", TOGETHER)
    return found
