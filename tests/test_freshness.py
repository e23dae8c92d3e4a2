"""How old a listing is, and what readers see of it: every case of tests/cases/freshness.yaml, and Saltmarsh built on several days."""
import datetime
import itertools
import re
import shutil
from types import SimpleNamespace

import pytest

from browser_tools import ROOT
from saltmarsh import GOOD, SCHEMA
from support_directory import cards, check, dates, directory, freshness, load, pages, parts
from test_site import run

CASES, _, _ = load.read_yaml((ROOT / "tests/cases/freshness.yaml").read_text(encoding="utf-8"))
MAY_HAVE_CHANGED = "We have not been able to check this since {}. It may have changed, so ask first."
NOT_CONFIRMED = "We could not confirm this. What we know is from {}, so ask first."
PHONE = {"type": "phone", "value": "999"}


def day(text):
    """A day of the cases."""
    return datetime.date.fromisoformat(text)


def named(case):
    """The name of a case in pytest's list."""
    return case["why"]


def service(case):
    """A service with the evidence of a case."""
    def checked(date):
        return directory.Checked(date, "A leaflet", "confirmed")

    number = directory.Contact("phone", "0808 157 0123", checked=checked(case.get("contact", case["service"])))
    confirmed = directory.ConfirmedWithProvider(case["confirmed"], "rang") if "confirmed" in case else None
    visit = directory.Contact("address", "1 Old Quay", checked=checked("1999"))  # nothing that a row shows
    return directory.Service("helpline", "Helpline", "Somebody listens.", "all", "national", contacts=(visit, number), checked=checked(case["service"]),
                             confirmed_with_provider=confirmed, crisis_line=case.get("crisis") == "yes")


@pytest.mark.parametrize("case", CASES["months"], ids=named)
def test_months(case):
    """Whole months, over ends of months and leap days."""
    assert freshness.months(day(case["from"]), day(case["today"])) == int(case["whole"])


def test_a_fact_never_grows_younger():
    """From day to day the months of any fact stay or grow by one, over eight years with two leap days."""
    for start in (datetime.date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(0, 400, 3)):
        ages = [freshness.months(start, start + datetime.timedelta(days=n)) for n in range(3000)]
        assert {after - before for before, after in itertools.pairwise(ages)} == {0, 1}


@pytest.mark.parametrize("case", CASES["services"], ids=named)
def test_state(case):
    """How a service is listed, the date that decides, and when somebody should ask again."""
    made, today = service(case), day(case["today"])
    assert (freshness.state(made, today), freshness.shown(made), freshness.months_until_due(made, today)) == (case["state"], case["since"], int(case["due"]))


@pytest.mark.parametrize("case", CASES["contracts"], ids=named)
def test_contract(case):
    """A contract switches on its day."""
    assert freshness.contract(directory.Commissioned("PCC", case.get("since", ""), case.get("until", "")), day(case["today"])) == case["state"]


# ---- what a card says

def card(case):
    """The card of a service with the evidence of a case."""
    made = service(case)
    provider = directory.Provider("harbour", "Harbour", "Listens.", (made,), made.checked)
    return cards.card(directory.Listing(provider, made), day(case["today"]))


@pytest.mark.parametrize("case", CASES["services"], ids=named)
def test_a_card_warns_once_and_as_its_state_is(case):
    """A fresh one warns of nothing, an amber one in its last line, an older one in words of its own at the top and nowhere else."""
    made = card(case)
    since = case["since"] if case["since"] == "not known" else dates.earliest_day(case["since"]).year
    assert bool(made.aged) == (case["state"] in ("banner", "last"))
    assert made.aged.startswith({"banner": "We have not been able to check this since ", "last": "We could not confirm this. "}.get(case["state"], ""))
    assert not made.aged or str(since) in made.aged
    if case["state"] in ("banner", "last"):
        assert (made.unsure, made.main_unsure) == (False, False)
    elif "contact" not in case:
        assert made.unsure == made.main_unsure == (case["state"] == "amber")


