"""Plans pages: what the open data is and how to use it, and where help is missing."""
from types import SimpleNamespace

from . import addresses, gaps, open_data, open_referral, services_table
from .addresses import Link
from .page import Page

NEAREST = {gaps.LOCAL: "Local", gaps.WIDE: "All areas", gaps.ONLY_NATIONAL: "National only", gaps.NONE: "None"}


def pages(planner):
    """The Planner of a site -> pages."""
    return [data(planner), missing(planner)]


def links(directory):
    """Directory -> the links at the foot of every page."""
    return [Link("Open data", addresses.DATA)]


def data(planner):
    """The page about the open data."""
    count = len(planner.directory.every_listing)
    return Page(
        addresses.DATA, "data.html", "Open data", "Open data", "All listings in forms that other programs can read.", (planner.home_link,),
        SimpleNamespace(
            columns=services_table.COLUMNS.items(), extension=open_referral.EXTENSION, own=open_referral.OWN_FIELDS.items(), version=open_data.VERSION,
            services=count, providers=len(planner.directory.providers), table=services_table.PATH, gaps=Link("Where help is missing", addresses.GAPS),
            schemas=open_data.SCHEMAS, page_size=open_referral.PAGE_SIZE))


def missing(planner):
    """The page that shows how near the nearest help is, for each crime type in each area."""
    matrix = gaps.matrix(planner.directory)
    areas, is_counted = [area.name for area in planner.directory.areas], planner.directory.has_many_areas  # too many are no columns of a table: it counts them
    rows = [(crime_type.title, addresses.help_page(crime_type.slug), _counted(cells) if is_counted else list(map(_shown, cells)))
            for crime_type, cells in matrix]
    cells = [one for _, found in matrix for one in found]
    counts = [(words, sum(one.nearest == kind for one in cells)) for kind, words in NEAREST.items()]
    return Page(
        addresses.GAPS, "gaps.html", "Where help is missing", "Where help is missing",
        "For each kind of crime and each area: how near the nearest help is.", (planner.home_link, Link("Open data", addresses.DATA)),
        SimpleNamespace(areas=areas, rows=rows, counts=counts, cells=len(cells), table=gaps.PATH, is_counted=is_counted,
                        heads=list(NEAREST.values()) if is_counted else areas))


def _shown(cell):
    """A cell of the table: how near the nearest help is, its mark, its page, and how many services there are."""
    return NEAREST[cell.nearest], _mark(cell.nearest), cell.address, said(cell)


def _counted(cells):
    """The areas of one crime type -> a cell for each answer: in how many areas it is true, and its mark where it is in any."""
    counts = [(kind, sum(one.nearest == kind for one in cells)) for kind in NEAREST]
    return [(count, _mark(kind) if count else "", "", "") for kind, count in counts]


def _mark(kind):
    return kind.replace(" ", "-")


def said(cell):
    """How many services of each kind a cell stands for, in words, or "" where there are none."""
    counts = ((cell.local, "local"), (cell.force_wide, "for all areas"), (cell.national, "national"))
    return ", ".join(f"{count} {words}" for count, words in counts if count)
