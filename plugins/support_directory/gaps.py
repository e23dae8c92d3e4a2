"""Where help is missing: for each crime type and area, whether somebody local, force-wide or only national helps in particular."""
from dataclasses import dataclass

from . import addresses, table, wording

PATH = "data/gaps/gaps.csv"
LOCAL, WIDE, ONLY_NATIONAL, NONE = "local", "force-wide", "national only", "none"
COLUMNS = {
    "crime_type": "The kind of crime, by its short name here.",
    "area": "The area, by its short name here.",
    "nearest": "How near the nearest help made for this crime is: local, force-wide, national only or none.",
    "local": "How many open services of this area help with it.",
    "force_wide": "How many open services of the whole area help with it.",
    "national": "How many open services of the whole country help with it.",
    "any_crime": "How many open services for any crime reach the area.",
    "made_for": "Groups of people that at least one of the first three kinds says it is for.",
    "page": "The page of help here, from the root of this site.",
}


@dataclass(frozen=True)
class Cell:
    """How much help there is for a crime type in an area. Numbers are of open services; `made_for`: groups that one of them says it is for."""

    crime_type: str
    area: str
    local: int
    force_wide: int
    national: int
    any_crime: int
    made_for: tuple
    address: str

    @property
    def nearest(self):
        """How near the nearest help made for this crime type is."""
        return LOCAL if self.local else WIDE if self.force_wide else ONLY_NATIONAL if self.national else NONE


def matrix(directory):
    """Directory -> [(crime type, [Cell for each area])], in the directory's order."""
    return [(crime_type, [cell(directory, crime_type, area) for area in directory.areas]) for crime_type in directory.crime_types]


def cell(directory, crime_type, area):
    """Directory, CrimeType, Area -> Cell."""
    found = directory.listings(crime_type.slug, area.slug)
    groups = {group for listing in found.specialists for group in (*listing.service.who_for.groups, *listing.service.who_for.by_and_for)}
    return Cell(crime_type.slug, area.slug, len(found.local), len(found.force_wide), len(found.national), len(found.any_crime),
                tuple(group for group in wording.GROUPS if group in groups), addresses.help_page(crime_type.slug, area.slug))


def csv(rows):
    """The matrix -> CSV, one row for each crime type and area."""
    return table.text(COLUMNS, ((one.crime_type, one.area, one.nearest, one.local, one.force_wide, one.national, one.any_crime, "; ".join(one.made_for),
                                one.address) for _, cells in rows for one in cells))