@pytest.mark.parametrize(("case", "aged", "trust"), [
    ({"service": "2026-05"}, "", "Published May 2026. Not yet confirmed with them."),
    ({"service": "not known"}, "", "Published, date not known. Not yet confirmed with them."),
    ({"service": "2025-10"}, MAY_HAVE_CHANGED.format("October 2025"), "Published October 2025. Not yet confirmed with them."),
    ({"service": "2025"}, NOT_CONFIRMED.format("2025"), "Published 2025. Not yet confirmed with them."),
    ({"service": "2014", "confirmed": "2026-11-01"}, "", "Confirmed with them on 1 November 2026."),
    ({"service": "2014", "confirmed": "2026-04-01"}, "", "Confirmed with them on 1 April 2026. That is a while ago."),
    ({"service": "2014", "confirmed": "2025-11-01"}, MAY_HAVE_CHANGED.format("1 November 2025"), "Confirmed with them on 1 November 2025."),
    ({"service": "2014", "crisis": "yes"}, "We have not been able to check this since 2014.", "Published 2014. Not yet confirmed with them."),
])
def test_words(case, aged, trust):
    """What a reader is told on 22 November 2026. Whoever rings a crisis line is not told to ask first."""
    made = card({"today": "2026-11-22", **case})
    assert (made.aged, made.trust, made.main_trust) == (aged, trust, trust)


def test_what_only_lists_say_stays_amber_below_a_banner(good_entries):
    """That a number is only likely is another warning than its age, and is never lost."""
    found = directory.build(good_entries, datetime.date(2026, 11, 22))
    made = next(cards.card(listing, found.today) for listing in found.every_listing if listing.key == "harbour-advice/helpline")
    assert made.aged == NOT_CONFIRMED.format("March 2025")
    assert [(group.trust, group.unsure) for group in made.reach] == [("", False), ("Found in public lists. Not yet confirmed with them.", True), ("", False)]


# ---- the order

def entry(name, date, **fields):
    """A provider of one service for burglary by the harbour."""
    checked = {"date": date, "source": "A leaflet", "confidence": "confirmed"}
    service = {"slug": "s", "name": name, "summary": "S.", "crime_types": ["burglary"], "coverage": ["harbour"], "contacts": [PHONE]}
    return SimpleNamespace(kind="provider", slug=name.lower(), data={"name": name, "about": "A.", "checked": checked, "services": [service | fields]})


def keys(listings):
    """The providers of listings that were made here, in their order."""
    return [listing.provider.slug for listing in listings if listing.service.slug == "s"]


@pytest.fixture
def built(good_entries):
    """Saltmarsh with five more services on 22 November 2026."""
    def build(*more, today=datetime.date(2026, 11, 22), first=()):
        entries = [*good_entries, entry("Alpha", "2025-08-22"), entry("Beta", "2025-08-23"), entry("Gamma", "2014", crisis_line=True),
                   entry("Delta", "not known"), entry("Eta", "2026-11", contacts=[]), *more]
        site = next(e for e in entries if e.kind == "site")
        if first:
            entries[entries.index(site)] = SimpleNamespace(kind="site", slug="site", data=site.data | {"first_for_any_crime": list(first)})
        return directory.build(entries, today)
    return build


def test_what_is_too_old_stands_last_and_nothing_is_lost(built):
    """After fifteen months a service stands behind all its neighbours, also those that nobody can reach. A crisis line and one without a date stay."""
    assert keys(built().listings("burglary", "harbour").local) == ["beta", "delta", "gamma", "eta", "alpha"]
    assert keys(built(today=datetime.date(2026, 11, 21)).listings("burglary", "harbour").local) == ["alpha", "beta", "delta", "gamma", "eta"]
    assert keys(built(today=None).listings("burglary", "harbour").local) == ["alpha", "beta", "delta", "gamma", "eta"]


