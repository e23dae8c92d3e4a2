"""The files content/performance/*.yaml and content/monitoring.yaml: what must hold of figures and periods, and no schema can see."""
import datetime
import re

from . import dates, problems, values

KIND, BESIDE = "performance", "monitoring"
NOT_PUBLISHED = "not published"
SHARE = re.compile(r"[0-9.,]{0,9}[0-9]? ?%|(?:\b[0-9.,]{0,9}[0-9] )?\bper ?cent\b|\bpercentages?\b", re.IGNORECASE)
DAY_OR_MONTH = re.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
NUMBER = re.compile(r"[0-9][0-9,. ]{0,14}")
QUALIFIERS = {"over": "more than", "more than": "more than", "at least": "at least", "nearly": "nearly", "almost": "nearly", "about": "about",
              "around": "about", "up to": "up to"}
FIRST_MONTH = 4  # of the year by which public bodies count


def duties(entry, today, world):
    """Problems of one entry of content/performance. `world`: it holds the entries of all of them."""
    yield from _period(entry, today, world.performance)
    yield from _figures(entry, world.performance)
    yield from shares(entry)


def shares(entry):
    """Percentages in texts that readers see: of "more than" numbers they would be wrong, and of others nobody could check them."""
    for path, text in entry.short_texts:
        if values.readers_see(path) and path[-1] != "value" and SHARE.search(text):
            yield entry.problem(path, problems.share_in_a_text(SHARE.search(text).group().strip()))


def name_of(since, until):
    """The first and the last day of a period as typed -> the name of its file: 2016-17, 2016-17-q2 or since-to-until. None where one is no day or month."""
    first, last = dates.earliest_day(since), dates.latest_day(until)
    if not first or not last or not DAY_OR_MONTH.fullmatch(since) or not DAY_OR_MONTH.fullmatch(until):
        return None
    start = first.year - (first.month < FIRST_MONTH)
    year = f"{start}-{(start + 1) % 100:02}"
    quarters = {_month(start, 3 * n): (_month(start, 3 * n + 3), f"{year}-q{n + 1}") for n in range(4)}
    if (first, last) == (_month(start, 0), _month(start, 12) - datetime.timedelta(days=1)):
        return year
    end, quarter = quarters.get(first, (None, None))
    return quarter if end and last == end - datetime.timedelta(days=1) else f"{since}-to-{until}"


def _month(year, months):
    """The first day of a month, counted from April of a year."""
    above = FIRST_MONTH - 1 + months
    return datetime.date(year + above // 12, above % 12 + 1, 1)


def _period(entry, today, others):
    """A period that is over, in the one file that is named after it."""
    since, until = (values.text(entry.data.get(name)) for name in ("since", "until"))
    first, last, name = dates.earliest_day(since), dates.latest_day(until), name_of(since, until)
    if not name or last < first:
        return  # said elsewhere
    if last > today:
        yield entry.problem(("until",), problems.period_not_over(until, today.isoformat()))
    if entry.slug != name:
        same = next((other.path for other in others if other.path != entry.path and _days(other) == (first, last)), None)
        yield entry.problem(("since",), problems.period_in_two_files(same, f"{name}.yaml") if same else
                            problems.period_of_another_name(f"{entry.slug}.yaml", since, until, f"{name}.yaml"))
    if not values.rows(entry.data.get("figures")) and not values.rows(entry.data.get("not_published")):
        yield entry.problem((), problems.period_without_figures())


def _days(entry):
    return dates.earliest_day(values.text(entry.data.get("since"))), dates.latest_day(values.text(entry.data.get("until")))


def _figures(entry, others):
    seen, units = {}, _units(entry, others)
    for n, figure in enumerate(values.rows(entry.data.get("figures"))):
        at, slug, value, unit = ("figures", n), *(values.text(figure.get(name)) for name in ("slug", "value", "unit"))
        if slug and slug in seen:
            yield entry.problem((*at, "slug"), problems.figure_twice(slug, seen[slug]))
        elif slug and unit and units.get(slug, (unit, ""))[0] != unit:
            yield entry.problem((*at, "unit"), problems.unit_differs(slug, *units[slug]))
        seen.setdefault(slug, entry.places[at][0])
        if value.strip() and value != NOT_PUBLISHED and not re.fullmatch("[0-9]{1,9}", value):
            yield entry.problem((*at, "value"), _no_value(value))
        elif value == NOT_PUBLISHED and figure.get("qualifier"):
            yield entry.problem((*at, "qualifier"), problems.qualifier_of_nothing())


def _no_value(value):
    """What is wrong with a value that is no number, in words."""
    if SHARE.search(value):
        return problems.share_as_a_value(value)
    number = NUMBER.search(value[:40])
    digits = re.sub("[^0-9]", "", number.group()) if number and "." not in number.group().strip(" .") else ""
    word = next((ours for typed, ours in QUALIFIERS.items() if re.search(rf"(?i)\b{typed}\b", value[:40])), None)
    return problems.value_in_words(value, digits[:9], word)


def _units(entry, others):
    """{slug of a measure: (its unit, the file that has it)} of the other files."""
    return {figure["slug"]: (figure["unit"], other.path) for other in others if other.path != entry.path
            for figure in values.rows(other.data.get("figures")) if values.text(figure.get("slug")) and values.text(figure.get("unit"))}
