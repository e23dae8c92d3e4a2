"""Step by step to the right help: every way through the questions, walked through the links of the pages as they are built."""
import html.parser
import itertools
import posixpath
import re
import shutil
from types import SimpleNamespace

import pytest

from browser_tools import ROOT, build
from saltmarsh import GOOD, SCHEMA, TODAY
from support_directory import affected, changes, check, directory, journey

MOST_STEPS = 5
HELP = ("help/",)
ENTRANCES = ("index.html", "help/index.html", "search/index.html", "404.html")


class Answers(html.parser.HTMLParser):
    """`links`: every link of a page; `answers`: those of them that stand in its list of answers; `forms`: what somebody could fill in."""

    def __init__(self, text):
        super().__init__()
        self.links, self.answers, self.forms, self._in_answers = [], [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "nav":
            self._in_answers = attributes.get("aria-label") == "Answers"
        elif tag == "a":
            self.links.append(attributes["href"])
            self.answers += [attributes["href"]] if self._in_answers else []
        elif tag in ("form", "input", "button", "select", "textarea"):
            self.forms.append(tag)

    def handle_endtag(self, tag):
        self._in_answers = self._in_answers and tag != "nav"


@pytest.fixture(scope="module", params=["good", "real"])
def built(request, tmp_path_factory):
    """The made-up force and the project's own site: the folder, what was read, and a page's answers by its path."""
    site = GOOD if request.param == "good" else ROOT
    output = build(site, tmp_path_factory.mktemp(request.param) / "output", "2026-11-29")
    entries, problems = check.check(site, SCHEMA, TODAY)
    assert problems == []
    read = {path.relative_to(output).as_posix(): Answers(path.read_text(encoding="utf-8")) for path in output.glob("start/**/index.html")}
    return SimpleNamespace(name=request.param, output=output, found=directory.build(entries), pages=read)


def walks(pages, here="start/index.html", before=()):
    """Every way from a page along its answers to a page that asks nothing, as paths of files."""
    assert here not in before, f"a loop: {before} > {here}"
    way = (*before, here)
    if here not in pages:
        yield way
        return
    assert pages[here].answers, f"a dead end: {way}"
    for link in pages[here].answers:
        yield from walks(pages, posixpath.normpath(posixpath.join(posixpath.dirname(here), link, "index.html")), way)


def test_every_way_ends_at_help_within_five_steps(built):
    """Whatever somebody answers, at most five links after the first question a page of help or of words is there."""
    ways = list(walks(built.pages))
    assert len(ways) > (5 if built.name == "good" else 300)
    for way in ways:
        assert len(way) - 1 <= MOST_STEPS, way
        assert (built.output / way[-1]).is_file(), way
        assert way[-1].startswith("help/") or posixpath.dirname(way[-1]) in {page.slug for page in built.found.written_pages}, way


def test_every_area_can_be_chosen_on_every_way_to_help(built):
    """A way to a crime type goes on to each area of the site, and to the page for those who would rather not say; nearly all crime types are reached."""
    reached = {way[-1] for way in walks(built.pages) if way[-1].startswith(HELP)}
    crimes = {path.split("/")[1] for path in reached}
    every = {f"help/{crime}/{area}index.html" for crime, area in itertools.product(crimes, ("", *(f"{area.slug}/" for area in built.found.areas)))}
    assert reached == every
    assert crimes <= {crime_type.slug for crime_type in built.found.crime_types}
    assert len(crimes) >= (3 if built.name == "good" else 25)


def test_every_page_of_the_questions_is_on_a_way(built):
    """No page is built that no answer leads to."""
    assert {page for way in walks(built.pages) for page in way[:-1]} == set(built.pages)


def test_an_answer_is_only_a_link(built):
    """There is nothing to fill in, and no link carries more than the path of the next page."""
    for path, page in built.pages.items():
        assert page.forms == [], path
        assert [link for link in page.links if "?" in link or (link.startswith(".") and "#" in link)] == [], path


def test_titles_do_not_say_what_was_answered(built):
    """What stays in the history says that questions were asked, and not which: titles are told apart by numbers."""
    titles = {path.read_text(encoding="utf-8").split("<title>")[1].split(" –")[0] for path in built.output.glob("start/**/index.html")}
    assert {re.sub(r"[0-9]+$", "", title) for title in titles} == {"Find help: question ", "Find help: where, list "}


def test_the_questions_are_found_from_the_pages_that_ask_what_happened(built):
    """Home, the list of crime types, the search and the page for what is missing lead to the first question; so does the saved copy."""
    for path in ENTRANCES:
        page = Answers((built.output / path).read_text(encoding="utf-8"))
        assert [link for link in page.links if link.endswith("start/")], path
    saved = next(built.output.glob("offline/*.json")).read_text(encoding="utf-8")
    assert [path for path in built.pages if posixpath.dirname(path) + "/" not in saved] == []


def test_a_way_back_names_only_questions_that_were_asked(good_directory):
    """Where two ways lead to a page, only what lies on both stands above it."""
    asked, before_help = good_directory.start.asked_before()
    assert {slug: [question.slug for question in before] for slug, before in asked.items()} == {"safe": [], "who": ["safe"], "happened": ["safe"]}
    assert [question.slug for question in before_help["stalking"]] == ["safe"]
    assert [question.slug for question in before_help["burglary"]] == ["safe", "happened"]


def test_a_site_without_questions_has_no_link_to_them(tmp_path):
    """The file may be left out: then there is no such page, and nothing leads to one."""
    shutil.copytree(GOOD, tmp_path / "site")
    (tmp_path / "site/content/start.yaml").unlink()
    output = build(tmp_path / "site", tmp_path / "output")
    assert not (output / "start").exists()
    for path in output.rglob("*.html"):
        assert [link for link in Answers(path.read_text(encoding="utf-8")).links if link.endswith("start/")] == [], path


def test_the_file_to_carry_leads_to_none_of_the_questions(built):
    """The questions are on the website only: no link in that file leads to where they are not."""
    links = Answers((built.output / "offline/information.html").read_text(encoding="utf-8")).links
    assert len(links) > 50 and [link for link in links if "start/" in link] == []


def test_a_change_of_an_answer_is_told_and_reaches_its_pages(good_entries):
    """Who proposes other words reads which; the page of that question is named, and where questions come or go as a whole, that is said."""
    others = [entry for entry in good_entries if entry.kind != "start"]
    old, = (entry for entry in good_entries if entry.kind == "start")
    questions = [*old.data["questions"][:2], {**old.data["questions"][2], "hint": "Choose one."}]
    before, after, without = (directory.build(entries) for entries in (
        good_entries, [*others, SimpleNamespace(kind="start", slug="start", data={**old.data, "questions": questions})], others))
    group, = changes.between(before, after)
    assert group.name == "Step by step to the right help" and "Choose one." in " ".join(change.text for change in group.changes)
    assert [page.address for page in affected.between(before, after)[0].changed] == ["start/happened/"]
    assert ["Taken off" in group.changes[0].text for group in changes.between(before, without)] == [True]
    assert ["New" in group.changes[0].text for group in changes.between(without, after)] == [True]


def test_a_long_loop_is_named_at_once(good_entries):
    """Questions that lead in a circle are one problem that names them in order, however many ways there are through them."""
    entry, = (entry for entry in good_entries if entry.kind == "start")
    chain = [{"slug": f"q{n}", "question": "?", "answers": [{"text": f"answer {m}", "ask": f"q{n + 1}"} for m in range(20)]} for n in range(39)]
    long = SimpleNamespace(data={**entry.data, "first": "q0", "questions": [*chain, {"slug": "q39", "question": "?", "answers": [{"text": "a", "ask": "q0"}]}]},
                           problem=lambda path, words: words[0], places={})
    found = list(journey.duties(long))
    assert len(found) == 1 and " > ".join(f"q{n}" for n in range(10, 30)) in found[0]
