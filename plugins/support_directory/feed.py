"""An Atom feed (RFC 4287): articles as XML that a feed reader asks for. All its addresses are whole ones, so it needs the public address of the site."""
import xml.etree.ElementTree as ET

ATOM, MIDNIGHT = "http://www.w3.org/2005/Atom", "T00:00:00Z"


def text(name, home, address, rows):
    """The site's name, its public address, the feed's address within it, [(title, note, address, date)] newest first -> the feed.

    Where only the month of an article is known, the feed gives its first day: Atom knows no other dates.
    """
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _add(feed, "title", f"{name}: news")
    _add(feed, "id", home + address)
    _add(feed, "updated", _moment(rows[0][3]))
    _add(feed, "link", rel="self", type="application/atom+xml", href=home + address)
    _add(_add(feed, "author"), "name", name)
    for title, note, place, date in rows:
        entry = _add(feed, "entry")
        _add(entry, "title", title)
        _add(entry, "id", home + place)
        _add(entry, "updated", _moment(date))
        _add(entry, "link", rel="alternate", type="text/html", href=home + place)
        _add(entry, "summary", note)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _add(parent, tag, words=None, **attributes):
    found = ET.SubElement(parent, tag, attributes)
    found.text = words
    return found


def _moment(date):
    return (date if date.count("-") == 2 else f"{date}-01") + MIDNIGHT
