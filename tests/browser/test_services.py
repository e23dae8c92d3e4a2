"""What stands beside the answers of the search: whom to ring, whether it is open now, and the list of services with its filters."""
import datetime
import json
import os
import re

import pytest
from test_search import LOADED_WHOLLY, READY, ask, in_the_module

from browser_tools import FLAGS, ROOT, axe
from support_directory import check, directory

# Noon in London on Tuesday 3 March 2026; 3 in the morning; noon on Good Friday.
NOON, NIGHT, GOOD_FRIDAY = "2026-03-03T12:00:00Z", "2026-03-03T03:00:00Z", "2026-04-03T11:00:00Z"


def searched(open_page, site, words, at=NOON, **options):
    """The search page at a moment, with words answered and everything loaded."""
    page = open_page("about:blank", **options)
    page.clock.install(time=at)
    page.goto(site + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, words)
    page.wait_for_selector("[data-services]", state="attached")
    return page


def held_back(open_page, site, pattern):
    """The search page, ready, but for files of this pattern -> (the page, a function that lets them through)."""
    page, held = open_page("about:blank"), []
    page.route(pattern, lambda route: held.append(route))
    page.goto(site + "/search/")
    page.wait_for_selector(READY, state="attached")
    return page, lambda: [route.continue_() for route in held]


def services(page):
    """The keys of the services in the list, in order."""
    return page.locator("[data-services] [data-service]").evaluate_all("rows => rows.map(row => row.dataset.service)")


def tick(page, words):
    """Opens the filters and ticks a box."""
    page.locator(".filters").evaluate("details => { details.open = true; }")
    page.locator(".tick", has_text=re.compile(f"^{words} ")).locator("input").check()


def chosen(page):
    """The words of the buttons that take choices back. Each begins with Remove for whoever hears it."""
    names = page.locator(".chips button").evaluate_all("buttons => buttons.map(button => button.textContent)")
    assert all(name.startswith("Remove: ") for name in names)
    return [name.removeprefix("Remove: ").removesuffix("×") for name in names]


def announced(page):
    """What a screen reader is told of the list."""
    return page.locator("[data-services] [role=status]").inner_text()


