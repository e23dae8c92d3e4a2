"""What is not wrong but should be looked at again. It never stops a build: a day that has come must not take the site down."""
import datetime
import re

from . import accessibility, dates, problems, times, values

SECURITY_WARNING_DAYS = 90
FUNDING_WARNING_DAYS = 90  # most contracts turn on 1 April: what ends in March is named from New Year on
BANK_HOLIDAYS_WARNING_DAYS = 60
# Our own words may not be longer (tests/test_words.py); in those of providers a long sentence is only named.
MOST_WORDS_IN_A_SENTENCE = 25
SENTENCE, WORD = re.compile(r"(?<=[.!?:])\s+|\n+"), re.compile(r"[\w'’-]+")
SAID_TO_READERS = {"about", "summary", "eligibility", "referral_note", "access_note", "note", "who_answers", "what_happens", "voicemail", "call_back",
                   "police_told"}


def reminders(entries, today):
    """Entries without problems, today -> Problems that only remind, sorted."""
    return sorted(found for entry in entries for found in (
        *_funding(entry, today), *_reviews(entry, today), *bank_holidays(entry, today), *_statement(entry, today), *_sentences(entry)))


def _funding(entry, today):
    """An open service whose last known funding has ended, or ends soon, and that nobody has asked since."""
    for n, service in enumerate(values.rows(entry.data.get("services"))):
        ends = [dates.latest_day(values.text(row.get("until"))) for row in values.rows(service.get("commissioned"))]
        if not ends or None in ends or values.fields(service.get("status")).get("state") in ("paused", "closed"):
            continue
        end = max(ends)
        soon = end - datetime.timedelta(days=FUNDING_WARNING_DAYS)
        asked = [values.text(values.fields(thing.get("confirmed_with_provider")).get("date")) for thing in (service, entry.data)]
        asked = max(dates.earliest_day(day) or datetime.date.min for day in asked)
        words = problems.funding_ended if asked <= end < today else problems.funding_ends_soon if asked < soon <= today <= end else None
        if words:
            place = ends.index(end)
            yield entry.problem(("services", n, "commissioned", place, "until"), words(service["commissioned"][place]["until"]))


def _reviews(entry, today):
    """A page that is due to be read again, and security.txt before its last month."""
    due = dates.earliest_day(values.text(entry.data.get("review_due")))
    if due and due < today:
        yield entry.problem(("review_due",), problems.review_is_due(due.isoformat()))
    ends = dates.earliest_day(values.text(entry.data.get("security_txt_expires")))
    if ends and ends < today + datetime.timedelta(days=SECURITY_WARNING_DAYS):
        yield entry.problem(("security_txt_expires",), problems.security_ends_soon(ends.isoformat(), times.SECURITY_DAYS))


def _sentences(entry):
    """The longest sentence of each text of a provider, where it is a long one."""
    for path, text in entry.texts if entry.kind == "provider" else ():
        if path[-1] in SAID_TO_READERS and values.readers_see(path):
            words, sentence = max((len(WORD.findall(sentence)), sentence) for sentence in SENTENCE.split(text))
            if words > MOST_WORDS_IN_A_SENTENCE:
                yield entry.problem(path, problems.long_sentence(words, sentence, MOST_WORDS_IN_A_SENTENCE))


def _statement(entry, today):
    """The accessibility statement, which the law wants reviewed once a year."""
    return accessibility.reminders(entry, today) if entry.kind == accessibility.KIND else ()


def bank_holidays(entry, today):
    """A list of bank holidays that ends soon or has ended: without it, nobody can say whether a service is open."""
    ends = dates.earliest_day(values.text(entry.data.get("until"))) if entry.kind == "bank-holidays" else None
    if ends and ends <= today + datetime.timedelta(days=BANK_HOLIDAYS_WARNING_DAYS):
        yield entry.problem(("until",), problems.bank_holidays_end(ends.isoformat()))