def test_specialists_that_are_old_do_not_fall_into_another_section(built):
    """The order changes within a section only: what is near stays before what is far."""
    found = built(entry("Far", "2026-11", coverage="national")).listings("burglary", "harbour")
    assert keys(found.specialists)[-2:] == ["alpha", "far"]


def test_what_the_editors_put_first_keeps_its_place(built):
    """Only an editor takes away the first for any crime; it says how old it is where it stands."""
    wide = {"crime_types": "all", "coverage": "force-wide"}
    more = (entry("Old", "2014", **wide), entry("New", "2026-11", **wide), entry("Ancient", "2014", **wide))
    assert keys(built(*more, first=("old/s",)).listings("burglary", "harbour").any_crime) == ["old", "new", "ancient"]
    assert keys(built(*more, first=("saltmarsh-hub/hub",)).listings("burglary", "harbour").any_crime) == ["new", "ancient", "old"]


def test_the_search_loads_the_same_words_and_the_same_order(built):
    """Rows of old services carry their words and whether they stand last; the others carry nothing more than before."""
    found = built()
    rows = {row[0]: row for row in parts.rows(found, found.listings("burglary", "harbour").local)}
    assert rows["alpha/s"][-2:] == [NOT_CONFIRMED.format("22 August 2025"), True]
    assert rows["beta/s"][-2:] == [MAY_HAVE_CHANGED.format("23 August 2025"), False]
    assert rows["gamma/s"][-2:] == ["We have not been able to check this since 2014.", False]
    assert len(rows["delta/s"]) == len(rows["eta/s"]) == len(rows["alpha/s"]) - 2
    assert (rows["delta/s"][7], rows["eta/s"][7], rows["alpha/s"][7]) == (True, False, False)


def test_who_pays_switches_on_its_day(good_entries):
    """A contract is a plan until its first day, and past after its last."""
    contracts = [{"by": "Alder Council", "until": "2027-03-31"}, {"by": "Birch Council", "since": "2027-04-01", "until": "2030-03-31"},
                 {"by": "Cedar Council", "since": "2018", "until": "2022"}, {"by": "Elm Council", "since": "2027-04"}]
    entries = [*good_entries, entry("Alpha", "2026", commissioned=contracts)]

    def said(today):
        page = next(page for page in pages.plan(directory.build(entries, today)) if page.address == "providers/alpha/")
        return {label: text for label, text, _ in page.content.services[0][1] if "aid for" in label}

    past, ahead = "Cedar Council, 2018 to 2022.", "Birch Council, 1 April 2027 to 31 March 2030. Elm Council, from April 2027."
    assert said(day("2027-03-31")) == {"Paid for by": "Alder Council, until 31 March 2027.", "Will be paid for by": ahead, "Was paid for by": past}
    running = "Birch Council, 1 April 2027 to 31 March 2030. Elm Council, since April 2027. We do not know until when."
    assert said(day("2027-04-01")) == {"Paid for by": running, "Was paid for by": f"Alder Council, until 31 March 2027. {past}"}
    assert list(said(None)) == ["Paid for by"]


@pytest.mark.parametrize(("today", "until", "confirmed", "said"), [
    ("2026-12-30", "2027-03-31", None, None),
    ("2026-12-31", "2027-03-31", None, "ends"),
    ("2027-03-31", "2027-03-31", None, "ends"),
    ("2027-04-01", "2027-03-31", None, "ended"),
    ("2027-01-15", "2027-03-31", "2026-12-30", "ends"),
    ("2027-01-15", "2027-03-31", "2026-12-31", None),
    ("2027-04-01", "2027-03-31", "2027-03-31", "ended"),
    ("2027-04-02", "2027-03-31", "2027-04-01", None),
    ("2027-10-01", "2027", None, None),
    ("2027-10-02", "2027", None, "ends"),
])
def test_editors_are_reminded_before_a_contract_ends(today, until, confirmed, said):
    """From 90 days before it ends, so that everything that turns on 1 April is named from New Year on; until somebody has asked in those days."""
    text = (GOOD / "providers/harbour-advice.yaml").read_text(encoding="utf-8").replace("until: 2027-03-31", f'until: "{until}"')
    text += f"confirmed_with_provider:\n  date: {confirmed}\n  how: rang\n" if confirmed else ""
    found = check.reminders([load.Entry("provider", "harbour-advice", "providers/harbour-advice.yaml", *load.read_yaml(text))], day(today))
    assert [str(problem).split(": ")[-1].split(". ")[0] for problem in found] == ([f'the last funding that we know of {said} "{until}"'] if said else [])


