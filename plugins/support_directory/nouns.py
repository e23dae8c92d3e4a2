"""How the data of an entry becomes nouns: frozen classes whose fields are the entry's own keys."""
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Checked:
    """What a fact was last confirmed from. `date` is the evidence's: "2026-11-22", "2026-11", "2026" or "not known"."""

    date: str
    source: str
    confidence: str


def make(noun, data, **made):
    """data (a dict) -> noun; lists become tuples; `made` turns the fields named into nouns; editors' fields are left out."""
    known = {field.name for field in fields(noun)}
    values = {}
    for key, value in data.items():
        if key in known:
            value = made[key](value) if key in made else value
            values[key] = tuple(value) if isinstance(value, list) else value
    return noun(**values)


def named(noun, entry, **made):
    """An entry -> noun, with the entry's slug."""
    return make(noun, {**entry.data, "slug": entry.slug}, **made)


def each(noun, **made):
    """What turns a list of dicts into a tuple of nouns."""
    return lambda rows: tuple(make(noun, row, **made) for row in rows)


def checked(data):
    """data -> Checked."""
    return make(Checked, data)
