"""The nouns and the questions: who is listed where, in which order, and what never gets in."""
import dataclasses
from types import SimpleNamespace

import pytest

from saltmarsh import SCHEMA
from support_directory import commissioning, directory, news, performance, shape, start

KINDS = {"provider": directory.Provider, "crime-type": directory.CrimeType, "area": directory.Area, "page": directory.WrittenPage, "site": directory.Site,
         "accessibility": directory.Accessibility, "news": news.Article, "start": start.Start, "commissioning": commissioning.Year,
         "performance": performance.Period, "monitoring": performance.Monitoring}
NOUNS = {
    "links": directory.Reading, "in_other_languages": directory.InLanguage,
    "services": directory.Service, "contacts": directory.Contact, "hours": directory.Hours, "weekly": directory.Opening, "checked": directory.Checked,
    "website_checked": directory.Checked, "confirmed_with_provider": directory.ConfirmedWithProvider, "who_for": directory.WhoFor,
    "on_contact": directory.OnContact, "commissioned": directory.Commissioned, "status": directory.Status, "do_now": directory.Step,
    "council": directory.Council, "map": directory.AreaMap, "opcc": directory.Opcc, "emergency": directory.Emergency, "ways": directory.EmergencyWay,
    "questions": start.Question, "answers": start.Answer,
    "crime_type_groups": directory.Group, "not_accessible": directory.NotAccessible, "enforcement": directory.Enforcement, "tested": directory.Tested,
}

# Fields that are called the same and hold something else.
OF_A_KIND = {"commissioning": {"services": commissioning.PaidService, "figures": commissioning.Figure, "delivered_by": commissioning.Deliverer},
             "performance": {"figures": performance.Figure, "not_published": performance.Unpublished},
             "monitoring": {"sections": performance.Section, "facts": performance.Fact}}
FOR_THE_CHECK = {"names_apart"}  # of content/site.yaml: readers never meet it


def keys(listings):
    """The listings as provider/service, in their order."""
    return [listing.key for listing in listings]


# ---- who is listed where

@pytest.mark.parametrize(("crime_type", "area", "local", "force_wide", "national", "any_crime"), [
    ("burglary", "harbour", ["harbour-advice/helpline", "harbour-advice/drop-in"], [], [], ["saltmarsh-hub/hub", "saltmarsh-police/report"]),
    ("burglary", "hilltop", ["harbour-advice/drop-in"], [], [], ["saltmarsh-hub/hub", "saltmarsh-police/report"]),
    ("stalking", "hilltop", ["hilltop-refuge/refuge"], [], ["nightline/chat"], ["saltmarsh-hub/hub", "saltmarsh-police/report"]),
    ("not-sure", "harbour", [], [], [], ["saltmarsh-hub/hub", "saltmarsh-police/report"]),
    ("stalking", None, ["harbour-advice/helpline", "hilltop-refuge/refuge"], [], ["nightline/chat"], ["saltmarsh-hub/hub", "saltmarsh-police/report"]),
    (None, "harbour", ["harbour-advice/helpline", "harbour-advice/drop-in"], ["saltmarsh-hub/hub", "saltmarsh-police/report"], ["nightline/chat"], []),
    (None, None, ["harbour-advice/helpline", "harbour-advice/drop-in", "hilltop-refuge/refuge"], ["saltmarsh-hub/hub", "saltmarsh-police/report"],
     ["nightline/chat"], []),
])
def test_listings(good_directory, crime_type, area, local, force_wide, national, any_crime):
    """Specialists from near to far, then help for any crime; without a crime type every service counts as a specialist."""
    found = good_directory.listings(crime_type, area)
    assert (keys(found.local), keys(found.force_wide), keys(found.national), keys(found.any_crime)) == (local, force_wide, national, any_crime)
    assert keys(found.specialists) == local + force_wide + national


def test_listings_of_every_pair_are_what_the_services_say(good_directory):
    """For every crime type and area the lists hold exactly the open services whose own words say so, each once."""
    services = [directory.Listing(provider, service) for provider in good_directory.providers for service in provider.services]
    for crime_type in (None, *(crime_type.slug for crime_type in good_directory.crime_types)):
        for area in (None, *(area.slug for area in good_directory.areas)):
            found = good_directory.listings(crime_type, area)
            expected = {"local": set(), "force_wide": set(), "national": set(), "any_crime": set()}
            for listing in services:
                service = listing.service
                near = {"force-wide": "force_wide", "national": "national"}.get(service.coverage, "local")
                reaches = near != "local" or area is None or area in service.coverage
                if service.status.state != "open" or not reaches:
                    continue
                if crime_type is None or (service.crime_types != "all" and crime_type in service.crime_types):
                    expected[near].add(listing.key)
                elif service.crime_types == "all":
                    expected["any_crime"].add(listing.key)
            for name, listed in expected.items():
                assert sorted(keys(getattr(found, name))) == sorted(listed), (crime_type, area, name)