def test_each_answer_names_whom_to_ring_whether_it_is_open_and_for_whom(good, open_page):
    """The first answer carries two services, each with its number, its hours and what a call costs; every answer has at least one number."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    best = page.locator(".best")
    assert best.get_attribute("data-slug") == "stalking"
    rows = best.locator("[data-service]")
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.service)") == ["harbour-advice/helpline", "saltmarsh-hub/hub"]
    text = rows.nth(0).inner_text()
    assert "Open now" in text and "9am" in text and "For:" in text and "itemised bill" in text and "confirmed" in text.lower()
    assert rows.nth(0).locator("a[href^='tel:']").count() == 1
    without = "rows => rows.filter(row => !row.querySelector('[data-service] a.btn')).map(row => row.dataset.slug)"
    assert page.locator("[data-result]").evaluate_all(without) == []


def test_whoever_has_not_said_where_is_not_sent_to_one_area(good, open_page):
    """Without a place the service of a single area is not the first to ring."""
    page = searched(open_page, good, "somebody keeps following me")
    keys = page.locator(".best [data-service]").evaluate_all("rows => rows.map(row => row.dataset.service)")
    assert keys == ["nightline/chat", "saltmarsh-hub/hub"]


def test_a_service_that_was_shown_is_not_told_twice(good, open_page):
    """Where the same service stands in two answers, its times and costs are said once; its number stands in both."""
    page = searched(open_page, good, "burglary fishgate")
    rows = page.locator("[data-result] [data-service='saltmarsh-hub/hub']")
    assert rows.count() == 2
    assert len(rows.nth(1).inner_text()) < len(rows.nth(0).inner_text())
    assert rows.nth(1).locator("a[href^='tel:']").count() == 1


@pytest.mark.parametrize(("at", "said"), [(NOON, "Open now."), (NIGHT, "Closed now.")])
@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland"])
def test_open_now_is_by_the_clock_of_london(good, open_page, zone, at, said):
    """The device may stand in any zone."""
    page = searched(open_page, good, "harbour advice", at=at, timezone_id=zone)
    assert page.locator("[data-result=provider][data-slug=harbour-advice] [data-open]").inner_text() == said


def test_open_now_is_brought_up_to_date_on_a_page_left_open(good, open_page):
    """An hour later the page says so by itself."""
    page = searched(open_page, good, "harbour advice", at="2026-03-03T16:59:30Z")
    said = page.locator("[data-result=provider][data-slug=harbour-advice] [data-open]")
    assert said.inner_text() == "Open now."
    ask(page, "burglary fishgate")
    line = page.locator("[data-services] [data-service='harbour-advice/helpline'] [data-open]")
    assert line.inner_text() == "Open now."
    page.clock.run_for("02:00:00")
    assert line.inner_text() == "Closed now."


def test_what_is_not_known_never_counts_as_closed(good, open_page):
    """With "Open now" the open ones come first; those of unknown hours stay, under words of their own and announced apart; closed ones go."""
    page = searched(open_page, good, "somebody keeps following me fishgate", at=NIGHT)
    before = services(page)
    tick(page, "Open now")
    after = services(page)
    states = page.locator("[data-services] [data-open]").evaluate_all("rows => rows.map(row => row.dataset.open)")
    assert states == sorted(states, key=["true", "null"].index) and "null" in states
    assert set(after) < set(before) and "harbour-advice/helpline" not in after
    assert "not sure" in page.locator("[data-services] .between").inner_text()
    is_open, maybe = states.count("true"), states.count("null")
    assert announced(page) == f"{is_open} {'service' if is_open == 1 else 'services'} open now, {maybe} that may be open"


def test_on_a_bank_holiday_a_service_that_did_not_say_is_not_called_open(real, open_page):
    """Good Friday, noon: a service with week hours that says nothing of bank holidays is neither open nor closed."""
    page = searched(open_page, real, "burglary", at=GOOD_FRIDAY)
    hub = page.locator(".best [data-service='victim-care-merseyside-hub/hub'] [data-open]")
    assert hub.inner_text() == "We are not sure if it is open now."


def test_the_list_is_that_of_the_page_of_help(real, real_output, open_page):
    """For every crime type and area the search knows the same services as the directory, the specialists from near to far, and one of them for everybody."""
    day = datetime.date(2026, 3, 1)  # that of the build: some listings are old by then, and stand last
    entries, _ = check.check(ROOT, ROOT / "schema", day)
    found = directory.build(entries, day)
    assert {found.is_last(listing) for listing in found.every_listing} == {True, False}
    asked = [[crime.slug, area] for crime in found.crime_types for area in ("", *(area.slug for area in found.areas))]
    theirs = in_the_module(real, real_output, open_page, "listings", f"""({{helping}}, region, asked) => {LOADED_WHOLLY}.then(data =>
        asked.map(([type, area]) => helping([...data.listings.values()], type, area).map(({{key, types}}) => [key, types === "all"])))""", asked)
    for (crime, area), rows in zip(asked, theirs, strict=True):
        ours = found.listings(crime, area or None)
        specialists = [key for key, general in rows if not general]
        if area:
            assert specialists == [listing.key for listing in ours.specialists], (crime, area)
        else:
            assert sorted(specialists) == sorted(listing.key for listing in ours.specialists), crime
        assert sorted(key for key, general in rows if general) == sorted(listing.key for listing in ours.any_crime), (crime, area)


def test_an_old_service_says_so_first(good, open_page):
    """In the search as on its card: a service that nobody could check for a year says so below its name, and its last line is no second warning."""
    page = searched(open_page, good, "burglary fishgate")
    row = page.locator("[data-services] [data-service='harbour-advice/helpline']")
    assert row.locator(".aged").inner_text() == "We have not been able to check this since March 2025. It may have changed, so ask first."
    assert row.locator(".unsure").count() == 0
    assert page.locator("[data-services] [data-service='saltmarsh-hub/hub'] .aged").count() == 0
    assert page.locator("[data-services] [data-service='saltmarsh-hub/hub'] .unsure").inner_text() == "Published 14 March 2025. Not yet confirmed with them."


def test_counts_say_what_is_left(real, open_page):
    """Every box and every choice of the lists says as many services as are left when it is chosen alone."""
    page = searched(open_page, real, "domestic abuse wirral")
    page.locator(".filters summary").click()
    checked = 0
    for words in page.locator(".filters .tick:visible").all_inner_texts():
        label = page.locator(".tick", has_text=re.compile("^" + re.escape(words.rsplit(" (", 1)[0]) + " "))
        label.locator("input").check()
        said = announced(page)
        assert int(said.split(" ")[0]) == int(words.rsplit("(", 1)[1].rstrip(")")), (words, said)
        label.locator("input").uncheck()
        checked += 1
    assert checked > 8
    where = page.locator(".choices select").nth(1)
    for option in where.locator("option").all():
        words = option.inner_text()
        where.select_option(value=option.get_attribute("value"))
        assert int(announced(page).split(" ")[0]) == int(words.rsplit("(", 1)[1].rstrip(")")), words


def test_filters_by_keyboard_focus_stays_and_each_is_taken_back(good, open_page):
    """Tab and Space choose; focus stays on the box; the chosen one has a button that removes it; then focus goes on to the next, at last to the summary."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    page.locator(".filters summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    seen = []
    for _ in range(3):
        seen.append(page.evaluate("document.activeElement.closest('.filters') && document.activeElement.type"))
        if seen[-1] != "checkbox":
            page.keyboard.press("Tab")
    assert seen == ["select-one", "select-one", "checkbox"]
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert chosen(page) == ["Stalking", "Harbour", "Open now"]
    page.locator(".chips button").nth(1).focus()
    page.keyboard.press("Enter")
    assert "Open now" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert "Stalking" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator(".chips button").count() == 0


