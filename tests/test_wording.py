"""The site's own words for dates, hours, people and trust."""
import pytest

from support_directory import wording
from support_directory.directory import Checked, Commissioned, ConfirmedWithProvider, Hours, OnContact, Opening, Service, WhoFor

CONFIRMED, LIKELY = Checked("2026-11-22", "s", "confirmed"), Checked("2026-11-22", "s", "likely")


def service(**fields):
    """A service with these fields."""
    return Service("s", "Name", "Summary.", "all", "national", **fields)


@pytest.mark.parametrize(("text", "said"), [("2026", "2026"), ("2026-11", "November 2026"), ("2026-11-22", "22 November 2026"),
                                            ("2026-01-05", "5 January 2026"),
                                            ("2024-02-29", "29 February 2024"), ("2024-12-31", "31 December 2024")])
def test_date(text, said):
    """A day, a month or a year, in words and without noughts."""
    assert wording.date(text) == said


@pytest.mark.parametrize(("checked", "confirmed", "said"), [
    (CONFIRMED, None, "Published 22 November 2026. Not yet confirmed with them."),
    (Checked("2024-04", "s", "confirmed"), None, "Published April 2024. Not yet confirmed with them."),
    (Checked("2019", "s", "confirmed"), None, "Published 2019. Not yet confirmed with them."),
    (Checked("not known", "s", "confirmed"), None, "Published, date not known. Not yet confirmed with them."),
    (LIKELY, None, "Found in public lists. Not yet confirmed with them."),
    (Checked("not known", "s", "likely"), None, "Found in public lists. Not yet confirmed with them."),
    (LIKELY, ConfirmedWithProvider("2026-12-01", "rang"), "Confirmed with them on 1 December 2026."),
    (CONFIRMED, ConfirmedWithProvider("2026-12-01", "rang"), "Confirmed with them on 1 December 2026."),
])
def test_trust(checked, confirmed, said):
    """What nobody confirmed with the provider says so, and only then is it said to be confirmed (safety requirement 46)."""
    assert wording.trust(checked, confirmed) == said


def test_trust_that_is_old():
    """What was confirmed long ago says so in words; what never was is uncertain anyway."""
    assert wording.trust(CONFIRMED, ConfirmedWithProvider("2026-12-01", "rang"), True) == "Confirmed with them on 1 December 2026. That is a while ago."
    assert wording.trust(CONFIRMED, None, True) == wording.trust(CONFIRMED)


@pytest.mark.parametrize(("words", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (("a", "b"), "a and b")])
def test_listed(words, said):
    """A list reads as a sentence would say it."""
    assert wording.listed(words) == said
    assert wording.listed(iter(words), "or") == said.replace(" and ", " or ")


@pytest.mark.parametrize(("text", "said"), [("they ring back", "They ring back."), ("They do.", "They do."), ("can I?", "Can I?"), ("é", "É.")])
def test_sentence(text, said):
    """A capital letter first, a full stop last, and nothing else changed."""
    assert wording.sentence(text) == said


@pytest.mark.parametrize(("text", "said"), [("09:00", "9am"), ("09:30", "9:30am"), ("17:30", "5:30pm"), ("12:00", "midday"), ("12:05", "12:05pm"),
                                            ("24:00", "midnight"), ("00:30", "12:30am"), ("23:59", "11:59pm"), ("13:00", "1pm"), ("00:00", "midnight")])
def test_time(text, said):
    """The clock as people say it."""
    assert wording.time(text) == said


@pytest.mark.parametrize(("names", "said"), [
    (("monday", "tuesday", "wednesday", "thursday", "friday"), "Monday to Friday"),
    (("friday", "monday", "wednesday", "thursday", "tuesday"), "Monday to Friday"),
    (("tuesday", "thursday"), "Tuesday and Thursday"), (("saturday", "sunday"), "Saturday and Sunday"), (("monday",), "Monday"),
    (("monday", "tuesday", "friday"), "Monday, Tuesday and Friday"), (("saturday", "sunday", "monday"), "Monday, Saturday and Sunday"),
    (wording.DAYS, "Every day"), (wording.DAYS[:6], "Monday to Saturday"), (wording.DAYS[4:], "Friday to Sunday"),
])
def test_days(names, said):
    """Three or more days in a row are a span, others a list; the order of typing does not matter."""
    assert wording.days(names) == said


WEEK = Opening(wording.DAYS[:5], "09:00", "17:00")


@pytest.mark.parametrize(("times", "said"), [
    (None, ""), (Hours(), ""), (Hours(open_24_hours=True), "24 hours a day, every day."), (Hours(weekly=(WEEK,)), "Monday to Friday, 9am to 5pm."),
    (Hours(weekly=(WEEK, Opening(("saturday",), "10:00", "12:00"))), "Monday to Friday, 9am to 5pm. Saturday, 10am to midday."),
    (Hours(weekly=(WEEK,), bank_holidays="closed"), "Monday to Friday, 9am to 5pm. Closed on bank holidays."),
    (Hours(weekly=(WEEK,), bank_holidays="open", note="leave a message"), "Monday to Friday, 9am to 5pm. Leave a message. Open on bank holidays."),
    (Hours(note="Hours differ."), "Hours differ."), (Hours(open_24_hours=True, bank_holidays="open"), "24 hours a day, every day."),
    (Hours(weekly=(Opening(wording.DAYS, "00:00", "24:00"),)), "Every day, midnight to midnight."),
])
def test_hours(times, said):
    """Hours are sentences; what is not known is left out, never guessed."""
    assert wording.hours(times) == said


