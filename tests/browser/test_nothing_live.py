"""The payloads of tests/payloads.py in a real browser: it reads them as text, and nothing of them runs, with the content security policy and without it."""
import re
from types import SimpleNamespace

import pytest

from browser_tools import EXIT_TARGET, served
from payloads import (
    ATTRIBUTE,
    BAD_ADDRESSES,
    BODIES,
    CODE,
    FORM,
    INDEX,
    LINKS,
    NAME_OF_INDEX,
    PAYLOADS,
    TAG,
    TEXT,
    Sites,
    difference,
    filled,
    folded,
    with_bad_addresses,
    with_payloads,
)
from support_directory.page import TAGS, html

# An ordinary run asks the browser about every twenty-fourth site; the long run about all of them, in pieces that go side by side.
SOME = 24
PARTS = 4
# What the browser makes of a page: all its tags with their attributes, comments and texts as one text, and every link that leads outside by another way
# than an address that begins with https://, or than a call, a text or an e-mail.
READ = """({TAG, ATTRIBUTE, TEXT, LINKS}) => (page) => {
    const parts = [], bad = [];
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) parts.push(TEXT + node.data);
        if (node.nodeType === Node.COMMENT_NODE) parts.push(TAG + '!' + node.data);
        if (node.nodeType === Node.ELEMENT_NODE) {
            const name = node.namespaceURI === 'http://www.w3.org/1999/xhtml' ? node.localName : node.namespaceURI + node.localName;
            parts.push(TAG + name + [...node.attributes].map(({name, value}) => ATTRIBUTE + name + '=' + value).join(''));
            for (const {name, value} of node.attributes) if (LINKS.includes(name) && !/^https:\\/\\//i.test(value)) {
                const {protocol, origin} = new URL(value, 'https://site.example/some/page/');
                if (origin !== 'https://site.example' && !['tel:', 'sms:', 'mailto:'].includes(protocol)) bad.push([node.localName, name, value]);
            }
        }
        // The numbers of this picture follow the length of words; the table beside it has the same words.
        if (!node.classList?.contains('bars')) (node.localName === 'template' ? node.content : node).childNodes.forEach(walk);
        if (node.nodeType === Node.ELEMENT_NODE) parts.push(TAG + '/' + node.localName);
    };
    walk(page);
    return [parts.join(''), bad];
}"""
WORDS_FOR_READ = {"TAG": TAG, "ATTRIBUTE": ATTRIBUTE, "TEXT": TEXT, "LINKS": LINKS}
PARSE = f"""([words, texts]) => texts.map((text) => ({READ})(words)(new DOMParser().parseFromString(text, 'text/html')))"""
# Pages on which texts of every kind of entry stand.
OPENED = ("", "help/first/", "areas/east/", "providers/", "providers/helper/", "providers/shut/", "search/", "about/", "emergency/")
# By then the browser has drawn the page, given focus where a page asks for it, and tried what it could not load.
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))"
# Names of things that scripts of a page use, or that its templates name: a heading gets an id of its words.
NAMES = ("search", "words", "main", "talk", "exit", "region", "root", "link", "title", "document", "location", "window", "self", "top", "lunr", "history",
         "name", "form", "gone")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Builds sites, one after another, into one folder."""
    return Sites(tmp_path_factory.mktemp("payloads"))


@pytest.fixture(scope="module")
def parse(browser):
    """Has the browser read pages that it does not open: parse({path: text}) -> {path: (all of it as one text, bad links)}."""
    page = browser.new_page()

    def parse_pages(files):
        texts = {path: text for path, text in files.items() if path.endswith(".html")}
        return {path: (folded(flat), bad) for path, (flat, bad) in zip(texts, page.evaluate(PARSE, [WORDS_FOR_READ, list(texts.values())]), strict=True)}

    yield parse_pages
    page.close()


@pytest.fixture(scope="module")
def harmless(sites, parse):
    """{path of each page of the site with harmless words: all that the browser read of it}."""
    return {path: flat for path, (flat, _) in parse(sites.build(FORM.entries_with())).items()}


def tags(flat):
    """The tags that were read, each with the names of its attributes."""
    return [tuple(re.findall(f"(?:{TAG}|{ATTRIBUTE})([^={ATTRIBUTE}]*)", part)) for part in re.findall(f"{TAG}[^/{TAG}{TEXT}][^{TAG}{TEXT}]*", flat)]


def check_texts(sites, parse, harmless, numbers):
    """Builds the sites of these numbers -> wherever the browser reads more than other words."""
    for number in numbers:
        text = with_payloads(number)
        for path, (flat, bad) in parse(sites.build(FORM.entries_with(text))).items():
            found = difference(filled(harmless[path], text), flat) or bad
            if found:
                yield number, path, found


def test_a_browser_reads_payloads_as_text(sites, parse, harmless):
    """With a payload in every text field the browser finds the tags, attributes and values of the harmless site, and as text what was typed."""
    assert len(harmless) == 40
    assert list(check_texts(sites, parse, harmless, range(0, len(PAYLOADS), SOME))) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_browser_reads_every_payload_in_every_field_as_text(sites, parse, harmless, part):
    """The same, until each payload has stood in each field."""
    assert list(check_texts(sites, parse, harmless, range(part, len(PAYLOADS), PARTS))) == []


def check_addresses(sites, parse, harmless, numbers):
    """Builds the sites of these numbers with bad addresses -> whatever tag or link the browser finds that may not be."""
    # The mark of a date that is not known, which a date that is none is taken for, stands on no harmless page.
    known = {tag for flat in harmless.values() for tag in tags(flat)} | {("span", "data-checked", "class")}
    for number in numbers:
        for path, (flat, bad) in parse(sites.build(FORM.entries_with(address=with_bad_addresses(number)))).items():
            yield from ((number, path, found) for found in (*bad, *(set(tags(flat)) - known)))


def test_a_browser_finds_no_bad_link(sites, parse, harmless):
    """Whatever is typed for a web address, a number or an e-mail: as the browser understands it, no link has a bad scheme or leads elsewhere unseen."""
    assert list(check_addresses(sites, parse, harmless, range(0, len(BAD_ADDRESSES), SOME))) == []


@pytest.mark.long
def test_a_browser_finds_no_bad_link_in_any_field(sites, parse, harmless):
    """The same, until each has stood in each field."""
    assert list(check_addresses(sites, parse, harmless, range(len(BAD_ADDRESSES)))) == []


def check_bodies(parse, numbers):
    """Bodies of pages of words, those of these numbers, with payloads and bad addresses -> whatever the browser finds in them that may not be."""
    allowed = {(tag,) for tag in TAGS} | {("a", "rel"), ("a", "href", "rel"), ("h2", "id"), ("h3", "id")}
    every = [(body, text) for body in BODIES for text in (*PAYLOADS, *BAD_ADDRESSES)]
    bodies = {f"{number}.html": every[number][0].replace("{}", every[number][1]) for number in numbers}
    before, after = TAG.join(("", "html", "head", "/head", "body", "main")), TAG.join(("", "/main", "/body", "/html"))
    for path, (flat, bad) in parse({path: f"<main>{html(body, '../')}</main>" for path, body in bodies.items()}).items():
        assert flat.startswith(before) and flat.endswith(after)
        inside = flat.removeprefix(before).removesuffix(after)
        yield from ((bodies[path], found) for found in (*bad, *(set(tags(inside)) - allowed)))


def test_a_browser_finds_allowed_markup_only_in_bodies(parse):
    """In the body of a page of words, and nothing of it beyond its place."""
    assert list(check_bodies(parse, range(0, len(BODIES) * (len(PAYLOADS) + len(BAD_ADDRESSES)), 7))) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_browser_finds_allowed_markup_only_in_every_body(parse, part):
    """The same, for each payload and each bad address in each kind of body."""
    assert list(check_bodies(parse, range(part, len(BODIES) * (len(PAYLOADS) + len(BAD_ADDRESSES)), PARTS))) == []


def visit(open_page, address, paths=OPENED, **options):
    """Opens pages of a site one after another -> {path of each: all that the browser read of it, when its scripts have run}, and whatever happened."""
    page = open_page("about:blank", **options)
    happened, read = [], {}
    page.on("dialog", lambda dialog: (happened.append(("dialog", dialog.message)), dialog.dismiss()))
    page.on("console", lambda message: happened.append(("console", message.text)))
    page.on("pageerror", lambda error: happened.append(("error", str(error))))
    page.on("requestfailed", lambda request: happened.append(("failed", request.url)))
    page.on("request", lambda request: request.url.startswith(f"{address}/") or happened.append(("request", request.url)))
    for path in paths:
        page.goto(f"{address}/{path}")
        page.evaluate(SETTLED)
        if path == "search/":
            page.wait_for_selector("[data-search][data-state=ready]", state="attached")
        flat, bad = page.evaluate(f"(words) => ({READ})(words)(document)", WORDS_FOR_READ)
        read[path] = NAME_OF_INDEX.sub(INDEX, folded(flat))
        happened += bad
        if page.evaluate("'pwned' in window || 'polluted' in {}"):
            happened.append(("ran", path))
    return read, happened


@pytest.mark.parametrize(("with_policy", "numbers"), [(True, (0,)), (False, (0, 520, 1040))], ids=["with the policy", "without it"])
def test_nothing_runs_where_payloads_are_opened(sites, open_page, with_policy, numbers):
    """Sites full of payloads, opened: no dialog, no error, no request but for our own files, and the same tags as with harmless words."""
    sites.build(FORM.entries_with())
    with served(sites.folder) as address:
        harmless, happened = visit(open_page, address, bypass_csp=not with_policy)
    assert happened == []
    for number in numbers:
        text = with_payloads(number)
        sites.build(FORM.entries_with(text))
        with served(sites.folder) as address:
            read, happened = visit(open_page, address, bypass_csp=not with_policy)
        assert [(number, path, found) for path, flat in harmless.items() if (found := difference(filled(flat, text), read[path]))] == []
        assert happened == []


def test_bypassing_the_policy_lets_code_run(sites, open_page):
    """The test above could fail: without the policy a handler in a page does run, and with it none does."""
    sites.build(FORM.entries_with())
    home = sites.folder / "index.html"
    home.write_text(home.read_text(encoding="utf-8").replace("<main", "<img src=x onerror=window.pwned=1><main", 1), encoding="utf-8")
    with served(sites.folder) as address:
        without, with_it = visit(open_page, address, [""], bypass_csp=True)[1], visit(open_page, address, [""])[1]
    assert ("ran", "") in without and ("ran", "") not in with_it and with_it != []


def page_of_words(data, slug, **changes):
    """An entry for a page of words."""
    return SimpleNamespace(kind="page", slug=slug, data=data | changes)


def ask(page, words):
    """Types words into the search box and presses Enter -> {slug: (title, note)} of the results."""
    before = int(page.get_attribute("[data-search]", "data-answers"))
    page.fill("input[type=search]", words)
    page.press("input[type=search]", "Enter")
    page.wait_for_function("n => +document.querySelector('[data-search]').dataset.answers > n", arg=before)
    rows = "rows => rows.map(row => [row.dataset.slug, [row.querySelector('h3').textContent, row.querySelector('h3 + p').textContent]])"
    return dict(page.eval_on_selector_all("[data-result]", rows))


@pytest.mark.parametrize(("with_policy", "step"), [(True, 60), (False, 15)], ids=["with the policy", "without it"])
def test_search_answers_in_text(sites, open_page, with_policy, step):
    """Pages whose titles and descriptions are payloads are found by their number and shown as typed; a payload typed into the box does nothing but search."""
    *others, page = FORM.entries_with()
    texts = [text[:500] for text in (*PAYLOADS[::step], *CODE)]
    words = [page_of_words(page.data, f"words-{number}", title=f"Zqq{number}zqq {text}", description=f"Note: {text}", also_known_as=[text])
             for number, text in enumerate(texts)]
    sites.build([*others, *words])
    with served(sites.folder) as address:
        page = open_page(f"{address}/search/", bypass_csp=not with_policy)
        happened = []
        page.on("dialog", lambda dialog: (happened.append(("dialog", dialog.message)), dialog.dismiss()))
        page.on("console", lambda message: happened.append(("console", message.text)))
        page.on("pageerror", lambda error: happened.append(("error", str(error))))
        page.on("request", lambda request: happened.append(("request", request.url)))
        page.wait_for_selector("[data-search][data-state=ready]", state="attached")
        page.fill("input[type=search]", "words")
        page.press("input[type=search]", "Enter")
        page.wait_for_selector("[data-result]")
        page.wait_for_load_state("networkidle")
        page.wait_for_function("() => [...document.querySelectorAll('[data-result]')].every(row => row.querySelector('h3 + p'))")
        happened.clear()  # what the page itself had to load, and what comes after a first answer
        for number, text in enumerate(texts):
            assert ask(page, f"zqq{number}zqq")[f"words-{number}"] == [f"Zqq{number}zqq {text}", f"Note: {text}"]
            assert ask(page, text) != {} or not text.strip()
        assert page.locator("main script, main img, main iframe, main [onerror], main [onload], main style").count() == 0
        assert page.evaluate("'pwned' in window || 'polluted' in {}") is False
        assert page.url == f"{address}/search/" and happened == []


def test_headings_named_like_parts_of_a_page_break_nothing(sites, open_page):
    """With headings that give ids to things of the page and of scripts, the exit, the skip link and the names of sections are as they were."""
    site, *others, page = FORM.entries_with()
    site.data["exit_target"] = EXIT_TARGET
    body = "".join(f"\n\n## {name}\n\nWords.\n\n<h3 id='{name}'>words</h3>" for name in NAMES)
    sites.build([site, *others, page_of_words(page.data, "words", body=body)])
    with served(sites.folder) as address:
        for leave in (lambda page: page.click("a[data-exit]"), lambda page: [page.keyboard.press("ShiftLeft") for _ in range(3)]):
            page = open_page(f"{address}/words/")
            without = page.evaluate("names => names.filter(name => !document.getElementById(name))", NAMES)
            assert without == ["form"]  # the name of a part of the page for changes, which no heading gets
            assert page.get_by_role("region", name="Talk to a person", exact=True).count() == 1
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.matches('main#main')")
            leave(page)
            page.wait_for_url(f"{EXIT_TARGET}/**")
