"""Dates and hours that cannot be: days outside the calendar, evidence from the future, times that overlap."""
import datetime
import re

from . import problems, values
from .dates import DATE, earliest_day, latest_day

DATE_KEYS = {"date", "day", "since", "until", "review_due", "security_txt_expires"}
# Before this year no source of a listing was written; before the other no organisation's funding began.
OLDEST_EVIDENCE, OLDEST = 1990, 1900
FARTHEST = {"until": 20, "since": 5, "review_due": 3}  # years ahead; what lies farther is a slip
# They come every year. Where one is on a weekend, GOV.UK lists only its substitute day; but whoever closes on bank holidays is closed on the day itself too.
EVERY_YEAR = {"01-01": "New Year's Day", "12-25": "Christmas Day", "12-26": "Boxing Day"}
SECURITY_DAYS = 30  # safety requirement: security.txt is renewed before its last month
TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_IN_A_WORD = {"weekdays": WEEK[:5], "weekends": WEEK[5:], "weekend": WEEK[5:], "daily": WEEK, "every day": WEEK, "everyday": WEEK, "all week": WEEK}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_meant(text):
    """A date that was typed in another way (14/03/2025, 14 March 2025, March 2025, 2025/3/4) -> as it should stand, or None."""
    if re.fullmatch("[0-9]{8}", text.strip()):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    text = re.sub("T[0-9:.Z]+$", "", text.strip())
    words = re.findall("[0-9]+|[a-z]+", text.lower()[:40])
    words = [re.sub("^(st|nd|rd|th)$", "", word) for word in words]
    numbers = [f"{MONTHS.index(word[:3]) + 1:02}" if word[:3] in MONTHS else word for word in words if word]
    if len(numbers) not in (2, 3) or not all(number.isdigit() for number in numbers):
        return None
    if len(numbers[0]) != 4:
        numbers = numbers[::-1]
        if len(numbers) == 3 and len(words) > 1 and words[0][:3] in MONTHS:  # March 14, 2025
            numbers[1], numbers[2] = numbers[2], numbers[1]
    if len(numbers[0]) == 2:
        numbers[0] = f"20{numbers[0]}"
    if len(numbers) == 2 and re.fullmatch("[0-9]{4} ?[-/] ?[0-9]{2}", text.strip()) and not 1 <= int(numbers[1]) <= 12:
        return None  # a financial year, such as 2024/25
    meant = "-".join([numbers[0], *(f"{int(number):02}" for number in numbers[1:])])
    return meant if earliest_day(meant) else None


def time_meant(text):
    """A time that was typed in another way (9am, 9.30, 5:30 pm, noon) -> as it should stand, or None."""
    plain = text.strip().lower()[:20].replace("noon", "12:00").replace("midnight", "24:00")
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?\s*([ap]\.?m\.?)?", plain)
    if not found:
        return None
    hour, minute, half = int(found[1]), found[2] or "00", (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    meant = f"{hour:02}:{minute}"
    return meant if TIME.fullmatch(meant) else None


def days_meant(text):
    """Days that were typed as a range, such as "Mon-Fri", "monday to friday" or "weekdays" -> the list of them, or []."""
    plain = text.strip().lower()[:40]
    found = re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:-|–|to|until)\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*", plain)
    if found:
        first, last = (next(n for n, day in enumerate(WEEK) if day.startswith(name)) for name in found.groups())
        return [WEEK[n % 7] for n in range(first, last + 1 if last >= first else last + 8)]
    return list(DAYS_IN_A_WORD.get(plain, ()))


def dates(entry, today):
    """Problems of all dates of an entry: days of the calendar, evidence not from the future, beginnings before ends."""
    for path, text in entry.texts:
        if path[-1] not in DATE_KEYS or not DATE.fullmatch(text):
            continue
        day = earliest_day(text)
        if day is None:
            yield entry.problem(path, problems.bad_date(text))
        elif path[-1] == "date" and day > today:
            yield entry.problem(path, (problems.future_news if path == ("date",) else problems.future_date)(text, today.isoformat()))
        elif path[-2:] == ("status", "since") and day > today:
            yield entry.problem(path, problems.future_status(text, today.isoformat()))
        elif day.year < (OLDEST_EVIDENCE if path[-1] == "date" else OLDEST):
            yield entry.problem(path, problems.unlikely_year(text, "long ago"))
        elif day > today + datetime.timedelta(days=366 * FARTHEST.get(path[-1], 100)):
            yield entry.problem(path, problems.unlikely_year(text, "far ahead"))
        elif path[-1] == "until":
            yield from _ends_before_it_begins(entry, path, text)
            yield from _years_are_whole(entry, path, day)
        elif path[-1] == "day":
            yield from _after_the_end(entry, path, day)
        elif path[-1] == "review_due":
            read = values.fields(entry.data.get("checked")).get("date")
            if isinstance(read, str) and (earliest_day(read) or day) > day:
                yield entry.problem(path, problems.review_before_evidence(text, read))
        elif path[-1] == "security_txt_expires" and day < today + datetime.timedelta(days=SECURITY_DAYS):
            yield entry.problem(path, problems.security_ends(text, SECURITY_DAYS))
    yield from _named_twice(entry)


