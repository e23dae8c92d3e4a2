"""The search page as a reader meets it, and the same words on both sides of lunr."""
import datetime
import json
import re

import pytest

from browser_tools import ROOT
from support_directory import check, directory, folding, topics, understanding

READY = "[data-search][data-state=ready]"
# Words on which two languages could differ: ligatures, dotted capitals, other scripts, numbers that are not digits.
HARD = [
    "Straße ﬁne Æther naïve İstanbul", "it's it’s it`s children's.",
    "ukradł mi łódź", "أخذوا جواز سفري", "گرفتند ؤ ئ", "গার্হস্থ্য সহিংসতা", "я не бʼю", "我被打了 help",
    "mąż mnie bije", "забрали паспорт", "تعرضت لاعتداء", "家暴 help", "l20 1AB 999", "½ ² x_y a-b",
]


def ask(page, words):
    """Types words and presses Enter -> the results as [(kind, slug)]."""
    before = int(page.get_attribute("[data-search]", "data-answers"))
    page.fill("input[type=search]", words)
    page.press("input[type=search]", "Enter")
    page.wait_for_function("n => +document.querySelector('[data-search]').dataset.answers > n", arg=before)
    return page.evaluate("[...document.querySelectorAll('[data-result]')].map(e => [e.dataset.result, e.dataset.slug])")


@pytest.fixture
def search_page(good, open_page):
    """The search page of the made-up force, ready."""
    page = open_page(good + "/search/")
    page.wait_for_selector(READY, state="attached")
    return page


def test_enter_searches_and_says_how_many(search_page):
    """Everyday words find their crime type; the number of answers is announced; focus stays in the box."""
    assert ask(search_page, "somebody keeps following me")[0] == ["crime-type", "stalking"]
    assert re.fullmatch(r"\d+ answers?", search_page.locator("[data-search] [role=status]").inner_text())
    assert search_page.evaluate("document.activeElement.type") == "search"


def test_typing_searches_too_and_enter_cancels_it(search_page):
    """A pause in typing answers once; Enter answers at once and the pending answer does not come after it."""
    search_page.locator("input[type=search]").press_sequentially("burglary", delay=10)
    search_page.wait_for_function("() => document.querySelector('[data-search]').dataset.answers === '1'")
    search_page.locator("input[type=search]").press_sequentially(" harbour", delay=10)
    search_page.press("input[type=search]", "Enter")
    search_page.wait_for_timeout(600)
    assert search_page.get_attribute("[data-search]", "data-answers") == "2"


def test_accents_apostrophes_endings_and_one_slip(search_page):
    """Words are found with and without accents, in other forms, and misspelt by a letter."""
    for words in ("CAFÉ robbed", "cafe robbing", "burglaries", "burglery"):
        assert ["crime-type", "burglary"] in ask(search_page, words)[:2], words


@pytest.mark.parametrize(("words", "area"), [
    ("burglary in Fishgate", "harbour"), ("windmill end", "hilltop"), ("ZZ1 1AB", "harbour"), ("zz1 2ab", "hilltop"), ("zz2", "hilltop"),
    ("stalking barnsley", "hilltop"), ("burglary fishgate street", None), ("stalking", None), ("burglary fishgat", "harbour"),
])
def test_places_and_postcodes(search_page, words, area):
    """A place, a postcode or its first half names the area, and crime types lead to their page in it."""
    found = ask(search_page, words)
    recognised = search_page.evaluate("document.querySelector('[data-area-recognised]')?.dataset.areaRecognised ?? null")
    assert recognised == area
    if area:
        assert ["area", area] in found[:2]
        if "burglary" in words:
            assert search_page.locator("[data-slug=burglary] h3 a").get_attribute("href").endswith(f"help/burglary/{area}/")


def test_providers_by_name_and_other_name_closed_ones_too(search_page):
    """Names, other names and closed providers are found, and the closed one says so."""
    assert ["provider", "harbour-advice"] in ask(search_page, "quayside listening")[:3]
    assert ["provider", "old-lamp"] in ask(search_page, "old lamp")[:3]
    assert "has closed or stopped" in search_page.locator("[data-slug=old-lamp]").inner_text()


