"""What runs in the processes that read and check the entries of a site (_reading.py).

It is a module of its own, so that the process which makes the pages need not load what only the check needs.
"""
import functools
import marshal
import pickle
from dataclasses import dataclass
from pathlib import Path

import _cache
from _reading import in_order
from support_directory import check, directory, files, load, reminders, shape, world

mine, told = [], []  # the entries that this process has read, each as an Entry or Light, and what it has been told


def read_some(rows, cache=None):
    """Reads some files -> (their abstracts, packed, problems, (kind, slug) of those that could not be read). `cache`: the file of a cache.

    What has been read stays here, of providers as light as possible: there may be very many.
    """
    before, keys = _cache.Cache(cache), {}
    entries, found, unread = check.read(rows, functools.partial(_read, before, keys))
    abstracts = [world.abstract(entry) for entry in entries]
    mine.append([Light(entry.slug, entry.path, marshal.dumps(entry.data), entry.comments, *keys.get(entry.path, ())) if entry.kind == "provider" else entry
                 for entry in entries])
    return pickle.dumps(abstracts), found, unread


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


def know(site, packed, unread, schema, date, cache=None):
    """Tells this process what it has to know before it can check -> the problems that are nobody's own. `packed`: abstracts, as read_some gives them."""
    abstracts = sorted((one for some in packed for one in pickle.loads(some)), key=in_order)
    under = world.fingerprint(abstracts, unread) + str(date).encode() if cache else b""
    known = world.World(abstracts, unread)
    told[:] = site, known, shape.schemas(schema), date, _cache.Cache(cache), under
    return [*files.strays(site), *check.needed_pages(known)]


def check_some():
    """Checks what this process has read first, and forgets it -> (problems, the entries of which there are few, the providers as nouns, what a build
    reminds of).

    A build reminds of the end of the list of bank holidays only (the check of everything): that end changes what the search answers, though nobody has
    touched a file.
    """
    site, known, validators, date, cache, under = told
    found, others, providers = [], [], []
    for one in mine.pop(0):
        if not isinstance(one, Light):
            found += check.of_one(one, validators[one.kind], known, date)
            others.append(one)
            continue
        wrong, entry = ([], one.entry()) if one.clean and one.clean == under else _checked(one, site, validators["provider"], known, date)
        if one.key and not wrong and one.clean != under and isinstance(entry.places, NoPlaces):
            cache.put(one.key, (one.data, one.comments), under)
        found += wrong
        providers += [directory.provider(entry)] if not found else []
    cache.save()
    return found, others, providers, [reminder for entry in others for reminder in reminders.bank_holidays(entry, date)]


def _checked(one, site, validator, known, date):
    """Light -> (its problems, its entry, or that of the file as it is now: whoever asks for a place in it, reads it again)."""
    entry = one.entry()
    try:
        return check.of_one(entry, validator, known, date), entry
    except NeedsPlaces:
        again, refused = load.read_entry(Path(site, one.path), one.path, "provider")
        return (check.of_one(again, validator, known, date), again) if again else (refused, entry)


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
