"""The page for professionals: who can refer, what is not known, whom to ring first, each service once in full."""
from types import SimpleNamespace

import pytest

from support_directory import directory, pages, professionals_pages
from support_directory.directory import Hours, Service


@pytest.fixture
def content(good_entries):
    """What the page of Saltmarsh shows."""
    return page_of(good_entries)


def page_of(entries):
    """The content of the page of these entries."""
    return next(page for page in pages.plan(directory.build(entries)) if page.template == "professionals.html").content


def with_site(entries, **fields):
    """Entries with other fields of the site."""
    return [SimpleNamespace(kind="site", slug="site", path=entry.path, data=entry.data | fields) if entry.kind == "site" else entry for entry in entries]


def service(**fields):
    """A service with these fields."""
    return Service("s", "Name", "Summary.", "all", "national", **fields)


@pytest.mark.parametrize(("fields", "known", "unknown"), [
    ({}, "", "Who can refer, whom it is for, if the police must know first and when it is open. Ask them."),
    ({"referral_routes": ("self",), "eligibility": "Anyone", "needs_police_report": "no", "hours": Hours(open_24_hours=True)},
     "The person can get in touch without you.", "If you can refer. Ask them."),
    ({"referral_routes": ("police", "professional"), "eligibility": "Anyone", "needs_police_report": "yes", "hours": Hours(note="Mornings")},
     "You can refer somebody. The police can refer somebody.", ""),
])
def test_what_is_known_of_a_referral_and_what_is_not(fields, known, unknown):
    """A route that an entry does not name is not known: it is never said that there is none."""
    assert professionals_pages.how_to_refer(service(**fields)) == known
    assert professionals_pages.not_known(service(**fields)) == unknown


def test_each_open_service_stands_once_and_is_found_from_each_of_its_groups(content, good_entries):
    """In full once, by a link from other groups that it helps; what is closed or a line for safeguarding is not referred into."""
    found = directory.build(good_entries)
    expected = {listing.key for listing in found.every_listing if listing.service.is_open} - {"harbour-advice/drop-in"}
    shown = [referral.key for section in content.sections for referral in section.referrals]
    assert sorted(shown) == sorted(expected) and content.count == len(expected)
    anchors = {f"#{referral.anchor}" for section in content.sections for referral in section.referrals}
    also = {section.anchor: [link.address for link in section.also] for section in content.sections}
    assert "#s-harbour-advice-helpline" in also["g-abuse"] and {address for links in also.values() for address in links} <= anchors
    assert content.sections[0].title == "After any crime" and "saltmarsh-hub/hub" in [referral.key for referral in content.sections[0].referrals]


def test_whom_to_ring_first_is_what_the_entries_hold(content, good_entries):
    """Each area has the lines that reach it; where there is none, nothing is made up; a line that is not open is not named."""
    assert [stop.area for stop in content.stops] == ["Harbour", "Hilltop"]
    assert [[len(lines) for _, lines in stop.people] for stop in content.stops] == [[1, 0], [1, 0]]
    one_area = page_of(with_site(good_entries, safeguarding_adults=["hilltop-refuge/refuge", "old-lamp/lamp"])).stops
    reached = [[line.name for line in dict(stop.people)["An adult"]] for stop in one_area]
    assert reached == [[], ["Hilltop Refuge"]]


def test_a_site_without_such_lines(good_entries):
    """The page stands all the same."""
    entries = [SimpleNamespace(kind="site", slug="site", path=e.path, data={k: v for k, v in e.data.items() if not k.startswith("safeguarding")})
               if e.kind == "site" else e for e in good_entries]
    assert all(not lines for stop in page_of(entries).stops for _, lines in stop.people)


def test_the_foot_of_every_page_leads_there(good_entries):
    """The link is at the foot of every page, by its own name."""
    assert [(link.text, link.address) for link in professionals_pages.links(directory.build(good_entries))] == [("For professionals", "professionals/")]