def test_closed_services_are_on_no_list(good_directory):
    """A service that is closed stands on no list; its provider is kept, so that its page can say what to use instead."""
    lamp = next(provider for provider in good_directory.providers if provider.slug == "old-lamp")
    assert all("old-lamp/lamp" not in keys(listings) for listings in good_directory.index.values())
    assert not lamp.is_open
    assert lamp.services[0].status == directory.Status("closed", "2018", "The project ended in 2018.", ("harbour-advice/helpline", "saltmarsh-hub"))
    assert all(provider.is_open for provider in good_directory.providers if provider is not lamp)


def made(good_entries, *services, first=()):
    """A directory of Saltmarsh's site, hub, crime types and areas, with one provider for each of these services."""
    def entry(name, service):
        service = {"slug": "s", "name": name, "summary": "S.", "contacts": [{"type": "phone", "value": "999"}], **service}
        checked = {"date": "2025", "source": "A list", "confidence": "likely"}
        return SimpleNamespace(kind="provider", slug=name.lower(), data={"name": name, "about": "A.", "checked": checked, "services": [service]})

    kept = [entry for entry in good_entries if entry.kind in ("area", "crime-type", "page") or entry.slug == "saltmarsh-hub"]
    site = next(entry for entry in good_entries if entry.kind == "site")
    ordered = SimpleNamespace(kind="site", slug="site", data=site.data | {"first_for_any_crime": list(first)})
    return directory.build([*kept, ordered, *(entry(name, service) for name, service in services)])


def test_order_within_a_list(good_entries):
    """Whoever can be reached comes first, then the more specialised, then by name without regard to capitals."""
    one, two = ["burglary"], ["burglary", "stalking"]
    near = {"coverage": ["harbour"]}
    found = made(good_entries, ("zeta", {"crime_types": one, **near}), ("Beta", {"crime_types": one, **near}), ("alpha", {"crime_types": two, **near}),
                 ("Aardvark", {"crime_types": one, **near, "contacts": []}))
    assert keys(found.listings("burglary", "harbour").local) == ["beta/s", "zeta/s", "alpha/s", "aardvark/s"]


def test_order_of_help_for_any_crime(good_entries):
    """The services that the editors put first come first, in the editors' order; the others follow by name."""
    wide = {"crime_types": "all", "coverage": "force-wide"}
    found = made(good_entries, ("Alpha", wide), ("Beta", wide), ("Gamma", {**wide, "coverage": ["harbour"]}), first=("beta/s", "saltmarsh-hub/hub"))
    assert keys(found.listings("burglary", "harbour").any_crime) == ["beta/s", "saltmarsh-hub/hub", "alpha/s", "gamma/s"]
    assert keys(found.listings("burglary", "hilltop").any_crime) == ["beta/s", "saltmarsh-hub/hub", "alpha/s"]


def test_order_of_everything_else(good_directory):
    """Providers and areas go by name, crime types and pages as the editors ordered them, the rest after those."""
    assert [provider.name for provider in good_directory.providers] == [
        "Harbour Advice", "Hilltop Refuge", "Nightline", "Old Lamp", "Saltmarsh hub", "Saltmarsh Police"]
    assert [area.slug for area in good_directory.areas] == ["harbour", "hilltop"]
    assert [crime_type.slug for crime_type in good_directory.crime_types] == ["burglary", "stalking", "not-sure"]
    assert [page.slug for page in good_directory.written_pages] == ["emergency", "safety", "update", "accessibility", "privacy", "about",
                                                                    "sleep", "what-happens-next"]
    assert good_directory.hub.key == "saltmarsh-hub/hub"


# ---- evidence

def test_evidence_is_taken_from_above(good_directory):
    """A contact, service or website without evidence of its own has that of the entry above it; its own comes first."""
    advice = next(provider for provider in good_directory.providers if provider.slug == "harbour-advice")
    helpline = advice.services[0]
    assert advice.checked == directory.Checked("2025-03", "https://harbour-advice.example.org/contact", "confirmed")
    assert [contact.checked for contact in helpline.contacts] == [advice.checked, directory.Checked("not known", "A list", "likely"), advice.checked]
    assert helpline.checked is advice.checked
    assert advice.website_checked is advice.checked
    assert helpline.confirmed_with_provider is None
    nightline = next(provider for provider in good_directory.providers if provider.slug == "nightline")
    assert nightline.services[0].confirmed_with_provider == directory.ConfirmedWithProvider("2026-01-05", "rang")