def test_what_was_ticked_stays_when_the_words_change(good, open_page):
    """New words bring their crime type and place; a ticked box stays ticked."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    tick(page, "Open now")
    ask(page, "burglary windmill end")
    assert chosen(page) == ["Burglary", "Hilltop", "Open now"]


def test_kinds_of_help_narrow_the_list(good, open_page):
    """A kind of help that somebody ticks leaves the services that are known to give it; kinds add up, and each says in plain words what it is."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    kinds = page.locator(".filters fieldset", has_text="Kind of help").locator(".tick:not([hidden])").all_text_contents()
    assert kinds[0].startswith("Somebody who speaks up for you (advocacy)") and all("(" in words for words in kinds)
    tick(page, re.escape("Live chat (you write online, somebody answers)"))
    assert services(page) == ["nightline/chat"]
    tick(page, re.escape("Somebody who speaks up for you (advocacy)"))
    assert sorted(services(page)) == ["harbour-advice/helpline", "nightline/chat"]
    assert len(chosen(page)) == 4


def test_a_name_alone_and_danger_bring_no_list(good, open_page):
    """Whoever named a provider gets it and no list; in danger nothing stands between the reader and 999."""
    page = searched(open_page, good, "burglary")
    assert page.locator("[data-services]").is_visible()
    for words in ("quayside listening", "help somebody is at my door now", ""):
        ask(page, words)
        assert not page.locator("[data-services]").is_visible(), words


def test_long_lists_are_shown_in_steps(real, open_page):
    """Ten services at first; the button brings ten more and focus goes to the first of them."""
    page = searched(open_page, real, "domestic abuse")
    assert len(services(page)) == 10
    page.get_by_role("button", name="Show more").click()
    keys = services(page)
    assert len(keys) == 20
    assert page.evaluate("document.activeElement.closest('[data-service]').dataset.service") == keys[10]