def _ends_before_it_begins(entry, path, until):
    since = values.text(values.at(entry.data, path[:-1]).get("since"))
    if earliest_day(since) and latest_day(until) < earliest_day(since):
        yield entry.problem(path, problems.ends_before_it_begins(since, until))


def _years_are_whole(entry, path, until):
    """A list of bank holidays up to the day `until`, without one of the days that come every year: the first that is missing. `path`: of that end.

    Where a day of the list cannot be read, that is said already, and it may be the one that is missing.
    """
    days = [earliest_day(text) if len(text) == 10 else None for text in _bank_holidays(entry)]
    if not days or None in days:
        return
    for year in range(min(days).year, until.year + 1):
        for month_and_day, name in EVERY_YEAR.items():
            day = datetime.date.fromisoformat(f"{year:04}-{month_and_day}")
            if min(days) < day <= until and day not in days:
                yield entry.problem(path, problems.bank_holiday_missing(day.isoformat(), name, until.isoformat()))
                return


def _after_the_end(entry, path, day):
    """A bank holiday later than the day up to which the list is complete."""
    until = values.text(entry.data.get("until"))
    if entry.kind == "bank-holidays" and earliest_day(until) and day > latest_day(until):
        yield entry.problem(path, problems.bank_holiday_after_the_end(day.isoformat(), until))


def _named_twice(entry):
    """A bank holiday that stands in the list under two names; under the same name, shape.py says it."""
    names = {}
    for n, (day, row) in enumerate(zip(_bank_holidays(entry), values.rows(entry.data.get("days")), strict=False)):
        if day and names.setdefault(day, row) != row:
            yield entry.problem(("days", n, "day"), problems.repeated_item(day))


def _bank_holidays(entry):
    """The days of a list of bank holidays, as typed, one for each item; of any other entry none."""
    return [values.text(row.get("day")) for row in values.rows(entry.data.get("days"))] if entry.kind == "bank-holidays" else []


def hours(entry, path, given):
    """Problems of one set of opening hours; `given` is the value at `path`, or None."""
    if not isinstance(given, dict):
        return
    always, weekly = given.get("open_24_hours") is True, values.rows(given.get("weekly"))
    if always and weekly:
        yield entry.problem((*path, "weekly"), problems.always_and_weekly())
    if always and given.get("bank_holidays") == "closed":
        yield entry.problem((*path, "bank_holidays"), problems.always_but_closed())
    if given.get("open_24_hours") in (None, False) and "weekly" not in given and "note" not in given:
        yield entry.problem(path, problems.no_times())

    def line_of(row):
        return entry.places[(*path, "weekly", row)][0]

    taken = {}  # day -> [(opens, closes, row)] of the rows above
    for n, row in enumerate(weekly):
        opens, closes, days = row.get("opens"), row.get("closes"), values.texts(row.get("days"))
        if not all(isinstance(time, str) and TIME.fullmatch(time) for time in (opens, closes)):
            continue
        if closes <= opens:
            yield entry.problem((*path, "weekly", n, "closes"), problems.bad_hours(opens, closes, _closes_meant(opens, closes)))
            continue
        for place, day in enumerate(days):
            # On one line stands what is the same row twice, which is a repeated item of the list.
            clash = next(((o, c, above) for o, c, above in taken.get(day, ()) if opens < c and o < closes and line_of(above) != line_of(n)), None)
            if clash:
                yield entry.problem((*path, "weekly", n, "days", place), problems.overlapping_hours(day, opens, closes, *clash[:2], line_of(clash[2])))
            elif len(taken.setdefault(day, [])) < 20:  # enough for any day, so that a very long list cannot take long
                taken[day].append((opens, closes, n))


def _closes_meant(opens, closes):
    """17:00 for a service that opens at 09:00 and closes at "05:00", or None."""
    if closes == "00:00":
        return "24:00"
    later = f"{int(closes[:2]) + 12:02}{closes[2:]}"
    return later if closes < opens < later and TIME.fullmatch(later) else None
