"""Whom to ring, the most urgent first, as a table, as CSV and as an issue.

Two lists: every contact that nobody has confirmed with its provider yet, and every service that is due to be asked again (safety requirement 46).
"""
import csv
import datetime
import io
import re
import textwrap
from typing import NamedTuple

from . import dates, freshness, wording
from .directory import Contact, Listing

COLUMNS = ("provider", "service", "kind", "value", "date", "confidence", "source")
# Empty columns for whoever rings stand last. Whether it is a crisis line has a column, because a spreadsheet can be sorted another way.
CSV_COLUMNS = ("crisis_line", *COLUMNS, "rang_on", "result")
# A cell that begins with one of these is a formula to a spreadsheet, which would run it.
FORMULA = ("=", "+", "-", "@", "\t")
DUE_COLUMNS = ("due", *COLUMNS)
CSV_DUE_COLUMNS = ("crisis_line", *DUE_COLUMNS, "rang_on", "result")
OVERDUE, DUE, CONTRACT = "overdue", "due", "1 April"  # why a service is on the list; contracts turn on 1 April
APRIL = (4, 1)
ASKED_FROM = (1, 1)  # from this day on, who pays for a service from April on can be known
MOST_MARKDOWN = 60_000  # characters: GitHub takes 65,536 in an issue
NAME_WIDTH, VALUE_WIDTH, LEAST_SOURCE = 30, 36, 20


class Row(NamedTuple):
    """One contact to confirm, and the listing that it belongs to."""

    listing: Listing
    contact: Contact


class Due(NamedTuple):
    """A service to ask again, and why: OVERDUE, DUE or CONTRACT. `date`: how old what we know is, as it is written."""

    listing: Listing
    why: str
    date: str


def due(directory, today, april=False):
    """Directory -> the rows of services to ask again, in the order in which to ring.

    Due is a service when `freshness` says so, and overdue when as much time again has passed. A service with a contract is also asked between
    1 January and 1 April, unless it was asked in that time. `april`: those with a contract only, whatever the day.
    """
    rows = (Due(listing, _why(listing.service, today, april), freshness.shown(listing.service)) for listing in _open(directory))
    return sorted((row for row in rows if row.why), key=_due_order)


def _why(service, today, april):
    turns = datetime.date(today.year + ((today.month, today.day) >= APRIL), *APRIL)
    asks_from = datetime.date(turns.year, *ASKED_FROM)
    asked = dates.earliest_day(freshness.shown(service))
    paid = any(freshness.contract(contract, today) != freshness.ENDED for contract in service.commissioned)
    turning = paid and (asked is None or asked < asks_from) and (april or today >= asks_from)
    left = freshness.months_until_due(service, today)
    if april and not turning:
        return ""
    limit = freshness.AMBER_AFTER // 2 if service.crisis_line else freshness.AMBER_AFTER
    return OVERDUE if left <= -limit else DUE if left <= 0 else CONTRACT if turning else ""


def _due_order(row):
    """Crisis lines, then what is overdue, then the oldest evidence; what nobody knows the date of counts as the oldest."""
    date = "" if row.date == freshness.UNKNOWN else row.date
    return not row.listing.service.crisis_line, row.why != OVERDUE, date, row.listing.provider.name.casefold()


def due_summary(rows):
    """The rows -> one line that says how many they are."""
    if not rows:
        return "Nobody is due to be asked."
    late, crisis = (sum(test(row) for row in rows) for test in (lambda row: row.why == OVERDUE, lambda row: row.listing.service.crisis_line))
    said = f"{_count(len(rows), 'service')} of {_count(_different(r.listing.provider.slug for r in rows), 'provider')} to ask again"
    return f"{said}: {late} overdue. {_count(crisis, 'crisis line')} first." if crisis else f"{said}: {late} overdue."


def due_table(rows, width):
    """The rows of services -> lines for a terminal of that width, with a heading."""
    return _table(DUE_COLUMNS, map(_due_cells, rows), width, names=(1, 2))


def due_csv(rows):
    """The rows of services -> CSV (RFC 4180) with a header row and whole sources."""
    return _csv(CSV_DUE_COLUMNS, ((_yes_or_no(row.listing.service), *_due_cells(row), "", "") for row in rows))


def due_markdown(rows, repository):
    """The rows of services -> the text of an issue: a box to tick for each, with a link to edit its entry. `repository`: owner/name on GitHub."""
    lines, left = [due_summary(rows), ""], len(rows)
    for row in rows:
        line = _task(row, repository)
        if sum(map(len, lines)) + len(lines) + len(line) > MOST_MARKDOWN:
            lines.append(f"\nAnd {_count(left, 'more service')}, by: `python3 scripts/review_due.py`")
            break
        lines.append(line)
        left -= 1
    return "\n".join(lines) + "\n"


def _task(row, repository):
    provider, service = row.listing.provider, row.listing.service
    contact = _first_contact(service)
    ask = f"{contact.type.replace('_', ' ')} `{contact.value.replace('`', '')}`" if contact else "no contact known"
    known = "date of what we know: not known" if row.date == freshness.UNKNOWN else f"what we know is from {wording.date(row.date)}"
    why = f"{row.why}, crisis line" if service.crisis_line else row.why
    link = f"https://github.com/{repository}/edit/main/providers/{provider.slug}.yaml"
    return f"- [ ] **{_as_markdown(_name(row.listing))}** ({why}): {ask}; {known}. [Edit the entry]({link})"


def _as_markdown(text):
    """Text -> the same for Markdown: nothing in it is a sign, speaks to somebody or points to an issue."""
    return re.sub(r"([\\`*_\[\]<>&~|])", r"\\\1", text).replace("@", "@<!-- -->").replace("#", "#<!-- -->")


def _first_contact(service):
    return service.main_contact or next(iter(service.contacts), None)


def _due_cells(row):
    contact, service = _first_contact(row.listing.service), row.listing.service
    checked = contact.checked if contact else service.checked
    return (row.why, row.listing.provider.name, service.name, contact.type.replace("_", " ") if contact else "",
            contact.value if contact else "no contact known", row.date, checked.confidence, checked.source)


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
    return _table(COLUMNS, map(_cells, rows), width, names=(0, 1))


def _table(columns, rows, width, names):
    """Columns and rows of cells -> lines. `names`: the positions of cells that may be cut to NAME_WIDTH."""
    cells = [columns, *rows]
    cells = [tuple(_short(text, NAME_WIDTH) if place in names else text for place, text in enumerate(row)) for row in cells]
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
    return _csv(CSV_COLUMNS, ((_yes_or_no(row.listing.service), *_cells(row), "", "") for row in rows))


def _csv(columns, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(cell, row) for row in rows)
    return text.getvalue()


def _yes_or_no(service):
    return "yes" if service.crisis_line else "no"


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
