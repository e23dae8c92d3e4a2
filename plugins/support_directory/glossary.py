"""Links words of the police and the courts to where the glossary explains them: the first time that a page uses them, and only a few."""
import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from . import addresses

SLUG = "glossary"
MOST = 5  # links on one page: with more it would no longer be calm
# What never holds such a link: words that lead somewhere already, and words that stand out by themselves.
NEVER_INSIDE = {"a", "button", "h1", "h2", "h3", "th"}
TERM = re.compile(r'<h3 id="([^"]+)">(.*?)</h3>(.*?)(?=<h[23]|\Z)', re.DOTALL)
LINK = re.compile(r'href="([^"#]+)')
TAG = re.compile(r'</?([A-Za-z][A-Za-z0-9]*)(?:"[^"]*"|[^">])*>')


@dataclass(frozen=True)
class Term:
    """One word of the glossary. `leads_to`: addresses of the pages to which its explanation sends a reader, as "compensation/"."""

    name: str
    anchor: str
    leads_to: tuple


def terms(html):
    """The glossary as HTML, its links relative to the site's root -> its Terms. Only what has an anchor on the page can be linked to."""
    return tuple(Term(Markup(name).striptags(), anchor, tuple(LINK.findall(said))) for anchor, name, said in TERM.findall(html))


def pattern(found):
    """Terms -> what finds any of them in a text of HTML, the longest first, or None where there are none. Group n belongs to term n."""
    rows = sorted(enumerate(found), key=lambda row: -len(row[1].name))
    # All capitals are a short form, and only capitals mean it: "mash" is no MASH.
    words = [f"(?P<t{n}>{_spelt(term.name)}(?:s|es)?)" if term.name.isupper() else f"(?P<t{n}>(?i:{_spelt(term.name)}(?:s|es)?))" for n, term in rows]
    return re.compile(rf"(?<![\w&#-])(?:{'|'.join(words)})(?![\w-])") if words else None


def _spelt(name):
    """A term as HTML may write it: either apostrophe, and a line break for a space."""
    spelt = re.escape(str(escape(name.replace("’", "'"))))
    return spelt.replace(re.escape("&#39;"), "(?:'|’|&#39;)").replace(r"\ ", r"\s+")


class Glossary:
    """All terms, made once for a site. `at_the_foot`: the address of a page that every page leads to at its foot: nobody needs its word explained."""

    def __init__(self, html, at_the_foot=""):
        self.terms, self.at_the_foot = terms(html), at_the_foot
        self.pattern = pattern(self.terms)

    def of_page(self, address, to_root):
        """A function for one page that links terms in its texts, one after the other: Markup or plain text -> Markup.

        A term is linked once on a page, never on the glossary, and not on a page to which its own explanation leads.
        """
        if not self.pattern or address == addresses.written_page(SLUG):
            return escape
        left = {n: term for n, term in enumerate(self.terms)
                if self.at_the_foot not in term.leads_to and not any(address.startswith(target) for target in term.leads_to)}
        most = len(left) - MOST

        def link(found):
            term = left.get(int(found.lastgroup[1:])) if len(left) > max(most, 0) else None
            if term is None:
                return found.group()
            del left[int(found.lastgroup[1:])]
            # The same word may lead elsewhere on the page: who hears the links alone must be able to tell them apart.
            return f'<a href="{to_root}{addresses.written_page(SLUG)}#{term.anchor}">{found.group()}<span class="vh">, what it means</span></a>'

        return lambda text: Markup("".join(_outside_links(str(escape(text)), lambda words: self.pattern.sub(link, words))))


def _outside_links(html, change):
    """HTML in pieces, with `change` made to the words that stand in nothing of NEVER_INSIDE."""
    depth, start = 0, 0
    for tag in TAG.finditer(html):
        words = html[start:tag.start()]
        yield words if depth else change(words)
        yield tag.group()
        start = tag.end()
        if tag[1].lower() in NEVER_INSIDE:
            depth += -1 if tag.group().startswith("</") else 1
    yield change(html[start:])
