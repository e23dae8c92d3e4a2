"""Whether a service is open at this moment: every case of tests/cases/open-now.yaml, in a browser, wherever its clock is."""
import datetime
import json

import pytest

from saltmarsh import ROOT, SCHEMA
from support_directory import directory, load, opening, shape, times

CASES, _, _ = load.read_yaml((ROOT / "tests/cases/open-now.yaml").read_text(encoding="utf-8"))
ANSWERS = {"open": True, "closed": False, "not known": None}
NO_LIST = {"until": "", "days": []}
# Each zone, and by how many minutes its winter clock is behind London's: to see that the browser really lives there.
ZONES = {"Europe/London": 0, "America/Los_Angeles": 480, "Pacific/Auckland": -780, "Asia/Kolkata": -330}
OPEN_NOW = """async ([module, asked]) => {
    const { openNow } = await import(module);
    return asked.map(([hours, at, holidays]) => openNow(hours, new Date(at), holidays));
}"""
WEDNESDAYS = [[["3", 0, 1440]], 1]


@pytest.fixture(scope="module")
def provider():
    """A made-up provider with a service for each service of the cases, as if an editor had written it."""
    checked = {"date": "2026-11-22", "source": "https://example.org", "confidence": "confirmed"}
    services = [{"slug": f"service-{n}", "name": service["called"], "summary": "Made up.", "crime_types": "all", "coverage": "national",
                 **({"hours": service["hours"]} if "hours" in service else {})} for n, service in enumerate(CASES["services"])]
    data = {"name": "Made up", "about": "Made up.", "checked": checked, "services": services}
    return load.Entry("provider", "made-up", "providers/made-up.yaml", *load.read_yaml(json.dumps(data)))


@pytest.fixture(scope="module")
def asked(good_entries, provider):
    """Every moment of the cases: what openNow is asked, the answer that it should give, and which moment it is."""
    built = next(p for p in directory.build([*good_entries, provider]).providers if p.slug == "made-up")
    rows = []
    for case, service in zip(CASES["services"], built.services, strict=True):
        for moment in case["moments"]:
            holidays = NO_LIST if moment.get("no_list") else CASES["bank_holidays"]
            question = [opening.packed(service.hours), moment["at"].replace(" ", "T") + "Z", holidays]
            rows.append((question, ANSWERS[moment["answer"]], f"{case['called']}, {moment['at']}: {moment['why']}"))
    return rows


@pytest.fixture
def module(good, good_output):
    """The address of hours.js."""
    return f"{good}/{next(good_output.glob('static/*/js/hours.js')).relative_to(good_output).as_posix()}"


def test_the_cases_are_what_editors_may_write(provider):
    """The check has nothing against the hours of any case, and the cases are many and of every answer."""
    found = shape.shape(provider, shape.schemas(SCHEMA)["provider"])
    for n, service in enumerate(provider.data["services"]):
        found += times.hours(provider, ("services", n, "hours"), service.get("hours"))
    assert [str(problem) for problem in found] == []
    moments = [moment["answer"] for service in CASES["services"] for moment in service["moments"]]
    assert len(moments) > 100 and min(map(moments.count, ANSWERS)) > 15


@pytest.mark.parametrize(("hours", "packed"), [
    (None, None),
    (directory.Hours(note="Evenings."), None),
    (directory.Hours(bank_holidays="closed"), None),
    (directory.Hours(open_24_hours=True, bank_holidays="open"), True),
    (directory.Hours(weekly=(directory.Opening(("sunday", "monday"), "09:30", "24:00"),)), [[["17", 570, 1440]], None, 0]),
    (directory.Hours(weekly=(directory.Opening(("friday",), "00:00", "00:01"),), bank_holidays="open"), [[["5", 0, 1]], 1, 0]),
    (directory.Hours(weekly=(directory.Opening(("friday",), "18:00", "23:59"),), bank_holidays="closed"), [[["5", 1080, 1439]], 0, 0]),
    (directory.Hours(weekly=(directory.Opening(("friday",), "18:00", "23:59"),), note="Mostly."), [[["5", 1080, 1439]], None, 1]),
])
def test_hours_are_packed(hours, packed):
    """What is loaded says no more and no less than the listing."""
    assert json.dumps(opening.packed(hours)) == json.dumps(packed)


@pytest.mark.parametrize("zone", ZONES)
def test_every_moment_has_its_answer_wherever_the_phone_is(good, open_page, module, asked, zone):
    """Each case has the same answer in every time zone: London's."""
    page = open_page(good + "/", timezone_id=zone)
    assert page.evaluate("new Date(2026, 0, 14).getTimezoneOffset()") == ZONES[zone]
    got = page.evaluate(OPEN_NOW, [module, [question for question, _, _ in asked]])
    assert [f"{which} Not {answer}." for (_, right, which), answer in zip(asked, got, strict=True) if answer is not right] == []


BOTH_CLOCKS = """async ([module, instants]) => {
    const { inLondon } = await import(module);
    const zone = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium" });
    return instants.map(at => [at, inLondon(new Date(at)).toISOString().slice(0, 19).replace("T", " "), zone.format(new Date(at))]);
}"""


def test_the_clock_is_that_of_london(good, open_page, module):
    """Each half-hour of the days around both clock changes, and of the first day of each month, of twenty years: as the browser's own time zones have it."""
    months = [(year, month) for year in range(2020, 2041) for month in range(1, 13)]
    days = [datetime.datetime(*month, day) for month in months for day in (1, *(range(24, 32) if month[1] in (3, 10) else ()))]
    instants = [f"{day + datetime.timedelta(minutes=30 * half):%Y-%m-%dT%H:%M}Z" for day in days for half in range(48)]
    clocks = open_page(good + "/").evaluate(BOTH_CLOCKS, [module, instants])
    assert len(clocks) > 20000
    assert [(at, ours, theirs) for at, ours, theirs in clocks if ours != theirs] == []
    assert {ours[11:13] == at[11:13] for at, ours, _ in clocks} == {True, False}  # there was winter and summer


def test_what_is_no_moment_is_not_known(good, open_page, module):
    """A clock that says nothing makes no service closed; nor does a week without hours."""
    questions = [[WEDNESDAYS, "no date", NO_LIST], [True, "no date", NO_LIST], [[[], 1], "2026-11-25T00:30Z", NO_LIST]]
    assert open_page(good + "/").evaluate(OPEN_NOW, [module, questions]) == [None, True, None]
