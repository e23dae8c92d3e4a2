"""How old a fact is, and what follows from its age (safety requirement 46). Pure: today is an argument.

A date that names only a year or a month counts from the first day that it can mean: a fact may be that old, so readers are warned sooner, never later.
"""
import calendar

from .dates import earliest_day, latest_day

FRESH, AMBER, BANNER, LAST = "fresh", "amber", "banner", "last"  # the states of a service
# Whole months after which a fact is amber, has a banner, and stands last among its neighbours.
AMBER_AFTER, BANNER_AFTER, LAST_AFTER = 6, 12, 15
UNKNOWN = "not known"
AHEAD, RUNNING, ENDED = "ahead", "running", "ended"  # the states of a contract


def months(day, today):
    """The whole months from a day until today, none before it. A month without such a day is whole on its last: from 31 August to 28 February are six."""
    is_last = today.day == calendar.monthrange(today.year, today.month)[1]
    whole = (today.year - day.year) * 12 + today.month - day.month
    return max(0, whole - (today.day < day.day and not is_last))


def evidence(fact, confirmed=None):
    """The date of a fact as it is written: that of its source, or that on which the provider confirmed it where it is later; else "not known"."""
    dates = [dated.date for dated in (fact, confirmed) if dated and earliest_day(dated.date)]
    return max(dates, key=earliest_day, default=UNKNOWN)


def age(date, today):
    """A date as it is written -> how old it is in whole months, or None where it is not known."""
    day = earliest_day(date)
    return None if day is None else months(day, today)


def is_amber(date, today):
    """Whether a fact of this date needs a warning. A date that nobody knows does: it must not pass for fresh."""
    old = age(date, today)
    return old is None or old >= AMBER_AFTER


def shown(service):
    """The date that a listing stands or falls with: that of the first way to get in touch, for that is what readers use; without one, the service's."""
    main, confirmed = service.main_contact, service.confirmed_with_provider
    date = evidence(main.checked, confirmed) if main else UNKNOWN
    return evidence(service.checked, confirmed) if date == UNKNOWN else date


def state(service, today):
    """How a service is listed: FRESH, AMBER, BANNER or LAST.

    Not known is AMBER: it is not fresh, but nobody can say that it is too old, and it must not fall behind all others.
    A crisis line is never LAST: whoever is in danger must find it where it always was.
    """
    old = age(shown(service), today)
    if old is None:
        return AMBER
    if old >= LAST_AFTER and not service.crisis_line:
        return LAST
    return BANNER if old >= BANNER_AFTER else AMBER if old >= AMBER_AFTER else FRESH


def months_until_due(service, today):
    """In how many months somebody should ask the provider again: 0 now, less than 0 since so many months. Not known is due now.

    Crisis lines are asked in half the time.
    """
    old = age(shown(service), today)
    return 0 if old is None else (AMBER_AFTER // 2 if service.crisis_line else AMBER_AFTER) - old


def contract(commissioned, today):
    """Whether a contract lies AHEAD, is RUNNING or has ENDED.

    It runs from the first day that its beginning can mean until the last day that its end can mean: nobody is to think that the money for
    a service has ended while it may still be paid.
    """
    since, until = earliest_day(commissioned.since), latest_day(commissioned.until)
    if since and since > today:
        return AHEAD
    return ENDED if until and until < today else RUNNING