@pytest.mark.parametrize(("people", "said"), [
    (WhoFor(), ""), (WhoFor(minimum_age="16"), "aged 16 or over"), (WhoFor(maximum_age="25"), "aged 25 or under"),
    (WhoFor(minimum_age="16", maximum_age="25"), "aged 16 to 25"), (WhoFor(minimum_age="0", maximum_age="4"), "aged 0 to 4"),
])
def test_age(people, said):
    """Ages as the provider gives them, from both ends."""
    assert wording.age(people) == said


@pytest.mark.parametrize(("fields", "said"), [
    ({}, ""), ({"eligibility": "anyone in Harbour"}, "Anyone in Harbour."), ({"who_for": WhoFor(gender="women")}, "Women."),
    ({"who_for": WhoFor(gender="everyone")}, "Anyone."), ({"who_for": WhoFor(groups=("lgbt", "deaf"))}, "LGBT+ people and Deaf people."),
    ({"who_for": WhoFor(gender="women", groups=("migrants",), minimum_age="16")}, "Women: migrants, aged 16 or over."),
    ({"who_for": WhoFor(minimum_age="18")}, "Aged 18 or over."), ({"eligibility": "Anyone.", "who_for": WhoFor(gender="men")}, "Anyone."),
])
def test_who_for(fields, said):
    """The provider's own words come first; without them what is known is made into a sentence."""
    assert wording.who_for(service(**fields)) == said


def test_by_and_for():
    """Whose own community runs the service is said where it is known."""
    assert wording.by_and_for(service(who_for=WhoFor(by_and_for=("lgbt", "deaf")))) == "Run by and for LGBT+ people and Deaf people."
    assert wording.by_and_for(service()) == ""


def test_on_contact():
    """What happens when somebody gets in touch is told in its order, and only what is known."""
    steps = OnContact(police_told="they tell nobody", who_answers="A volunteer", voicemail="You can leave a message.")
    assert wording.on_contact(steps) == "A volunteer. You can leave a message. They tell nobody."
    assert wording.on_contact(OnContact()) == ""


@pytest.mark.parametrize(("fields", "said"), [
    ({}, ""), ({"referral_routes": ("self",)}, "You can get in touch yourself."), ({"referral_routes": ("professional",)}, "A professional can ask for you."),
    ({"referral_routes": ("police", "self")}, "You can get in touch yourself and the police can ask for you."),
    ({"referral_routes": ("self", "professional", "police")}, "You can get in touch yourself, a professional can ask for you and the police can ask for you."),
    ({"referral_routes": ("self",), "referral_note": "ask your doctor"}, "Ask your doctor."), ({"referral_note": "Ring first."}, "Ring first."),
])
def test_referral(fields, said):
    """Who can make the first contact, the reader first; the entry's own words where it has some."""
    assert wording.referral(service(**fields)) == said


@pytest.mark.parametrize(("kinds", "said"), [
    ((), ""), (("court", "advocacy"), "Somebody who speaks up for you, help with court."), (("counselling",), "Counselling."),
])
def test_kinds_of_help(kinds, said):
    """What kinds of help a service gives, in plain words and in the order of the lists; nothing where nobody has told us."""
    assert wording.kinds_of_help(service(kinds_of_help=kinds)) == said


def test_access():
    """What there is, what there is not and what nobody has told us are three lists: nothing is guessed."""
    found = wording.access(service(languages=("Polish", "Urdu"), bsl="yes", step_free="no"))
    assert found == (["Polish and Urdu spoken", "British Sign Language (BSL)"], ["a step-free way in"], ["interpreters", "text relay", "Easy Read"])
    assert wording.access(service()) == ([], [], [said for _, said in wording.ACCESS])


@pytest.mark.parametrize(("contract", "said"), [
    (Commissioned("PCC"), "PCC."), (Commissioned("PCC", "2018", "2022"), "PCC, 2018 to 2022."), (Commissioned("PCC", "2024-04-01"), "PCC, since 1 April 2024."),
    (Commissioned("PCC", until="2027-03"), "PCC, until March 2027."), (Commissioned("PCC", "not known", "2027"), "PCC, until 2027."),
    (Commissioned("PCC", "not known", "not known"), "PCC."),
])
def test_commissioned(contract, said):
    """Who pays or paid, and when, as far as it is known."""
    assert wording.commissioned(contract) == said


@pytest.mark.parametrize(("contract", "said"), [
    (Commissioned("PCC", "2027-04-01"), "PCC, from 1 April 2027."), (Commissioned("PCC", "2027-04", "2030-03"), "PCC, April 2027 to March 2030."),
])
def test_commissioned_ahead(contract, said):
    """What has not begun says from when."""
    assert wording.commissioned(contract, is_ahead=True) == said


@pytest.mark.parametrize(("address", "said"), [("https://www.example.org/", "example.org"), ("https://example.org/chat?a=b", "example.org"),
                                               ("https://help.example.org", "help.example.org")])
def test_website(address, said):
    """A web address as people would say it."""
    assert wording.website(address) == said
