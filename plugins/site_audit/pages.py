"""The HTML files of a finished site: their addresses, where their elements stand, and which of them show every kind of element."""
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

# With JavaScript on, a browser has no elements in these.
UNSEEN = frozenset(("noscript", "template"))
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True)
class Element:
    """A start tag in a file: its name, which of that name it is (from 0), its place, and its shape - names and classes down from the body."""
    tag: str
    number: int
    line: int
    column: int
    shape: str


@dataclass
class Source:
    """What a file says: its elements in their order, and the addresses of its scripts."""
    elements: list = field(default_factory=list)
    scripts: set = field(default_factory=set)

    def find(self, tag, number, shape):
        """The element that a browser knows by name, number and shape, or None where a script has changed the page."""
        of_tag = [element for element in self.elements if element.tag == tag]
        found = of_tag[number] if number < len(of_tag) else None
        return found if found and found.shape == shape else None

    def at(self, line, column):
        """The last element that starts at or before a place, or None."""
        before = [element for element in self.elements if (element.line, element.column) <= (line, column)]
        return before[-1] if before else None


class _Reader(HTMLParser):
    """Reads start tags with their places."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.source, self.open, self.counts = Source(), [], {}

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        own = ".".join([tag, *sorted((values.get("class") or "").split())])
        chain = [name for name, _ in self.open if name.split(".")[0] not in ("html", "body")]
        if any(open_tag in UNSEEN for _, open_tag in self.open):
            if tag not in VOID:
                self.open.append((own, tag))
            return
        number = self.counts[tag] = self.counts.get(tag, -1) + 1
        line, column = self.getpos()
        self.source.elements.append(Element(tag, number, line, column + 1, " > ".join([*chain, own])))
        if tag == "script" and values.get("src"):
            self.source.scripts.add(values["src"].rsplit("/", 1)[-1])
        if tag not in VOID:
            self.open.append((own, tag))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.open and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][1] == tag:
                del self.open[index:]
                return


@lru_cache(maxsize=64)
def read(path):
    """Reads an HTML file -> Source."""
    reader = _Reader()
    reader.feed(Path(path).read_text(encoding="utf-8", errors="replace"))
    return reader.source


def addresses(folder):
    """The address of every HTML file of a folder, in order, as in /help/burglary/."""
    found = sorted(Path(folder).rglob("*.html"))
    return ["/" + path.relative_to(folder).as_posix().removesuffix("index.html") for path in found]


def file_of(folder, address):
    """The file of an address."""
    return Path(folder) / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))


def kind_of_address(address):
    """What pages of one kind have in common in their addresses: /help/burglary/hilltop/ -> /help/*/*/."""
    first, *rest = address.strip("/").split("/")
    return "/" + "/".join([first, *("*" for _ in rest)]) + ("/" if address.endswith("/") and first else "")


def telling(folder, wanted):
    """A few of the wanted pages that together show every kind of element, of script and of deeper address that is on any of them.

    What depends on templates and the stylesheet only - where the focus goes, how it looks - is the same on all the others.
    """
    left = {address: _shows(folder, address) for address in wanted}
    missing = set().union(*left.values()) if left else set()
    chosen = []
    while missing:
        best = max(left, key=lambda address: len(left[address] & missing))
        chosen.append(best)
        missing -= left.pop(best)
    return [address for address in wanted if address in set(chosen)]


def _shows(folder, address):
    """The kinds of things on a page: each element's name and classes with those of its parent."""
    source = read(file_of(folder, address))
    kind = kind_of_address(address)
    return ({" > ".join(element.shape.split(" > ")[-2:]) for element in source.elements if element.tag not in ("meta", "link", "script", "title")}
            | source.scripts | ({kind} if "*" in kind else set()))
