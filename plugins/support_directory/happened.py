"""What has happened to listings, out of git's history: added, closed, opened again, taken off, a contact changed. Newest first.

What an old or a new contact is stands in none of it: a number may have been taken off because somebody was in danger through it.
"""
from dataclasses import dataclass

from . import history, load, values

FOLDER = "providers"
MOST_COMMITS, MOST = 400, 200
NOTHING = "0" * 40
ADDED, GONE, CLOSED, PAUSED, OPENED, CONTACT = "added", "taken off", "closed", "paused", "open again", "contact changed"


@dataclass(frozen=True)
class Event:
    """One thing that happened. `at`: the moment of the commit, as in RFC 3339; `slug`: the provider's; `service`: the name of the service, or ""."""

    commit: str
    at: str
    slug: str
    provider: str
    service: str
    what: str


def events(site):
    """The folder of a site -> its Events, at most MOST. history.Unreadable: its history is not there, or not whole.

    Only the commits of the main line count: what was tried on the way never reached a reader.
    """
    if history.git(site, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise history.Unreadable("Only the last part of the history is here.")
    base = history.git(site, "rev-parse", "--show-prefix").decode().strip() + f"{FOLDER}/"
    raw = history.git(site, "log", "--first-parent", "-m", f"--max-count={MOST_COMMITS}", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff",
                      "--no-textconv", "--format=%x01%H %cI", "HEAD", "--", f"{FOLDER}/")
    touched = list(_touched(raw, base))
    contents = history.blobs(site, {blob for _, _, _, *blobs in touched for blob in blobs if blob != NOTHING})
    found = []
    for commit, at, slug, old, new in touched:
        found += of_file(commit, at, slug, _data(contents.get(old), slug), _data(contents.get(new), slug))
        if len(found) >= MOST:
            break
    return found[:MOST]


def _touched(raw, base):
    """The output of git log -> (commit, moment, slug, old blob, new blob) of each provider's file."""
    commit = at = ""
    parts = iter(raw.decode("utf-8", "surrogateescape").split("\0"))
    for part in map(str.strip, parts):
        if part.startswith("\x01"):
            commit, at = part[1:].split(" ")
        elif part.startswith(":"):
            old, new = part.split(" ")[2:4]
            name = next(parts).removeprefix(base)
            if name.endswith(".yaml") and "/" not in name and not name.startswith("_"):
                yield commit, at, name.removesuffix(".yaml"), old, new


def _data(content, slug):
    """The bytes of an entry -> its data; {} where there is none or it could not be read."""
    entry = load.entry_of(content, slug, f"{FOLDER}/{slug}.yaml", "provider")[0] if content is not None else None
    return entry.data if entry else {}


def of_file(commit, at, slug, old, new):
    """The data of a provider before and after a commit -> its Events."""
    name = values.text(new.get("name")) or values.text(old.get("name")) or slug
    before, after = _services(old), _services(new)

    def event(service, what):
        return Event(commit, at, slug, name, service, what)

    if not old or not new:
        return [event("", ADDED if new else GONE)] if old or new else []
    found = [event(after[key][0], ADDED) for key in after.keys() - before.keys()] + [event(before[key][0], GONE) for key in before.keys() - after.keys()]
    for key in after.keys() & before.keys():
        (_, was, had), (service, now, has) = before[key], after[key]
        if was != now:
            found.append(event(service, {"closed": CLOSED, "paused": PAUSED}.get(now, OPENED)))
        if had != has:
            found.append(event(service, CONTACT))
    return sorted(found, key=lambda one: (one.service, one.what))


def _services(data):
    """The data of a provider -> {slug: (name, state, contacts)} of its services."""
    return {values.text(service.get("slug")): (
        values.text(service.get("name")), values.text(values.fields(service.get("status")).get("state")) or "open",
        sorted((values.text(contact.get("type")), values.text(contact.get("value"))) for contact in values.rows(service.get("contacts"))))
        for service in values.rows(data.get("services"))}
