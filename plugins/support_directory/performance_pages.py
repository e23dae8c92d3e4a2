"""Plans the pages about how the service is doing: figures as a table, a chart and CSV, and how services are monitored."""
from types import SimpleNamespace

from . import addresses, chart, dates, performance, table, wording
from .addresses import Link
from .page import Page

TITLE, MONITORING = "How we are doing", "How services are monitored"
LIKELY = "likely"
COLUMNS = ("period", "from", "to", "figure", "label", "value", "at_least", "counts", "source", "checked_date", "unit", "qualifier", "of_whom", "confidence")


def pages(planner):
    """The Planner of a site -> the page of all periods, a page for each and one on how services are monitored, none where the site has no figures."""
    periods, monitoring = planner.directory.performance, planner.directory.monitoring
    if not periods and not monitoring:
        return []
    beside = [_monitoring(planner, monitoring)] if monitoring else []
    return [_index(planner, periods, monitoring), *(_period(planner, place, periods) for place in range(len(periods))), *beside]


def files(directory, planned, url):
    """All planned pages -> {path: text}: the figures of each period as CSV, and those of all periods in one."""
    return {page.content.csv: page.content.csv_text for page in planned if page.template in ("performance.html", "figures.html") and page.content.csv}


def links(directory):
    """Directory -> the link to these pages at the foot of every page."""
    return [Link(TITLE, addresses.PERFORMANCE)] if directory.performance or directory.monitoring else []


def _index(planner, periods, monitoring):
    summary = f"What the services in {planner.area_name} did, in the numbers that were published. Where a number was not published, we say so."
    return Page(
        addresses.PERFORMANCE, "performance.html", TITLE, TITLE, summary, (planner.home_link,), SimpleNamespace(
            drawing=_over_time(periods) or _newest(periods),
            periods=[Link(period.title, addresses.period(period.slug), note=_in_short(period)) for period in periods],
            monitoring=Link(MONITORING, addresses.MONITORING, note=monitoring.summary) if monitoring else None,
            csv=addresses.figures() if periods else "", csv_text=_csv(periods), hub=planner.hub))


def _period(planner, place, periods):
    period = periods[place]
    return Page(
        addresses.period(period.slug), "figures.html", f"{TITLE}: {period.title}", period.title, period.summary,
        (planner.home_link, Link(TITLE, addresses.PERFORMANCE)), SimpleNamespace(
            dates=_dates(period), rows=[_row(figure) for figure in period.figures], drawing=_of_one(period),
            not_published=[SimpleNamespace(what=item.what, note=item.note, source=_source(item.checked)) for item in period.not_published],
            others=[Link(words, addresses.period(other.slug), note=other.title) for words, other in _neighbours(place, periods)],
            csv=addresses.figures(period.slug) if period.figures else "", csv_text=_csv([period]), hub=planner.hub))


def _in_short(period):
    """When a period was, and how many numbers of it are known."""
    known = sum(figure.number is not None for figure in period.figures)
    return f"{_dates(period)}. {'No number is known' if not known else '1 number' if known == 1 else f'{known} numbers'}."


def _monitoring(planner, monitoring):
    return Page(
        addresses.MONITORING, "monitoring.html", MONITORING, MONITORING, monitoring.summary,
        (planner.home_link, Link(TITLE, addresses.PERFORMANCE)), SimpleNamespace(
            sections=[SimpleNamespace(anchor=f"part-{place}", title=section.title, text=section.text, rows=[_fact(fact) for fact in section.facts])
                      for place, section in enumerate(monitoring.sections, 1)], hub=planner.hub))


def _neighbours(place, periods):
    """The newer and the older period, each with how its link begins; the newest is the first."""
    rows = [("Newer", place - 1), ("Older", place + 1)]
    return [(words, periods[other]) for words, other in rows if 0 <= other < len(periods)]


def _dates(period):
    """The period in words. Where the source names no days, months."""
    return f"{wording.date(period.since)} to {wording.date(period.until)}"


# ---- rows of a table

def _row(figure):
    """A Figure -> a row of a table."""
    counts = wording.sentence(f"{figure.counts}, of {figure.of_whom}" if figure.of_whom else figure.counts)
    return SimpleNamespace(name=figure.label, said=_capital(figure.said), means=counts, note=figure.note, **_evidence(figure.checked))


def _fact(fact):
    """A Fact -> a row of a table."""
    return SimpleNamespace(name=_capital(fact.figure), means=fact.means, **_evidence(fact.checked))


def _evidence(checked):
    return {"source": _source(checked), "is_likely": checked.confidence == LIKELY}


def _source(checked):
    """Where something comes from -> [(words, address or "", date in words or "")]: a web address becomes a link."""
    date = "" if checked.date == wording.UNKNOWN else wording.date(checked.date)
    return [(link.text, link.address, date) for link in addresses.sources(checked.source)]


def _capital(text):
    return text[:1].upper() + text[1:]


# ---- charts

def _drawing(title, named, link=None):
    """What is above a chart, its figures as [(name, Figure)] and the page with more about them -> what the template shows.

    The table beside it has the same rows as the chart.
    """
    figures = [figure for _, figure in named]
    return SimpleNamespace(
        title=title, link=link, unit=figures[0].unit, chart=chart.bars([(name, figure.number, figure.said, figure.is_open_ended) for name, figure in named]),
        table=[SimpleNamespace(name=name, said=_capital(figure.said)) for name, figure in named],
        has_open_ends=any(figure.is_open_ended for figure in figures), is_likely=any(figure.checked.confidence == LIKELY for figure in figures),
        sources=list({figure.checked: _source(figure.checked) for figure in figures}.values()))


def _of_one(period):
    """A chart of one period, or None where it has no two figures that can be compared."""
    figures = performance.charted(period)
    if not figures:
        return None
    return _drawing(period.title, [(figure.label, figure) for figure in figures], Link(period.title, addresses.period(period.slug)))


def _newest(periods):
    """The chart of the newest period that has one; those whose figures are all confirmed come first."""
    found = [drawing for drawing in map(_of_one, periods) if drawing]
    return next((drawing for drawing in found if not drawing.is_likely), found[0] if found else None)


def _over_time(periods):
    """A chart of one measure over periods of one length, or None where no two periods have it."""
    rows = performance.compared(periods)
    if not rows:
        return None
    last = rows[-1][1]
    return _drawing(f"{last.label} over time", [(period.title, figure) for period, figure in rows])


# ---- CSV

def _csv(periods):
    """Periods -> the text of a CSV file of all their figures, a row each."""
    return table.text(COLUMNS, [_cells(period, figure) for period in periods for figure in period.figures])


def _cells(period, figure):
    first, last = dates.earliest_day(period.since), dates.latest_day(period.until)
    return (period.slug, first.isoformat() if first else period.since, last.isoformat() if last else period.until, figure.slug, figure.label, figure.value,
            "yes" if figure.is_open_ended else "no", figure.counts, figure.checked.source, figure.checked.date, figure.unit, figure.qualifier,
            figure.of_whom, figure.checked.confidence)