@pytest.mark.parametrize("width", [320, 1280])
def test_results_and_filters_have_no_fault_that_axe_finds(real, open_page, width):
    """With the filters open, light and dark, narrow and wide; nothing is wider than the screen."""
    for scheme in ("light", "dark"):
        page = searched(open_page, real, "my ex keeps following me southport", width=width, color_scheme=scheme)
        tick(page, "Phone")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_first_answer_loads_one_file_and_no_request_tells_what_was_typed(good, open_page):
    """What is loaded is the same for any words; a provider that was named brings all the parts of a small site."""
    asked = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request.url.split("/search/")[-1].split(".")[0]))
    page.goto(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    page.evaluate("requestAnimationFrame = () => {}")  # what comes after the first answer waits for a frame
    ask(page, "burglary fishgate")
    files = [name for name in asked if name.startswith(("first", "listings", "texts", "names"))]
    assert files == ["first"]
    ask(page, "quayside listening")
    assert sorted(name for name in asked if name.startswith(("listings", "texts"))) == ["listings/all", "listings/harbour", "listings/hilltop"]


def test_where_areas_are_many_only_the_part_that_was_named_is_loaded(good, open_page):
    """A site of many areas does not send the listings of all of them: one more file for the area that the words name."""
    asked = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request.url.split("/search/")[-1].split(".")[0]))

    def many(route):
        data = route.fetch().json()
        route.fulfill(json=data | {"areas": data["areas"] | {f"area-{n}": f"Area {n}" for n in range(20)}})

    page.route("**/first.*.json", many)
    page.goto(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, "burglary fishgate")
    page.wait_for_selector("[data-services]")
    assert sorted(name for name in asked if name.startswith(("listings", "texts"))) == ["listings/all", "listings/harbour", "texts/all", "texts/harbour"]
    where = page.locator(".choices select").nth(1)
    assert "(" in where.locator("option[value=harbour]").text_content() and "(" not in where.locator("option[value=hilltop]").text_content()
    page.locator(".filters").evaluate("details => { details.open = true; }")
    where.select_option("hilltop")
    page.wait_for_function("() => /Hilltop \\(/.test(document.querySelectorAll('.choices select')[1].textContent)")
    assert "texts/hilltop" in asked


def test_where_names_are_many_they_come_after_the_first_answer(good, open_page):
    """A site of many providers sends their names in a file of their own; a provider is then found as well."""
    rows = {}

    def without_names(route):
        data = route.fetch().json()
        rows["names"] = data.pop("names")
        route.fulfill(json=data | {"namesLater": "abc"})

    page = open_page("about:blank")
    page.route("**/first.*.json", without_names)
    page.route("**/names.abc.json", lambda route: route.fulfill(body=json.dumps(rows["names"]), content_type="application/json"))
    page.goto(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, "old lamp")
    page.wait_for_selector("[data-result=provider][data-slug=old-lamp]")


def test_words_of_danger_wait_for_nothing(good, open_page):
    """Whoever names a provider in danger has the panel before the provider's listing is there; a slow network holds up no answer either."""
    page, let_through = held_back(open_page, good, "**/listings/*.json")
    page.fill("input[type=search]", "nightline help somebody is at my door now")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-emergency]", state="visible", timeout=500)
    page.wait_for_selector("[data-result=provider][data-slug=nightline]", timeout=2000)
    assert page.locator("[data-slug=nightline] [data-service]").count() == 0  # its number may not be there yet
    let_through()
    page.wait_for_selector("[data-slug=nightline] [data-service]")


def test_focus_stays_when_the_rest_is_loaded(good, open_page):
    """Somebody has gone on to the number of the first answer: what is loaded after it takes neither the focus nor the button away."""
    page, let_through = held_back(open_page, good, "**/languages.*.json")
    ask(page, "somebody keeps following me")
    button = page.locator(".best [data-service] a.btn").first
    button.focus()
    page.evaluate("button => { window.button = button; }", button.element_handle())
    page.wait_for_function("() => window.lunr")
    let_through()
    page.wait_for_selector("[data-services]", state="attached")
    assert page.evaluate("document.activeElement === window.button && window.button.isConnected")


def test_what_did_not_load_is_asked_for_again(good, open_page):
    """A file that failed once is there with the next answer; until then the list says that some services are missing."""
    page = open_page("about:blank")
    page.route("**/listings/harbour.*.json", lambda route: route.abort())
    page.goto(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, "burglary fishgate")
    page.wait_for_selector("[data-services]", state="attached")
    assert announced(page).endswith("Some did not load")
    page.unroute("**/listings/harbour.*.json")
    ask(page, "burglary in fishgate")
    page.wait_for_function("() => !document.querySelector('[data-services] [role=status]').textContent.includes('not load')")
    assert "harbour-advice/drop-in" in services(page)


