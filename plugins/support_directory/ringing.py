"""The ringing list: every contact that nobody has confirmed with its provider yet, the most urgent first, as a table and as CSV."""
import csv
import io
import textwrap
from typing import NamedTuple

from . import wording
from .directory import Contact, Listing

COLUMNS = ("provider", "service", "kind", "value", "date", "confidence", "source")
# Empty columns for whoever rings stand last. Whether it is a crisis line has a column, because a spreadsheet can be sorted another way.
CSV_COLUMNS = ("crisis_line", *COLUMNS, "rang_on", "result")
# A cell that begins with one of these is a formula to a spreadsheet, which would run it.
FORMULA = ("=", "+", "-", "@", "\t")
NAME_WIDTH, VALUE_WIDTH, LEAST_SOURCE = 30, 36, 20


class Row(NamedTuple):
    """One contact to confirm, and the listing that it belongs to."""

    listing: Listing
    contact: Contact


def unconfirmed(directory):
    """Directory -> the rows of the ringing list, in the order in which to ring."""
    rows = (Row(listing, contact) for listing in _open(directory) if not listing.service.confirmed_with_provider for contact in listing.service.contacts)
    return sorted(rows, key=_order)


def without_contact(directory):
    """Directory -> the open services that nobody can get in touch with, by name."""
    return [_name(listing) for listing in _open(directory) if not listing.service.contacts]


def summary(rows):
    """The rows -> one line that says how many they are."""
    if not rows:
        return "Every contact is confirmed with its provider."
    urgent = [row for row in rows if row.listing.service.crisis_line]
    said = f"{_count(len(rows), 'contact')} of {_count(_different(r.listing.provider.slug for r in rows), 'provider')} not yet confirmed with them."
    lines = _different(row.listing.key for row in urgent)
    return f"{said} The first {len(urgent)} are of {_count(lines, 'crisis line')}." if urgent else f"{said} None is of a crisis line."


def table(rows, width):
    """The rows -> lines for a terminal of that width, with a heading; sources are cut to fit, values never are."""
    cells = [COLUMNS, *map(_cells, rows)]
    cells = [(_short(provider, NAME_WIDTH), _short(service, NAME_WIDTH), *others) for provider, service, *others in cells]
    # A value longer than its column (a web address) pushes aside the rest of its own line only.
    widths = [min(max(map(len, column)), VALUE_WIDTH) for column in zip(*cells, strict=True)][:-1]
    lines = []
    for *row, source in cells:
        line = "  ".join(text.ljust(size) for text, size in zip(row, widths, strict=True))
        lines.append(f"{line}  {_short(source, max(width - len(line) - 2, LEAST_SOURCE))}")
    return lines


def no_contact_lines(names, width):
    """Names of services -> lines for a terminal of that width, none where there are no names."""
    return textwrap.wrap(f"No contact known: {'; '.join(names)}.", width, subsequent_indent="  ") if names else []


def as_csv(rows):
    """The rows -> CSV (RFC 4180) with a header row and whole sources."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        writer.writerow(map(cell, ("yes" if row.listing.service.crisis_line else "no", *_cells(row), "", "")))
    return text.getvalue()


def cell(text):
    """Text -> the same for a spreadsheet, which takes what begins with an apostrophe for text and not for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _open(directory):
    return [listing for listing in directory.every_listing if listing.service.is_open]


def _order(row):
    """Crisis lines, then what only lists say, then the oldest evidence. Dates are compared as text: a year comes before its months."""
    checked = row.contact.checked
    date = "" if checked.date == wording.UNKNOWN else checked.date
    return not row.listing.service.crisis_line, checked.confidence != "likely", date, row.listing.provider.name.casefold()


def _cells(row):
    (provider, service), contact = (row.listing.provider, row.listing.service), row.contact
    return (provider.name, service.name, contact.type.replace("_", " "), contact.value,
            contact.checked.date, contact.checked.confidence, contact.checked.source)


def _name(listing):
    provider, service = listing.provider.name, listing.service.name
    return provider if provider == service else f"{provider}, {service}"


def _short(text, most):
    return text if len(text) <= most else f"{text[:most - 3].rstrip()}..."


def _different(keys):
    return len(set(keys))


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
