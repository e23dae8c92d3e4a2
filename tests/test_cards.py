"""What a card says of a listing."""
import datetime
from dataclasses import replace

from support_directory import cards
from support_directory.directory import Checked, Listing

AMBER = "Found in public lists. Not yet confirmed with them."


def listing(directory, key):
    """The listing with this key."""
    return next(Listing(p, s) for p in directory.providers for s in p.services if f"{p.slug}/{s.slug}" == key)


def test_a_row_shows_the_evidence_of_the_number_that_it_shows(good_directory):
    """A number that only lists name is amber in a row, even where the rest of the entry is better known."""
    found = listing(good_directory, "harbour-advice/helpline")
    first = replace(found.service.contacts[0], checked=Checked("not known", "A list", "likely"))
    card = cards.card(Listing(found.provider, replace(found.service, contacts=(first, *found.service.contacts[1:]))))
    assert (card.main.number, card.main_trust, card.main_unsure) == ("0808 157 0123", AMBER, True)
    assert (card.trust, card.unsure) == ("Published March 2025. Not yet confirmed with them.", False)


def test_contacts_are_grouped_by_their_evidence(good_directory):
    """Neighbours with the same evidence share one line about it, and it is left out where it is the card's own."""
    card = cards.card(listing(good_directory, "harbour-advice/helpline"))
    assert [([button.kind for button in group.buttons], group.trust, group.unsure) for group in card.reach] == [
        (["phone"], "", False), (["text"], AMBER, True), (["email"], "", False)]


def test_what_a_call_costs_is_said_once_for_neighbours_that_cost_the_same(good_directory):
    """Of two free numbers in a row only the last one says so; a row says it for its only number."""
    found = listing(good_directory, "harbour-advice/helpline")
    number = found.service.contacts[0]
    card = cards.card(Listing(found.provider, replace(found.service, contacts=(number, replace(number, value="0808 157 0124")))))
    assert [bool(button.cost) for button in card.reach[0].buttons] == [False, True]
    assert card.main.cost.startswith("Free to call.")


def test_confirmed_with_the_provider_is_never_amber(good_directory):
    """What the provider itself confirmed says when, whatever the first source was, while it is fresh or where age does not count."""
    for today in (None, datetime.date(2026, 7, 4)):
        card = cards.card(listing(good_directory, "nightline/chat"), today)
        assert (card.trust, card.unsure) == ("Confirmed with them on 5 January 2026.", False)


def test_names(good_directory):
    """A card carries the service's name where that holds the provider's, else both where that says more."""
    assert cards.card(listing(good_directory, "nightline/chat")).name == "Nightline"
    found = listing(good_directory, "harbour-advice/drop-in")
    assert cards.card(found).name == "Harbour Advice: Drop-in"
    assert cards.card(Listing(found.provider, replace(found.service, name="Harbour"))).name == "Harbour Advice"


def test_no_contact_no_button(good_directory):
    """A service with no known contact has nothing to press; the template then names the hub."""
    card = cards.card(listing(good_directory, "hilltop-refuge/refuge"))
    assert (card.main, card.reach, card.main_unsure) == (None, (), True)