def test_the_evidence_of_a_service_comes_before_that_of_its_provider(good_entries):
    """A contact takes the evidence of its service where that has some, not the provider's."""
    own = {"date": "2026-01", "source": "Their letter", "confidence": "confirmed"}
    confirmed = {"date": "2026-02-01", "how": "rang"}
    found = made(good_entries, ("Alpha", {"crime_types": "all", "coverage": "national", "checked": own, "confirmed_with_provider": confirmed}))
    service = found.providers[0].services[0]
    assert service.checked == service.contacts[0].checked == directory.Checked(**own)
    assert service.confirmed_with_provider == directory.ConfirmedWithProvider(**confirmed)
    assert found.providers[0].checked.source == "A list"


def test_a_website_may_have_evidence_of_its_own(good_entries):
    """The evidence for a web address comes before that of the whole entry."""
    own = {"date": "2026-01", "source": "Their letter", "confidence": "confirmed"}
    hub = next(entry for entry in good_entries if entry.slug == "saltmarsh-hub")
    others = [entry for entry in good_entries if entry is not hub]
    found = directory.build([*others, SimpleNamespace(kind="provider", slug=hub.slug, data=hub.data | {"website_checked": own})])
    assert next(provider for provider in found.providers if provider.slug == hub.slug).website_checked == directory.Checked(**own)


def test_what_an_entry_leaves_out_is_not_guessed(good_directory):
    """Where an entry says nothing, the directory says that it is not known, and nothing is promised."""
    hub = good_directory.hub.service
    assert {getattr(hub, name) for name in ("interpreters", "bsl", "text_relay", "easy_read", "step_free")} == {"not known"}
    assert (hub.confidential_location, hub.crisis_line, hub.hours.open_24_hours) == (False, False, False)
    assert next(provider for provider in good_directory.providers if provider.slug == "nightline").services[0].cost == "not known"


# ---- what gets in

def all_values(value):
    """Every text, number and key inside nouns, tuples and dicts."""
    if dataclasses.is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from all_values(key)
            yield from all_values(inner)
    elif isinstance(value, (tuple, list, set)):
        for inner in value:
            yield from all_values(inner)
    else:
        yield value


def editors_words(value, inside_checked=False):
    """Every text of an entry that is for editors only."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key in ("editor_note", "maintainers") or (key == "note" and inside_checked):
            yield from all_values(inner)
        else:
            yield from editors_words(inner, key in ("checked", "website_checked"))


def test_what_is_for_editors_never_gets_in(good_entries, good_directory):
    """No word of an editor's note, of a note on evidence, nor a maintainer's number is anywhere in the directory, so no page can show it."""
    secret = [text for entry in good_entries for text in editors_words(entry.data)]
    assert set(secret) == {"583231", "A note that only editors see.", "A secret of the editors.", "Only editors see this.",
                           "only editors see this note", "a secret of the editors about these figures"}
    everything = [value for value in all_values(good_directory) if isinstance(value, str)]
    assert "A trained volunteer" in everything
    assert [(word, value) for word in secret for value in everything if word in value] == []


def test_lists_are_frozen(good_directory):
    """Nothing in the directory can be changed by a page or a template: nouns are frozen, and lists are tuples."""
    def lists(value):
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from lists(getattr(value, field.name))
        elif isinstance(value, tuple):
            for inner in value:
                yield from lists(inner)
        elif isinstance(value, (list, set)):
            yield value

    assert list(lists(good_directory.providers + good_directory.crime_types + good_directory.areas + good_directory.written_pages)) == []
    assert list(lists(good_directory.site)) == []
    assert [noun for noun in vars(directory).values() if dataclasses.is_dataclass(noun) and not noun.__dataclass_params__.frozen] == []
    with pytest.raises(dataclasses.FrozenInstanceError):
        good_directory.providers[0].name = "Another"


def things(schema, noun, nouns):
    """(noun, its fields in the schema) for a schema and everything inside it."""
    schema = schema.get("items", schema)
    if "properties" in schema:
        yield noun, set(schema["properties"]) - FOR_THE_CHECK
        for name, inner in schema["properties"].items():
            yield from things(inner, nouns.get(name), nouns) if name not in FOR_THE_CHECK else ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_schema_is_a_field_of_its_noun(kind):
    """No word is translated on its way: a YAML key is a field of the same name, but for what only editors see; and nouns have no other fields."""
    for noun, names in things(shape.schemas(SCHEMA)[kind].schema, KINDS[kind], NOUNS | OF_A_KIND.get(kind, {})):
        editors = {"note"} if noun is directory.Checked else {"editor_note", "maintainers"}
        made_of_the_file_name = {"slug"} - names if noun in KINDS.values() else set()
        assert {field.name for field in dataclasses.fields(noun)} - made_of_the_file_name == names - editors, noun
