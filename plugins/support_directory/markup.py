"""Pages of words: what in their Markdown would be lost, or lead nowhere, when the page is made."""
import re

from . import anchors, contacts, plain, problems
from .problems import Problem

# Code is shown as it stands, so what is in it is not looked at.
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--|<[!?][A-Za-z]")
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>|<[^<>\s@]+@[^<>\s]+>", re.IGNORECASE)
# Markdown that is nearly right, and is shown as it stands.
NEARLY = re.compile(r"^#{2,6}[^#\s]|\] \((?=https|/)|^[•·●] |\[\^[^\]\n]{1,30}\]|\{: |~~", re.MULTILINE)
PICTURE = re.compile(r"!\[")
TOP_HEADING = re.compile(r"^# |^[^\n]+\n=+[ ]*$", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#{2,3}[ ]+([^\n]*?)[ #]*$", re.MULTILINE)
GLOSSARY = "glossary"
LINK = re.compile(r"\]\(")  # [words](address "title")
# [1]: address, and <address>
OTHER_LINKS = re.compile(r"^ {0,3}\[[^]\n]{1,200}\]:[ ]{0,3}<?([^\s>]{1,300})|<([A-Za-z][A-Za-z0-9+.-]{0,20}:[^<>\s]*)>", re.MULTILINE)
# [www.example.org](https://elsewhere...): what a link says must be where it leads.
NAMED_LINK = re.compile(r"\[(?:https?://)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})[^]\n]{0,100}\]\((https://[^)\s]{1,300})")
LONGEST_LINK = 500
SPECIAL = re.compile(r"[^A-Za-z0-9]")


def body(entry, addresses):
    """Problems of a page's text, each at its own line and column. `addresses`: every address within the site, as "safety/"."""
    text = entry.data.get("body")
    if not isinstance(text, str):
        return
    shown = CODE.sub(lambda found: SPECIAL.sub(lambda letter: "\n" if letter.group() == "\n" else "x", found.group()), text)

    def at(place, words):
        return Problem(entry.path, entry.places[("body",)][0] + shown.count("\n", 0, place), place - shown.rfind("\n", 0, place), "body", *words)

    for found in TAG.finditer(shown):
        if not AUTOLINK.match(shown, found.start()):
            yield at(found.start(), problems.tag_in_a_page(found.group()))
    for found in plain.BROKEN.finditer(shown):
        yield at(found.start(), problems.broken_letters(found.group()))
    for found in NEARLY.finditer(shown):
        yield at(found.start(), problems.nearly_markdown(found.group().strip()))
    for found in (*plain.UNFINISHED.finditer(shown), *plain.FILLER.finditer(shown)):
        yield at(found.start(), problems.unfinished(found.group()))
    for found in plain.MIXED.finditer(shown):
        yield at(found.start(), problems.mixed_letters(found.group(), found.group()))
    for found in NAMED_LINK.finditer(shown):
        if found[1].lower().removeprefix("www.") != contacts.host_of(found[2]):
            yield at(found.start(), problems.link_elsewhere(found[1], found[2]))
    for found in PICTURE.finditer(shown):
        yield at(found.start(), problems.picture_in_a_page())
    for found in TOP_HEADING.finditer(shown):
        yield at(found.start(), problems.top_heading())
    if entry.slug == GLOSSARY:
        for place, words in _headings(shown):
            yield at(place, words)
    for place, target in _links(shown):
        words = _link(target, addresses)
        if words:
            yield at(place, words)


def _headings(text):
    """Headings to which nothing could link: the words of the glossary are linked from every other page (glossary.py)."""
    seen = {}
    for found in HEADING.finditer(text):
        anchor = anchors.anchor(found[1])
        if not anchor:
            yield found.start(1), problems.heading_without_anchor(found[1])
        elif anchor in anchors.TAKEN or anchor in seen:
            yield found.start(1), problems.heading_with_a_taken_anchor(found[1], anchor, seen.get(anchor, ""))
        seen.setdefault(anchor, found[1])


def _links(text):
    """Where each link of a text leads, as (place, address)."""
    for found in LINK.finditer(text):
        end = text.find(")", found.end(), found.end() + LONGEST_LINK)
        inside = text[found.end():max(end, found.end())]
        if "\n" not in inside and end >= 0:
            target = (inside.split() or [""])[0].strip("<>")
            yield found.end() + inside.find(target), target
    for found in OTHER_LINKS.finditer(text):
        group = 1 if found[1] is not None else 2
        yield found.start(group), found[group]


def _link(target, addresses):
    """What is wrong with where a link leads, or None."""
    scheme = re.match("([A-Za-z][A-Za-z0-9+.-]*):", target)
    kind = scheme and scheme[1].lower()
    if kind in ("https", "http"):
        return contacts.web(target)
    if kind == "mailto":
        address, _, more = target.partition(":")[2].partition("?")
        return contacts.email(address) or (problems.mail_with_more(more) if more and not more.lower().startswith("subject=") else None)
    if kind in ("tel", "sms"):
        digits = target.partition(":")[2]
        digits = f"0{digits[3:]}" if digits.startswith("+44") else digits
        return contacts.number("text" if kind == "sms" else "textphone" if digits.startswith("18001") else "phone", digits)
    if target.startswith("#"):
        return None
    page = target.partition("#")[0].removeprefix("/")
    if kind or not target.startswith("/") or page not in addresses:
        return problems.link_leads_nowhere(target, sorted(f"/{address}" for address in addresses))
    return None


# Kinds of files with pages of their own, and where those begin.
ROOMS = {"start": "start/", "commissioning": "commissioning/", "performance": "performance/", "news": "news/"}


def addresses_of(named):
    """(kind, slug) of every entry -> every address within the site that a page of words may lead to."""
    slugs = {kind: [slug for found, slug in named if found == kind] for kind in ("provider", "crime-type", "area", "page")}
    yield from ("", "help/", "areas/", "providers/", "search/", "offline/")
    for kind, base in ROOMS.items():
        found = [slug for other, slug in named if other == kind]
        yield from (base, *(f"{base}{slug}/" for slug in found if kind != "start")) if found else ()
    yield from (f"{slug}/" for slug in slugs["page"])
    yield from (f"providers/{slug}/" for slug in slugs["provider"])
    yield from (f"areas/{slug}/" for slug in slugs["area"])
    for crime_type in slugs["crime-type"]:
        yield f"help/{crime_type}/"
        yield from (f"help/{crime_type}/{area}/" for area in slugs["area"])