def test_words_of_danger_bring_the_emergency_panel_first(search_page):
    """A phrase of the emergency page shows 999 above the results; other words do not."""
    ask(search_page, "help somebody is at my door now")
    search_page.wait_for_load_state("networkidle")  # answers are shown anew once all texts are there
    panel = search_page.locator("[data-emergency]")
    assert panel.is_visible() and panel.bounding_box()["y"] < search_page.locator("[data-result]").first.bounding_box()["y"]
    assert "020 7946 0018" in panel.inner_text()  # the crisis line that the editors named
    ask(search_page, "they broke into my shed")
    assert not panel.is_visible()


def test_nobody_is_left_without_an_answer(search_page):
    """Words that mean nothing here lead to "not sure"; an empty box shows nothing."""
    assert ask(search_page, "qqqq wwww") == [["crime-type", "not-sure"]]
    assert ask(search_page, "") == []


def test_box_on_the_home_page_answers_in_place(good, open_page):
    """The home page loads the search only when its box is used, and answers there."""
    page = open_page(good + "/")
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(300)
    assert asked == []
    page.fill("input[type=search]", "burglary")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-result=crime-type]")
    assert page.url == good + "/"
    page.click("[data-result=crime-type] a")
    page.wait_for_url(good + "/help/burglary/")


def test_index_that_cannot_load_says_so_and_the_next_try_works(good, open_page):
    """Without its index the page says so and keeps its lists; when the network is back, Enter tries again."""
    page = open_page(good + "/")
    page.route("**/first.*.json", lambda route: route.abort())
    page.fill("input[type=search]", "burglary")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-search][data-state=error]")
    assert "did not load" in page.locator("[data-search] [role=status]").inner_text()
    assert page.locator("main a", has_text="Burglary").first.is_visible()
    page.unroute("**/first.*.json")
    page.press("input[type=search]", "Enter")
    page.wait_for_selector("[data-result=crime-type]")


def test_an_index_that_did_not_load_is_tried_again_without_a_key(good, open_page):
    """Whoever typed while the index could not load gets the answer once it can, and need not press anything."""
    page = open_page(good + "/")
    page.route("**/first.*.json", lambda route: route.abort())
    page.focus("input[type=search]")
    page.wait_for_selector("[data-search][data-state=error]", state="attached")
    assert page.locator(".types a").count() and page.locator("nav[aria-label=Areas] a").count()
    page.fill("input[type=search]", "burglary")
    page.unroute("**/first.*.json")
    page.wait_for_selector("[data-result]", timeout=10_000)
    assert page.get_attribute("[data-search]", "data-state") == "ready"
    assert "did not load" not in page.locator("[data-search] [role=status]").inner_text()


@pytest.mark.parametrize(("words", "is_foreign"), [("mąż mnie bije", True), ("تعرضت لاعتداء", True), ("家暴", True), ("my husband hits me", False)])
def test_a_question_in_another_language_brings_the_hub_and_interpreters_first(real, open_page, words, is_foreign):
    """Above the answers stand the hub, its number and what is known about its interpreters; for English words they do not."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, words)
    page.wait_for_function("() => window.lunr")
    panel = page.locator("[data-interpreters]")
    if not is_foreign:
        page.wait_for_timeout(300)
        assert not panel.is_visible()
        return
    panel.wait_for(state="visible")
    assert "interpreters" in panel.inner_text() and panel.locator("a[href^='tel:']").count() == 1
    assert panel.bounding_box()["y"] < page.locator("[data-result]").first.bounding_box()["y"]


def test_both_sides_fold_and_stem_words_alike(good, good_output, open_page):
    """folding.py and words.js give the same words for every text of the real site and for hard cases."""
    entries, _ = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 22))
    texts = sorted(set(all_texts([entry.data for entry in entries])))
    texts += HARD
    page = open_page(good + "/search/")
    module = next(good_output.glob("static/*/js/words.js")).relative_to(good_output).as_posix()
    program = "async ([address, texts]) => { const {words} = await import(address); return texts.map(text => words(text)); }"
    theirs = page.evaluate(program, [f"{good}/{module}", texts])
    assert len(texts) > 2000
    assert [(t, a, b) for t, a, b in zip(texts, map(folding.words, texts), theirs, strict=True) if a != b] == []


def all_texts(value):
    """Every text in nested dicts and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from all_texts(inner)