def test_a_provider_has_the_number_of_the_service_that_was_asked_for(real, open_page):
    """Of several services the first in the editors' order, by its name; never a line of another area."""
    page = searched(open_page, real, "safe2speak")
    row = page.locator("[data-result=provider] [data-service]").first
    assert row.get_attribute("data-service") == "st-helens-safe2speak/support" and "Only in St Helens" in row.inner_text()
    ask(page, "domestic abuse wirral")
    page.wait_for_timeout(300)
    shown = page.locator("[data-result=provider]").evaluate_all("rows => rows.map(row => row.dataset.slug)")
    assert "st-helens-safe2speak" not in shown and not any(slug.startswith(("liverpool", "sefton", "knowsley")) for slug in shown)


def test_a_postcode_elsewhere_is_sent_to_national_services_only(real, open_page):
    """Neither the hub nor the police of this force: they cannot help there."""
    page = searched(open_page, real, "M1 1AA")
    assert not page.locator("[data-service^='victim-care'], [data-service^='merseyside-police']").count()
    assert chosen(page) == ["Somewhere else in the UK"] and len(services(page)) == 10


def test_at_night_a_line_that_answers_is_named(real, open_page):
    """At three in the morning the hub is closed: the answer names the next for any crime that is open."""
    page = searched(open_page, real, "burglary", at=NIGHT)
    states = page.locator(".best [data-open]").evaluate_all("rows => rows.map(row => row.dataset.open)")
    assert "false" not in states and "true" in states
    assert page.locator(".best [data-service='victim-support/supportline']").count() == 1


def test_nothing_fits_says_so_and_takes_all_back(good, open_page):
    """A dead end has a way out, and focus goes to where choices are made."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    tick(page, "Polish")
    ask(page, "windmill end")
    assert services(page) == [] and announced(page) == "0 services"
    page.get_by_role("button", name="Remove all").click()
    assert len(services(page)) > 2 and chosen(page) == []
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_nothing_that_is_fetched_depends_on_what_was_typed(real, open_page):
    """Other words ask the server for the same files, icons included."""
    asked = []
    for words in ("burglary bootle", "samaritans", "groomed online email"):
        page = open_page("about:blank")
        seen = set()
        page.on("request", lambda request, seen=seen: seen.add(request.url))
        page.goto(real + "/search/")
        page.wait_for_selector(READY, state="attached")
        ask(page, words)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        asked.append(seen)
    assert asked[0] == asked[1] == asked[2]


# ---- Back

def leave_and_come_back(page, site):
    """Follows the first answer and presses Back -> whether the browser had kept the page."""
    page.evaluate("addEventListener('pageshow', event => { document.body.dataset.kept = event.persisted; })")
    page.click("[data-result] h3 a")
    page.wait_for_url(f"{site}/help/**")
    page.evaluate("history.back()")
    page.wait_for_url(f"{site}/search/", wait_until="commit")  # a page that was kept does not load again
    page.wait_for_selector(READY, state="attached")
    return page.evaluate("document.body.dataset.kept") == "true"


def test_back_returns_to_the_answers_where_the_browser_keeps_the_page(good, playwright):
    """The words, the answers, the list and what was ticked are as they were, for the page itself was kept; nothing of it is in the history."""
    browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS, ignore_default_args=["--disable-back-forward-cache"])
    page = browser.new_page()
    page.goto(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, "somebody keeps following me fishgate")
    page.wait_for_selector("[data-services]", state="attached")
    tick(page, "Open now")
    before = page.locator("main").inner_text()
    assert leave_and_come_back(page, good)
    assert page.input_value("input[type=search]") == "somebody keeps following me fishgate"
    assert page.locator("main").inner_text() == before
    assert page.evaluate("history.state") is None
    ask(page, "burglary")
    assert page.locator("[data-result]").first.get_attribute("data-slug") == "burglary"
    browser.close()


def test_back_leads_to_an_empty_box_where_it_does_not(good, open_page):
    """A browser that has not kept the page shows it new: no words, no answers, nothing ticked."""
    page = searched(open_page, good, "somebody keeps following me fishgate")
    tick(page, "Open now")
    assert not leave_and_come_back(page, good)
    assert page.input_value("input[type=search]") == ""
    assert page.locator("[data-result]").count() == page.locator("[data-services]").count() == 0
    ask(page, "burglary")
    page.wait_for_selector("[data-services]", state="attached")
    assert chosen(page) == ["Burglary"]
