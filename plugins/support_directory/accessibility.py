"""content/accessibility.yaml, from which the accessibility statement is made: what the law asks of it and no schema can see (safety requirement 19)."""
import datetime

from . import contacts, dates, problems, values

KIND = "accessibility"
# The Equality Advisory and Support Service: whom the model statement names where somebody is not happy with our answer.
ENFORCEMENT_HOST = "equalityadvisoryservice.com"
# Days that a person has set, by the name of their field.
DAYS = ("prepared", "reviewed", "next_review")
NOT_ASSESSED, NOT_YET = "not assessed", "not yet"
FAILS, EXEMPT = "non-compliance", {"disproportionate burden", "not within scope"}
WARNING_DAYS = 30


def duties(entry, today, site):
    """Problems of the entry content/accessibility.yaml. `site`: the entry content/site.yaml, or None."""
    yield from _days(entry)
    yield from _reviews(entry, today)
    yield from _status(entry, site)
    website = values.text(values.fields(entry.data.get("enforcement")).get("website"))
    if website.strip() and contacts.web(website) is None and contacts.host_of(website) != ENFORCEMENT_HOST:
        yield entry.problem(("enforcement", "website"), problems.enforcement_elsewhere(website, ENFORCEMENT_HOST))


def _days(entry):
    """Days that no calendar has; those of fields with common names are looked at in times.py."""
    paths = [((name,), entry.data.get(name)) for name in DAYS]
    paths += [(("not_accessible", n, name), item.get(name)) for n, item in enumerate(values.rows(entry.data.get("not_accessible")))
              for name in ("known_since", "mend_by")]
    for path, text in paths:
        if dates.DATE.fullmatch(values.text(text)) and dates.earliest_day(text) is None:
            yield entry.problem(path, problems.bad_date(text))


def _reviews(entry, today):
    """A review within the last 12 months, and the next one within 12 months after it."""
    prepared, reviewed, due = (dates.earliest_day(values.text(entry.data.get(name))) for name in DAYS)
    last, field = (reviewed, "reviewed") if reviewed else (prepared, "prepared")
    if prepared and reviewed and reviewed < prepared:
        yield entry.problem(("reviewed",), problems.reviewed_before_prepared(reviewed.isoformat(), prepared.isoformat()))
    elif last and _a_year_after(last) < today:
        yield entry.problem((field,), problems.statement_is_old(last.isoformat()))
    elif last and due and not last < due <= min(_a_year_after(last), _a_year_after(today)):
        yield entry.problem(("next_review",), problems.review_not_within_a_year(due.isoformat(), last.isoformat()))


def _a_year_after(day):
    """The same day a year later; after 29 February, 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return datetime.date(day.year + 1, 3, 1)


def _status(entry, site):
    """What is said of compliance against what is listed and what was tested."""
    state, items = values.text(entry.data.get("compliance")), values.rows(entry.data.get("not_accessible"))
    reasons = [values.text(item.get("reason")) for item in items]
    test = values.fields(entry.data.get("tested"))
    for n, item in enumerate(items):
        if reasons[n] == FAILS and not values.text(item.get("criterion")).strip():
            yield entry.problem(("not_accessible", n), problems.criterion_missing())
    if values.text(test.get("date")) not in ("", NOT_YET) and not values.text(test.get("by")).strip():
        yield entry.problem(("tested",), problems.tested_by_nobody())
    if state == NOT_ASSESSED:
        if site and site.data.get("stage") == "live":
            yield entry.problem(("compliance",), problems.live_without_assessment())
    elif test.get("date") == NOT_YET:
        yield entry.problem(("compliance",), problems.assessed_without_a_test(state))
    elif state == "fully compliant" and FAILS in reasons:
        yield entry.problem(("compliance",), problems.compliant_with_faults())
    elif state in ("partially compliant", "not compliant") and not {FAILS, *EXEMPT} & set(reasons):
        yield entry.problem(("compliance",), problems.faults_not_listed(state))


def reminders(entry, today):
    """What an editor should look at again: a review that is due or soon will be, a day that has not come, what was to be mended by now."""
    due = dates.earliest_day(values.text(entry.data.get("next_review")))
    if due and due <= today + datetime.timedelta(days=WARNING_DAYS):
        yield entry.problem(("next_review",), problems.statement_review_is_due(due.isoformat()))
    for name in ("prepared", "reviewed"):
        day = dates.earliest_day(values.text(entry.data.get(name)))
        if day and day > today:
            yield entry.problem((name,), problems.day_has_not_come(day.isoformat()))
    for n, item in enumerate(values.rows(entry.data.get("not_accessible"))):
        day = dates.latest_day(values.text(item.get("mend_by")))
        if day and day < today:
            yield entry.problem(("not_accessible", n, "mend_by"), problems.mending_is_due(item["mend_by"]))
