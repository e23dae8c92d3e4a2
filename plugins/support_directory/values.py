"""Looks into data of any shape. Whatever is not of the kind that is asked for counts as empty: that it is wrong, shape.py says."""
FOR_EDITORS = {"editor_note", "checked", "website_checked", "maintainers", "confirmed_with_provider"}


def fields(value):
    """The fields of a value, or none."""
    return value if isinstance(value, dict) else {}


def rows(value):
    """The items of a list as fields, one for each, so that positions stay right."""
    return [fields(item) for item in value] if isinstance(value, list) else []


def text(value):
    """A text, or an empty one."""
    return value if isinstance(value, str) else ""


def texts(value):
    """The items of a list as texts, one for each, so that positions stay right."""
    return [text(item) for item in value] if isinstance(value, list) else []


def small(given):
    """A text in the small letters as which regular expressions read it where case is all the same: these take ı for an i and ſ for an s.

    Whatever such an expression finds in a text stands in this one too, so a word that it cannot do without is looked for here first: that is quick.
    """
    return given.lower() if given.isascii() else given.lower().replace("\u0131", "i").replace("\u017f", "s").replace("\u0307", "")


def holds_any(given, words):
    """Whether a text holds any of the words."""
    for word in words:  # noqa: SIM110 - any() would take twice as long, and this is asked of every text
        if word in given:
            return True
    return False


def all_texts(value, path=()):
    """Every text inside a value, as (path, text)."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from all_texts(inner, (*path, key))
    elif isinstance(value, str):
        yield path, value


def at(value, path):
    """What stands at a path inside data."""
    for part in path:
        value = value[part]
    return value


def readers_see(path):
    """Whether what stands at a path of an entry is shown to readers; the rest is for editors, though whoever can see the project can read it."""
    return FOR_EDITORS.isdisjoint(path)


def contacts(entry):
    """Every contact of a provider's entry, as (path, contact, service)."""
    for n, service in enumerate(rows(entry.data.get("services"))):
        for m, contact in enumerate(rows(service.get("contacts"))):
            yield ("services", n, "contacts", m), contact, service
