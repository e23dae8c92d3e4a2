"""Articles of the news (content/news): what no schema can see of them. Their dates are looked at in times.py."""
from . import problems, values

KIND = "news"
TITLED = ("page", KIND)  # kinds whose titles stand in a browser's tab: no two may be the same


def titles(entries):
    """Entries -> {title in small letters: path of the first page or article that has it}."""
    found = {}
    for entry in sorted((entry for entry in entries if entry.kind in TITLED), key=lambda entry: (TITLED.index(entry.kind), entry.path)):
        found.setdefault(_folded(entry), entry.path)
    return found


def duties(entry, known):
    """Problems of one article. `known`: what `titles` gave."""
    first = known.get(_folded(entry), entry.path)
    if _folded(entry) and first != entry.path:
        yield entry.problem(("title",), problems.same_title(entry.data["title"], first))


def _folded(entry):
    return " ".join(values.text(entry.data.get("title")).casefold().split())