def test_every_place_provider_and_crime_title_finds_itself(real, real_output, open_page):
    """With the real files: each name typed in full is among the answers, and each place names its area."""
    found = real_directory()
    names = [("crime-type", c.slug, c.title) for c in found.crime_types]
    names += [("provider", p.slug, name) for p in found.providers for name in (p.name, *p.also_known_as)]
    places = [(area.slug, re.sub(r" \(.*\)", "", place)) for area in found.areas for place in (area.name, *area.places)]
    answered = in_the_module(real, real_output, open_page, "answers", f"""({{about, answers}}, region, names) => {LOADED}.then(data =>
        names.map(([kind, slug, name]) => answers(data, name, about(data, name)).filter(row => row[0] === kind).map(row => row[1])))""", names)
    named = areas_of(real, real_output, open_page, [name for _, name in places])
    assert len(names) > 150 and len(places) > 100
    assert [(name, got) for (_, slug, name), got in zip(names, answered, strict=True) if slug not in got] == []
    shared = {place for _, place in places if len({slug for slug, other in places if other == place}) > 1}
    assert [(place, got) for (slug, place), got in zip(places, named, strict=True) if got != slug and place not in shared] == []


def areas_of(real, real_output, open_page, typed):
    """What the real search takes each of these for: the area's slug, or None."""
    return in_the_module(real, real_output, open_page, "places",
                         f"""({{area}}, region, typed) => {LOADED}.then(data => typed.map(text => area(data, text)?.slug ?? null))""", typed)


def slips_of(name):
    """Names with one slip: a letter left out, doubled, changed, or two neighbours swapped; the first letter is right."""
    for at in range(1, len(name)):
        yield name[:at] + name[at + 1:]
        yield name[:at] + name[at] + name[at:]
        yield name[:at] + ("x" if name[at] != "x" else "z") + name[at + 1:]
        if at + 1 < len(name):
            yield name[:at] + name[at + 1] + name[at] + name[at + 2:]


def test_places_with_one_slip_are_found(real, real_output, open_page):
    """Of all single slips in the names of places of six letters and more, at least 95 in 100 name the right area."""
    found = real_directory()
    names = {re.sub(r" \(.*\)", "", place).lower(): area.slug for area in found.areas for place in (*area.places, area.name)}
    typed = [(slug, slip) for name, slug in sorted(names.items()) if len(name) >= 6 for slip in slips_of(name)]
    got = areas_of(real, real_output, open_page, [slip for _, slip in typed])
    right = sum(slug == area for (slug, _), area in zip(typed, got, strict=True))
    assert len(typed) > 3000
    assert right / len(typed) >= 0.95, [(slip, area) for (slug, slip), area in zip(typed, got, strict=True) if slug != area][:40]


def test_providers_and_crime_types_with_one_slip_are_found(real, real_output, open_page):
    """Of all single slips in the names of providers and in the titles of crime types, at least 95 in 100 find them among the first three of their kind."""
    found = real_directory()
    names = [("provider", provider.slug, provider.name) for provider in found.providers]
    names += [("crime-type", crime.slug, crime.title) for crime in found.crime_types]
    typed = [(kind, slug, slip) for kind, slug, name in names if len(name) >= 6 for slip in list(slips_of(name.lower()))[::3]]
    got = in_the_module(real, real_output, open_page, "answers", f"""({{about, answers}}, region, typed) => {LOADED}.then(data => typed.map(
        ([kind, slug, slip]) => answers(data, slip, about(data, slip)).filter(row => row[0] === kind).slice(0, 3).some(row => row[1] === slug)))""", typed)
    assert len(typed) > 2000
    assert sum(got) / len(got) >= 0.95, [row for row, right in zip(typed, got, strict=True) if not right]


def test_phrases_that_name_no_place_are_taken_for_none(real, real_output, open_page):
    """Of the editors' phrases at most 1 in 100 is taken for a place, but for those that name one."""
    found = real_directory()
    phrases = [phrase for answer in understanding.english(found).values() for phrase in answer][::3]
    names = {" ".join(folding.words(re.sub(r" \(.*\)", "", place))) for area in found.areas for place in (*area.places, area.name)}
    unnamed = [phrase for phrase in phrases if not any(f" {name} " in f" {' '.join(folding.words(phrase))} " for name in names)]
    got = areas_of(real, real_output, open_page, unnamed)
    taken = [(phrase, area) for phrase, area in zip(unnamed, got, strict=True) if area]
    assert len(unnamed) > 2000
    assert len(taken) / len(unnamed) <= 0.01, taken


