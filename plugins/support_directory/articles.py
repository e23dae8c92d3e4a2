"""Articles of the news (content/news): what no schema can see of them. Their dates are looked at in times.py."""
from . import problems, values

KIND = "news"
TITLED = ("page", KIND)  # kinds whose titles stand in a browser's tab: no two may be the same


def titles(abstracts):
    """world.abstract of every entry -> {title in small letters: path of the first page or article that has it}."""
    found = {}
    for one in sorted((one for one in abstracts if one.kind in TITLED), key=lambda one: (TITLED.index(one.kind), one.path)):
        found.setdefault(one.title, one.path)
    return found


def duties(entry, known):
    """Problems of one article. `known`: what `titles` gave."""
    first = known.get(folded(entry), entry.path)
    if folded(entry) and first != entry.path:
        yield entry.problem(("title",), problems.same_title(entry.data["title"], first))


def folded(entry):
    """The title of an entry as `titles` compares it."""
    return " ".join(values.text(entry.data.get("title")).casefold().split())
