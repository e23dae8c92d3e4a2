"""Where somebody is: which area a place or a postcode belongs to. theme/static/js/places.js looks things up in it."""
import re

from .folding import words


def places(directory):
    """Area names and places, as the index folds them -> the area's slug."""
    found = {}
    for area in directory.areas:
        for place in (*area.places, area.name):
            found[" ".join(words(re.sub(r"\(.*?\)", "", place)))] = area.slug
    for area in directory.areas:  # an area's own name wins over a place of the same name elsewhere
        found[" ".join(words(area.name))] = area.slug
    return found


def postcodes(directory):
    """(outward code -> shares, sector -> shares where they differ from those of a code that lies in two areas).

    Shares: [(area, per cent of the code's postcodes)], the largest first, two at most; less than one in a hundred is left out.
    """
    outward, sectors = {}, {}
    for area in directory.areas:
        for sector, count in (area.postcodes or {}).items():
            counts = outward.setdefault(_outward(sector), {})
            counts[area.slug] = counts.get(area.slug, 0) + count
            sectors.setdefault(sector, {})[area.slug] = count
    by_code = {code: _shares(counts) for code, counts in sorted(outward.items())}
    by_sector = {sector: _shares(counts) for sector, counts in sorted(sectors.items())}
    return by_code, {sector: shares for sector, shares in by_sector.items() if shares != by_code[_outward(sector)] and len(by_code[_outward(sector)]) > 1}


def in_order(code):
    """What to sort postcodes and parts of them by: L9 comes before L10."""
    return [int(part) if part.isdigit() else part for part in re.split("([0-9]+)", code)]


def _outward(sector):
    return sector.split(" ")[0]


def _shares(counts):
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:2]
    return [[slug, 100 * count // sum(counts.values())] for slug, count in rows if 100 * count >= sum(counts.values())]