def test_what_is_plainly_about_one_thing_brings_no_other(real, open_page):
    """Words that one answer explains bring no other topics; words of a crisis bring the advice for it first; no weapon is taken for a postcode."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    topics_of = lambda words: [slug for kind, slug in ask(page, words) if kind in ("crime-type", "page")]  # noqa: E731
    assert topics_of("bank rang me it was a scam") == ["fraud-and-scams"]
    found = ask(page, "i want to die")
    assert found[0] == ["page", "emergency"]
    page.wait_for_function("() => window.lunr")
    assert {kind for kind, _ in ask(page, "i want to die")[1:]} == {"crime-type"}  # no other advice, and nobody whose texts only share common words
    ask(page, "ak47")
    assert "is not in Merseyside" not in page.locator("[data-results]").inner_text()


def test_the_name_of_an_area_names_no_provider(real, real_output, open_page):
    """Many providers have the area's name in theirs; whoever says where they are gets the area first, and what happened there before any provider."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    for area in json.loads(next(real_output.glob("search/first.*.json")).read_text(encoding="utf-8"))["areas"].values():
        assert ask(page, area)[0][0] == "area", area
        assert ask(page, f"stalking in {area}")[0] == ["crime-type", "stalking-and-harassment"], area


def test_a_provider_that_nobody_can_ring_says_what_it_does(real, open_page):
    """An answer without a number is not a bare name."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    assert ["provider", "lighthouse-centre-wirral"] in ask(page, "the lighthouse centre")
    page.locator("[data-slug=lighthouse-centre-wirral] h3 + p").wait_for()


@pytest.mark.parametrize("words", ["Fishgate", "fishgat", "ZZ1 1AB", "zz2", "windmill end", "SW1A 1AA"])
def test_a_place_alone_says_nothing_of_what_happened(search_page, words):
    """Whoever types only a place gets the area, where it is ours, and "not sure", and no guess at a crime."""
    found = [row for row in ask(search_page, words) if row[0] != "provider"]
    assert [row for row in found if row[0] != "area"] == [["crime-type", "not-sure"]]


def test_a_code_in_two_areas_asks_with_two_buttons(search_page):
    """Where a second area has a tenth of a code or more, two buttons ask; pressing one changes the answers, and focus stays on it."""
    ask(search_page, "burglary zz1 2ab")
    group = search_page.get_by_role("group", name="Where are you?")
    assert "two areas" in group.inner_text()
    assert search_page.locator("[data-slug=burglary] h3 a").get_attribute("href").endswith("help/burglary/hilltop/")
    group.get_by_role("button", name="Harbour").click()
    assert search_page.locator("[data-slug=burglary] h3 a").get_attribute("href").endswith("help/burglary/harbour/")
    assert search_page.evaluate("document.activeElement.textContent") == "Harbour"
    assert search_page.locator("[data-area-recognised]").get_attribute("data-area-recognised") == "harbour"


def test_a_postcode_elsewhere_and_near_me_are_told_what_to_do(search_page):
    """A postcode outside says so and points to national help; "near me" says what to type."""
    ask(search_page, "SW1A 1AA")
    assert "not in Saltmarsh" in search_page.locator("[data-results]").inner_text()
    ask(search_page, "help near me")
    assert "Type your town" in search_page.locator("[data-results]").inner_text()


def real_directory():
    """The project's own directory."""
    entries, _ = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 22))
    return directory.build(entries)


# The data that the page searches in: what a first answer needs, and everything.
LOADED = 'search.load(region)'
LOADED_WHOLLY = 'search.load(region).then(async data => { await rest.loadMore(region, data); return data; })'


def in_the_module(site, output, open_page, name, program, given):
    """Runs a function of JavaScript in the search page: (what the module exports, the region of the search, what is given) -> its answer.

    `search` in the function is what loading.js exports, and `rest` what rest.js does.
    """
    page = open_page(site + "/search/")
    page.wait_for_selector(READY, state="attached")
    module, loading, rest = (next(output.glob(f"static/*/js/{each}.js")).relative_to(output).as_posix() for each in (name, "loading", "rest"))
    return page.evaluate(f"""async ([module, loading, later, given]) => {{
        const [search, rest] = await Promise.all([import(loading), import(later)]);
        return ({program})(await import(module), document.querySelector("[data-search]"), given);
    }}""", [f"{site}/{module}", f"{site}/{loading}", f"{site}/{rest}", given])


