"""What one entry can know of all the others: their names, which of them is secret, where their pages are."""
import hashlib
from dataclasses import dataclass, field

from . import articles, load, markup, privacy, references, values

WHOLE = {"site", "performance", "commissioning"}  # kinds of which others must know everything; there are few files of them


@dataclass(frozen=True, slots=True)
class Abstract:
    """What all others need to know of one entry, in plain values that can travel to another process."""

    kind: str
    slug: str
    path: str
    marks: tuple  # references.marks: by what the same thing in another file would be known
    folded: str  # references.fold of the name
    title: str  # articles.folded
    services: tuple  # references.services
    names: tuple  # of the organisation, its services, the place
    secret: tuple | None  # names that belong to a secret place; None where nothing is secret
    districts: frozenset  # outward codes of postcodes
    room: str  # the room of the site that the entry belongs to
    whole: load.Entry | None = field(repr=False)


def abstract(entry):
    """An entry -> its Abstract."""
    data, rows = entry.data, values.rows(entry.data.get("services"))
    secret = [row for row in rows if row.get("confidential_location") is True] if entry.kind == "provider" else ()
    names = tuple(_names(entry))
    return Abstract(
        entry.kind, entry.slug, entry.path, tuple(references.marks(entry)), references.fold(values.text(data.get("name"))),
        articles.folded(entry) if entry.kind in articles.TITLED else "", references.services(entry), names,
        (*names, *(values.text(row.get("name")) for row in secret)) if secret else None,
        frozenset(sector.split(" ")[0] for sector in values.fields(data.get("postcodes"))) if entry.kind == "area" else frozenset(),
        values.text(data.get("part_of")), entry if entry.kind in WHOLE or any(row.get("commissioned") for row in rows) else None)


def fingerprint(abstracts, unread):
    """A mark of all that the check of an entry can know of the others: while it is the same, what was without problems is so still."""
    rows = [(one.kind, one.slug, one.path, one.marks, one.folded, one.title, one.services, one.names, one.secret, sorted(one.districts), one.room,
             one.whole and (one.whole.data, one.whole.comments)) for one in abstracts]
    return hashlib.sha256(repr((rows, list(unread))).encode("utf-8", "surrogatepass")).digest()


class World:
    """Made from the abstracts of all entries, and (kind, slug) of the files that could not be read: what refers to those is not called wrong.

    `names`: what references.known_names gives. `addresses`: of all pages. `districts`: outward codes of postcodes.
    `titles`: of pages and articles. `organisations`: {folded name: slug} of providers. `secret_names`: in small letters.
    `twins`: {path of a file: (path, words) of each thing in it that stands in another file too}.
    """

    def __init__(self, abstracts, unread=()):
        self._whole = {}
        for one in abstracts:
            if one.whole:
                self._whole.setdefault(one.kind, []).append(one.whole)
        self.names = references.known_names(abstracts, unread)
        self.site = next(iter(self.of_kind("site")), None)
        self.performance = self.of_kind("performance")
        self.addresses = set(markup.addresses_of([*((one.kind, one.slug) for one in abstracts), *unread]))
        self.addresses |= {f"{one.room}/" for one in abstracts if one.room}
        self.titles = articles.titles(abstracts)
        self.organisations = {}
        for one in abstracts:
            if one.kind == "provider":
                self.organisations.setdefault(one.folded, one.slug)
        self.districts = set().union(*(one.districts for one in abstracts))
        self.secret_names = {name.lower() for one in abstracts for name in one.secret or () if len(name) > privacy.SHORTEST_SECRET}
        self.secret_files = {one.path for one in abstracts if one.secret is not None}
        self.twins = {}
        for file, at, words in references.twins(abstracts):
            self.twins.setdefault(file, []).append((at, words))
        self._said = [name for one in abstracts for name in one.names]
        self._all_said = "\n".join(self._said)
        self._known = {}

    @classmethod
    def of(cls, entries, unread=()):
        """The world of all these entries."""
        return cls([abstract(entry) for entry in entries], unread)

    def of_kind(self, kind):
        """All entries of a kind that others know everything of (WHOLE), and those providers that say who pays for them."""
        return self._whole.get(kind, [])

    def is_a_name(self, words):
        """Whether words are part of the name of an organisation, a service or a place here."""
        if words not in self._known:
            # In all names at once first: only where a line break is in the words can they stand there and in no single name.
            self._known[words] = words in self._all_said and ("\n" not in words or any(words in name for name in self._said))
        return self._known[words]


def _names(entry):
    data = entry.data
    own = [values.text(data.get("name")), values.text(data.get("title")), *values.texts(data.get("also_known_as")), *values.texts(data.get("places"))]
    return own + [values.text(service.get("name")) for service in values.rows(data.get("services"))]
