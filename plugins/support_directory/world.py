"""What one entry can know of all the others: their names, which of them is secret, where their pages are."""
from . import articles, markup, privacy, references, values


class World:
    """Made from all entries, and (kind, slug) of the files that could not be read: what refers to those is not called wrong.

    `names`: what references.known_names gives. `addresses`: of all pages. `districts`: outward codes of postcodes.
    `titles`: of pages and articles. `secret_names`: in small letters.
    """

    def __init__(self, entries, unread=()):
        self._entries = {}
        for entry in entries:
            self._entries.setdefault(entry.kind, []).append(entry)
        self.names = references.known_names(entries, unread)
        self.site = next((entry for entry in entries if entry.kind == "site"), None)
        self.performance = [entry for entry in entries if entry.kind == "performance"]
        self.addresses = set(markup.addresses_of([*((entry.kind, entry.slug) for entry in entries), *unread]))
        self.addresses |= {f"{room}/" for entry in entries if (room := values.text(entry.data.get("part_of")))}
        self.titles = articles.titles(entries)
        self.districts = {sector.split(" ")[0] for entry in entries if entry.kind == "area" for sector in values.fields(entry.data.get("postcodes"))}
        self.secret_names, self.secret_files, self._said = set(), set(), []
        for entry in entries:
            self._said += _names(entry)
            secret = [service for service in values.rows(entry.data.get("services")) if service.get("confidential_location") is True]
            if entry.kind == "provider" and secret:
                self.secret_files.add(entry.path)
                names = [*_names(entry), *(values.text(service.get("name")) for service in secret)]
                self.secret_names |= {name.lower() for name in names if len(name) > privacy.SHORTEST_SECRET}

    def of_kind(self, kind):
        """All entries of a kind."""
        return self._entries.get(kind, [])

    def is_a_name(self, words):
        """Whether words are part of the name of an organisation, a service or a place here."""
        return any(words in name for name in self._said)


def _names(entry):
    data = entry.data
    own = [values.text(data.get("name")), values.text(data.get("title")), *values.texts(data.get("also_known_as")), *values.texts(data.get("places"))]
    return own + [values.text(service.get("name")) for service in values.rows(data.get("services"))]
