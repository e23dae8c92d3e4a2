"""Which services were paid for, year by year: content/commissioning/<year>.yaml."""
from dataclasses import dataclass

from .dates import earliest_day
from .nouns import Checked, checked, each, make, named

UNKNOWN = "not known"


@dataclass(frozen=True)
class Deliverer:
    """Who delivered a service: the slug of an entry, or a name, or both where the name was another then."""

    provider: str = ""
    name: str = ""


@dataclass(frozen=True)
class Figure:
    """One number or date as it was published, and what it means."""

    figure: str
    means: str
    checked: Checked


@dataclass(frozen=True)
class PaidService:
    """One service of one year. `delivered_by`, `crime_types` and `coverage` are tuples, or words such as UNKNOWN."""

    name: str
    strand: str
    kind: str
    delivered_by: tuple | str
    crime_types: tuple | str
    coverage: tuple | str
    since: str
    until: str
    checked: Checked
    for_whom: str = ""
    funder: str = ""
    amount: str = ""
    note: str = ""


@dataclass(frozen=True)
class Year:
    """The services of one year, or of the years of one contract."""

    slug: str
    title: str
    since: str
    until: str
    introduction: str
    services: tuple
    not_known: tuple = ()
    figures: tuple = ()


def of(entries):
    """Entries of this kind -> the Years, from the first to the last."""
    years = [named(Year, entry, figures=each(Figure, checked=checked), services=lambda rows: tuple(map(_service, rows))) for entry in entries]
    return tuple(sorted(years, key=lambda year: (str(earliest_day(year.since)), year.slug)))


def _service(data):
    return make(PaidService, data, checked=checked, delivered_by=lambda given: given if isinstance(given, str) else each(Deliverer)(given))


def of_provider(years, slug):
    """Years and the slug of a provider -> [(Year, PaidService)] of what it was paid for, from the first to the last."""
    return [(year, service) for year in years for service in year.services
            if not isinstance(service.delivered_by, str) and slug in [deliverer.provider for deliverer in service.delivered_by]]
