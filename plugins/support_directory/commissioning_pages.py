"""Plans pages: services by year, and who delivered what when. What is told here is history: help of today stands on the pages of help."""
import re
from types import SimpleNamespace

from . import addresses, bars, commissioning, wording
from .addresses import Link
from .commissioning import UNKNOWN
from .dates import earliest_day
from .directory import FORCE_WIDE
from .page import Page

TITLE = "Services by year"


def pages(planner):
    """The Planner of a site -> the page of all years and one for each, or none where the site has no such files."""
    years = planner.directory.commissioning
    return [_index(planner, years), *(_year(planner, years, place) for place in range(len(years)))] if years else []


def links(directory):
    """Directory -> the link at the foot of every page, where there is something to show."""
    return [Link(TITLE, addresses.COMMISSIONING)] if directory.commissioning else []


def _index(planner, years):
    rows = strands(years, lambda service: deliverers_in_words(planner, service))
    return Page(
        addresses.COMMISSIONING, "commissioning.html", TITLE, "Who was paid to help, year by year",
        f"Which services for victims in {planner.area_name} were paid for, who delivered them, and when.", (planner.home_link,),
        SimpleNamespace(years=[Link(year.title, addresses.commissioning(year.slug), note=_count(year)) for year in years],
                        drawing=bars.drawing([year.title for year in years], rows), table=_table(years, rows), hub=planner.hub))


def _count(year):
    return f"{len(year.services)} services" if len(year.services) > 1 else "1 service"


def strands(years, words):
    """Years -> [(strand, [(who delivered it, first column, last column)])]. A bar goes on over years that follow each other. `words`: of a service."""
    rows = {}
    for column, year in enumerate(years):
        for service in year.services:
            bars, said = rows.setdefault(service.strand, []), words(service)
            before = next((n for n, bar in enumerate(bars) if bar[0] == said and bar[2] >= column - 1), None)
            if before is None:
                bars.append((said, column, column))
            else:
                bars[before] = (said, bars[before][1], column)
    return list(rows.items())


def _table(years, rows):
    """The same as words: [(strand, [(when, who)])]."""
    def when(first, last):
        titles = [year.title for year in years[first:last + 1]]
        return wording.listed(titles[:1] + [title[:1].lower() + title[1:] for title in titles[1:]])

    return [(strand, [(when(first, last), said) for said, first, last in bars]) for strand, bars in rows]


def deliverers_in_words(planner, service):
    """Who delivered a service: "RASA Merseyside and RASASC", or that it is not known."""
    links_to = deliverers(planner, service)
    return wording.listed([link.text for link in links_to]) if links_to else "We do not know who"


def deliverers(planner, service):
    """Who delivered a service, each as a Link with an address where there is an entry; none where that is not known."""
    if isinstance(service.delivered_by, str):
        return []
    known = planner.providers
    return [Link(one.name or (known[one.provider].name.split(" (")[0] if one.provider in known else one.provider),
                 addresses.provider(one.provider) if one.provider in known else "") for one in service.delivered_by]


def _year(planner, years, place):
    year = years[place]
    around = [Link(other.title, addresses.commissioning(other.slug)) for other in years[max(0, place - 1):place + 2] if other is not year]
    return Page(
        addresses.commissioning(year.slug), "commissioning_year.html", f"{TITLE}: {year.title}", f"Services: {year.title}", year.introduction,
        (planner.home_link, Link(TITLE, addresses.COMMISSIONING)),
        SimpleNamespace(year=year, services=[_service(planner, service) for service in year.services], figures=_figures(year),
                        others=around, hub=planner.hub))


def _figures(year):
    """Each figure once, with all that it means: [(figure, [meaning and source])]. Two things may both be five."""
    rows = {}
    for figure in year.figures:
        rows.setdefault(figure.figure, []).append(SimpleNamespace(means=figure.means, source=_source(figure.checked)))
    return list(rows.items())


def _source(checked):
    """A source with its date, where that does not stand in its name already."""
    dated = wording.date(checked.date) if earliest_day(checked.date) else ""
    return f"{checked.source} ({dated})" if dated and not re.search(rf"\b{dated}\b", checked.source) else checked.source


def _service(planner, service):
    """A service with everything in words: rows of (label, text, links)."""
    crimes = [] if isinstance(service.crime_types, str) else [
        Link(planner.titles[slug], addresses.help_page(slug)) for slug in service.crime_types if slug in planner.titles]
    where = {FORCE_WIDE: f"Anywhere in {planner.area_name}.", UNKNOWN: "We do not know."}.get(service.coverage) if isinstance(
        service.coverage, str) else f"{wording.listed([planner.area_names.get(slug, slug) for slug in service.coverage])}."
    who = deliverers(planner, service)
    rows = (
        ("Delivered by", "" if who else "We do not know.", who),
        ("What kind", wording.sentence(service.kind.capitalize()), []),
        ("For", service.for_whom or "We do not know.", []),
        ("Where", where, []),
        ("When", when(service), []),
        ("Paid for by", wording.sentence(service.funder) if service.funder else "We do not know.", []),
        ("How much", wording.sentence(service.amount[:1].upper() + service.amount[1:]) if service.amount else "We do not know.", []),
        ("Good to know", service.note, []),
        ("Help of today", "", crimes),
        ("Source", _source(service.checked), []),
    )
    return SimpleNamespace(name=service.name, rows=[row for row in rows if row[1] or row[2]])


def when(service):
    """From when until when a service was paid for, in words."""
    since, until = (wording.date(text) if earliest_day(text) else "" for text in (service.since, service.until))
    if since and until:
        return f"{since} to {until}."
    return f"Since {since}. {wording.NO_END}" if since else f"Until {until}. We do not know since when." if until else "We do not know."


def history(planner, provider):
    """What a provider was paid for, by year: [(Link to the year, the services of it in words)]."""
    rows = {}
    for year, service in commissioning.of_provider(planner.directory.commissioning, provider.slug):
        rows.setdefault(year.slug, (Link(year.title, addresses.commissioning(year.slug)), []))[1].append(service.name)
    return [(link, "; ".join(names)) for link, names in rows.values()]
