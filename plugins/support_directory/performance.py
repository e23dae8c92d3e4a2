"""How the service is doing: the figures of content/performance/*.yaml by period, and what content/monitoring.yaml says beside them."""
import re
from dataclasses import dataclass

from . import dates
from .nouns import Checked, checked, each, make, named

NOT_PUBLISHED, POUNDS = "not published", "pounds"
OPEN_ENDED = {"more than", "at least"}
DIGITS = re.compile("[0-9]{1,15}")
DAYS_OF_A_MONTH, MILLION = 30.44, 1_000_000


@dataclass(frozen=True)
class Figure:
    """One number of a period. `slug` is the same wherever the same thing is counted; `qualifier` is the source's word before it, as "more than"."""

    slug: str
    label: str
    value: str
    unit: str
    counts: str
    checked: Checked
    qualifier: str = ""
    of_whom: str = ""
    note: str = ""

    @property
    def number(self):
        """The value as a number, or None where it is not known."""
        return int(self.value) if DIGITS.fullmatch(self.value) else None

    @property
    def is_open_ended(self):
        """Whether the true number is larger than the value."""
        return self.number is not None and self.qualifier in OPEN_ENDED

    @property
    def said(self):
        """The number as readers see it everywhere: "more than 6,570", "£3 million", "not published"."""
        if self.number is None:
            return self.value
        whole, rest = divmod(self.number, MILLION)
        digits = f"{whole:,} million" if self.unit == POUNDS and whole and not rest else f"{self.number:,}"
        return f"{self.qualifier} {'£' if self.unit == POUNDS else ''}{digits}".strip()


@dataclass(frozen=True)
class Unpublished:
    """A report or a figure that a source speaks of, and that is not known here."""

    what: str
    checked: Checked
    note: str = ""


@dataclass(frozen=True)
class Period:
    """A quarter, a year or another stretch of time. `since` and `until` are days or months."""

    slug: str
    title: str
    since: str
    until: str
    summary: str
    figures: tuple = ()
    not_published: tuple = ()

    @property
    def months(self):
        """How long it is, in whole months: only periods of one length can be compared. 0 where that cannot be told."""
        first, last = dates.earliest_day(self.since), dates.latest_day(self.until)
        return round(((last - first).days + 1) / DAYS_OF_A_MONTH) if first and last else 0


@dataclass(frozen=True)
class Fact:
    """A number or a day that belongs to no period, as the source says it, and what it means."""

    figure: str
    means: str
    checked: Checked


@dataclass(frozen=True)
class Section:
    """A part of the page about how the service is doing."""

    title: str
    text: tuple = ()
    facts: tuple = ()


@dataclass(frozen=True)
class Monitoring:
    """What the page says beside the figures."""

    summary: str
    sections: tuple = ()


def of(entries):
    """Entries of content/performance -> Periods, the newest first."""
    figures, missing = each(Figure, checked=checked), each(Unpublished, checked=checked)
    periods = [named(Period, entry, figures=figures, not_published=missing) for entry in entries]
    return tuple(sorted(periods, key=lambda period: (period.until, period.since), reverse=True))


def monitoring(entries):
    """The entry of content/monitoring.yaml in a list, or none -> Monitoring or None."""
    sections = each(Section, facts=each(Fact, checked=checked))
    return next((make(Monitoring, entry.data, sections=sections) for entry in entries), None)


def charted(period):
    """A Period -> its figures that can stand in one chart: of the unit that most of them have, with a number. None where there are not two."""
    units = {}
    for figure in period.figures:
        if figure.number is not None:
            units.setdefault(figure.unit, []).append(figure)
    most = max(units.values(), key=len, default=())
    return tuple(most) if len(most) > 1 else ()


def compared(periods):
    """Periods -> [(Period, Figure)] of the measure that most periods of one length have, the oldest first. Empty where no two have one."""
    found = {}
    for period in sorted(periods, key=lambda period: period.since):
        for figure in period.figures:
            if figure.number is not None:
                found.setdefault((figure.slug, figure.unit, period.months), []).append((period, figure))
    most = max(found.values(), key=len, default=())
    return list(most) if len(most) > 1 else []