def test_both_sides_rank_alike(real, real_output, open_page):
    """topics.py and topics.js give the same answers in the same order with the same scores, for every tenth phrase and for hard cases."""
    found = real_directory()
    phrases = [phrase for said in (understanding.english(found), understanding.other_languages(found)) for answer in said.values() for phrase in answer][::10]
    phrases += [*HARD, "my ex keeps turning up", "qqqq", "999", "bank rang me it was a scam " * 20]
    theirs = in_the_module(real, real_output, open_page, "answers",
                           f"""({{about}}, region, phrases) => {LOADED_WHOLLY}.then(data => phrases.map(phrase => about(data, phrase)))""", phrases)
    ours = topics.Weighing(understanding.together(*understanding.tables(found)), found.short_forms, understanding.DISCOUNTS)
    assert len(phrases) > 900
    assert [(phrase, [row[0] for row in ours.rank(phrase)][:3], [row[0] for row in got][:3]) for phrase, got in zip(phrases, theirs, strict=True)
            if [row[0] for row in ours.rank(phrase)] != [row[0] for row in got]] == []
    assert max(abs(mine[1] - its[1]) for phrase, got in zip(phrases, theirs, strict=True) for mine, its in zip(ours.rank(phrase), got, strict=True)) < 1e-5


# Every organisation that the papers behind the service name (2016 to 2022), as a reader might type it, and whether it is open.
NAMED = [
    ("RASA Merseyside", "rasa-merseyside", True), ("RASASC", "rasasc", True), ("Rape and Sexual Abuse Support Centre", "rasasc", True),
    ("Victim Support", "victim-support", True), ("Catch 22", "catch22", True), ("Anthony Walker Foundation", "anthony-walker-foundation", True),
    ("Citizens Advice Liverpool", "citizens-advice-liverpool-hate-crime", True), ("Daisy Inclusive UK", "daisy-inclusive-uk", True),
    ("Stop Hate UK", "stop-hate-uk", True), ("Savera UK", "savera-uk", True), ("Families Fighting for Justice", "families-fighting-for-justice", True),
    ("O.L.L.Y", "families-fighting-for-justice", True), ("Listening Ear", "listening-ear", True), ("Light for Life", "light-for-life", False),
    ("SAFE Place Merseyside", "safe-place-merseyside", True), ("Armistead", "armistead", True), ("Prince's Trust", "kings-trust", False),
    ("MALS Merseyside", "mals-merseyside", False), ("Mentor, Achieve, Learn and Support", "mals-merseyside", False),
    ("Creative Youth Support", "creative-youth-support", False), ("Merseyside Police", "merseyside-police", True),
    ("Victim Care Merseyside", "victim-care-merseyside-hub", True),
]


def test_every_organisation_that_the_papers_name_is_found(real, open_page):
    """Live or closed, each is among the first three providers, and a closed one says so."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    missing = []
    for name, slug, is_open in NAMED:
        providers = [other for kind, other in ask(page, name) if kind == "provider"][:3]
        says_closed = slug in providers and "has closed or stopped" in page.locator(f"[data-result=provider][data-slug={slug}]").inner_text()
        if slug not in providers or says_closed == is_open:
            missing.append((name, providers))
    assert missing == []


# What a newcomer types, the page that it leads to, and a number or text route that stands there with its times.
NEWCOMERS = [
    ("I was burgled in Huyton", "/help/burglary/knowsley/", "0808 175 3080", "8am to 6pm"),
    ("my sister is being controlled by her husband, Southport", "/help/domestic-abuse/sefton/", "0808 2000 247", "24 hours"),
    ("deaf and assaulted in Bootle", "/help/violence-and-assault/sefton/", "85258", "24 hours"),
]


@pytest.mark.parametrize(("words", "path", "number", "times"), NEWCOMERS)
def test_a_newcomer_reaches_help_within_two_pages(real, open_page, words, path, number, times):
    """Search, then the page of help among the first three answers of its kind: it has the number, and says when it is answered."""
    page = open_page(real + "/search/")
    page.wait_for_selector(READY, state="attached")
    ask(page, words)
    links = page.locator("[data-result=crime-type] h3 a").evaluate_all("links => links.slice(0, 3).map(link => new URL(link.href).pathname)")
    assert path in links
    page.goto(real + path)
    listing = page.locator("[data-listing]", has_text=number).first
    assert listing.is_visible() and times in listing.inner_text()


def test_vendored_lunr_is_the_published_one():
    """The lunr.js that is served is byte for byte the package's, which lunr.py 0.8.0 writes for."""
    served = ROOT / "theme/static/vendor/lunr/lunr.min.js"
    package = ROOT / "node_modules/lunr"
    assert served.read_bytes() == (package / "lunr.min.js").read_bytes()
    assert json.loads((package / "package.json").read_text())["version"] == "2.3.9"