# ---- the pages of a site that is built again as time goes by

@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Saltmarsh, whose Harbour Advice is of January 2026, with a younger neighbour that stands behind it in the alphabet."""
    site = tmp_path_factory.mktemp("ageing") / "site"
    shutil.copytree(GOOD, site)
    advice = site / "providers/harbour-advice.yaml"
    text = advice.read_text(encoding="utf-8")
    advice.write_text(text.replace("date: 2025-03", "date: 2026-01"), encoding="utf-8")
    (site / "providers/quay-house.yaml").write_text(
        "name: Quay House\nabout: A house by the quay.\nchecked:\n  date: 2026-05\n  source: A leaflet\n  confidence: confirmed\nservices:\n"
        "  - slug: line\n    name: Quay House\n    summary: Somebody answers.\n    crime_types: [burglary, stalking]\n    coverage: [harbour]\n"
        '    contacts:\n      - type: phone\n        value: 0808 157 0125\n', encoding="utf-8")
    assert [str(problem) for problem in check.check(site, SCHEMA, day("2026-06-30"))[1]] == []
    return site


@pytest.mark.parametrize(("date", "order", "said"), [
    ("2026-06-30", ["harbour-advice/helpline", "quay-house/line", "harbour-advice/drop-in"], "Published January 2026. Not yet confirmed with them."),
    ("2026-07-01", ["harbour-advice/helpline", "quay-house/line", "harbour-advice/drop-in"], "Published January 2026. Not yet confirmed with them."),
    ("2026-12-31", ["harbour-advice/helpline", "quay-house/line", "harbour-advice/drop-in"], "Published January 2026. Not yet confirmed with them."),
    ("2027-01-01", ["harbour-advice/helpline", "quay-house/line", "harbour-advice/drop-in"], MAY_HAVE_CHANGED.format("January 2026")),
    ("2027-03-31", ["harbour-advice/helpline", "quay-house/line", "harbour-advice/drop-in"], MAY_HAVE_CHANGED.format("January 2026")),
    ("2027-04-01", ["quay-house/line", "harbour-advice/helpline", "harbour-advice/drop-in"], NOT_CONFIRMED.format("January 2026")),
])
def test_pages_as_time_goes_by(site, tmp_path, date, order, said):
    """The date of the build decides the order, the words and the colour, on pages of help, of areas and of providers; nothing disappears."""
    answer = run("build.py", "--site", site, "--output", tmp_path / "output", "--date", date)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    help_page, area, provider = ((tmp_path / "output" / name / "index.html").read_text(encoding="utf-8")
                                 for name in ("help/burglary/harbour", "areas/harbour", "providers/harbour-advice"))
    for page in (help_page, area):
        assert [key for key in re.findall('data-listing="([^"]+)"', page) if not key.startswith("saltmarsh")] == order
    is_amber = "2026-07-01" <= date <= "2026-12-31"
    for page in (help_page, area, provider):
        listing = re.search('data-listing="harbour-advice/helpline".*?(?=data-listing=|$)', page, re.DOTALL)[0]
        assert f">{said}<" in listing
        assert (f'class="unsure">{said}' in listing) == is_amber
        assert (f'class="aged">{said}' in listing) == (date > "2026-12-31")
        assert "0808 157 0123" in listing
    assert f'data-made="{date}"' in help_page
