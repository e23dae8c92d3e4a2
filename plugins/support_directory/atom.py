"""Feeds in Atom (RFC 4287). What is said in them is text: nothing in it is live."""
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

TYPE, MIDNIGHT = "application/atom+xml", "T00:00:00Z"


@dataclass(frozen=True)
class Item:
    """One entry of a feed. `id`: a URI that stays the same; `updated`: a moment as in RFC 3339; `link`: a whole address."""

    id: str
    title: str
    updated: str
    link: str
    text: str


def moment(date):
    """A day, or the month where the day is not known -> a moment as in RFC 3339. Atom knows no other dates, so a month is its first day."""
    return (date if date.count("-") == 2 else f"{date}-01") + MIDNIGHT


def feed(title, author, address, home, items, updated):
    """A feed's title, who makes it, its own address, the address of its page, its Items (newest first) and its moment -> its text."""
    rows = [f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n<title>{escape(title)}</title>',
            f'<id>{escape(address)}</id>\n<link rel="self" type="{TYPE}" href={quoteattr(address)}/>\n<link rel="alternate" href={quoteattr(home)}/>',
            f"<updated>{escape(updated)}</updated>\n<author><name>{escape(author)}</name></author>"]
    rows += [f"<entry>\n<id>{escape(item.id)}</id>\n<title>{escape(item.title)}</title>\n<updated>{escape(item.updated)}</updated>\n"
             f"<link rel=\"alternate\" href={quoteattr(item.link)}/>\n<summary>{escape(item.text)}</summary>\n</entry>" for item in items]
    return "\n".join((*rows, "</feed>\n"))
