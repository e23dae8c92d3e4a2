"""Many areas and many providers: no page grows with their number but the lists of them, and everything is still reached by links from the first page."""
import html.parser
import json
import posixpath
import re
from types import SimpleNamespace

import pytest

import many
from browser_tools import build
from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from site_audit import engines
from support_directory import addresses, check, directory, headers, one_file, pages, professionals_pages, ranges, saving

MOST = 120_000  # bytes of a page
MOST_OF_A_LIST = 60_000
FEW = 8  # areas that a page which is no list of them may lead to: a service of the made-up site helps in seven at most


class Links(html.parser.HTMLParser):
    """`links`: where each link of a page leads; `ids`: its anchors; `files`: the files that its form can load."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.files = [], [], {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a":
            self.links.append(attributes["href"])
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "data-file" in attributes:
            self.files[attributes["value"]] = attributes["data-file"]


def joined(path, link):
    """A link of the page in this file -> the path that it leads to."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
    return f"{target}/index.html".removeprefix("./") if link.partition("#")[0].endswith("/") or not posixpath.splitext(target)[1] else target


def read_site(output):
    """The folder of a site -> {path of each page: Links, with the pages that they lead to}."""
    found = {}
    for file in output.rglob("*.html"):
        path = file.relative_to(output).as_posix()
        if not path.startswith(one_file_names()):
            found[path] = Links(file.read_text(encoding="utf-8"))
            found[path].to = {joined(path, link) for link in found[path].links if not re.match("https:|tel:|sms:|mailto:|#", link)}
    return found


def one_file_names():
    """How the names of files to carry begin."""
    return addresses.ONE_FILE, addresses.ONE_FILE_BEGINS


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with many of all: its folder, its directory, and its pages."""
    folder = many.write(tmp_path_factory.mktemp("many") / "site")
    entries, problems = check.check(folder, SCHEMA, TODAY)
    assert problems == []
    output = build(folder, tmp_path_factory.mktemp("many") / "output", TODAY.isoformat())
    return SimpleNamespace(output=output, found=directory.build(entries), pages=read_site(output))


def areas_of(site, page):
    """The areas that a page leads to, in whatever way."""
    slugs = {area.slug for area in site.found.areas}
    return {name for path in page.to for name in (*path.removesuffix("/index.html").split("/"), path.split("information-")[-1].removesuffix(".html"))} & slugs


# ---- areas

def test_only_lists_of_areas_name_many(site):
    """No page leads to more than a few areas, but for those that are there to choose one."""
    lists = {path for path, page in site.pages.items() if len(areas_of(site, page)) > FEW}
    crimes = [crime_type.slug for crime_type in site.found.crime_types if crime_type.slug != many.ASKED]
    assert lists == {"areas/index.html", "professionals/index.html", "offline/index.html", f"start/where/{many.ASKED}/index.html",
                     *(f"help/{slug}/index.html" for slug in crimes), *(f"handouts/{crime.slug}/list/1/index.html" for crime in site.found.crime_types)}
    assert all(len(areas_of(site, site.pages[path])) == many.AREAS for path in lists)


def test_a_page_of_help_leads_to_another_area(site):
    """Beside all areas together there is one link: to the last question where there is one, or else to the page that lets somebody choose."""
    area = site.found.areas[0].slug
    for crime_type in site.found.crime_types:
        text = (site.output / f"help/{crime_type.slug}/{area}/index.html").read_text(encoding="utf-8")
        link, = re.findall(r'<a class="btn" href="([^"]*)">Another area</a>', text)
        where = f"start/where/{many.ASKED}/" if crime_type.slug == many.ASKED else f"help/{crime_type.slug}/"
        assert link == f"../../../{where}"
        assert "All of Sampleshire" in text and 'aria-current="page">' in text
        here = (site.output / f"help/{crime_type.slug}/index.html").read_text(encoding="utf-8")
        assert re.search(r'<a class="btn call" href="([^"]*)">Choose your area', here)[1] == ("../../" + where if crime_type.slug == many.ASKED else "#areas")


def test_local_help_is_counted_where_no_area_is_chosen(site):
    """The page of a crime type for all areas has no local listings: it says how many there are."""
    for crime_type in site.found.crime_types:
        text = (site.output / f"help/{crime_type.slug}/index.html").read_text(encoding="utf-8")
        found = site.found.listings(crime_type.slug)
        shown = set(re.findall(r'data-listing="([^"]*)"', text))
        assert not shown & {listing.key for listing in found.local}
        assert {listing.key for listing in found.force_wide + found.national} <= shown and f"{len(found.local)} services help in one part" in text


def test_every_anchor_that_a_page_leads_to_is_there_and_stands_once(site):
    """Letters to jump to are there, and no id stands twice."""
    for path, page in site.pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids), path


# ---- everything is reached, and nothing is large

def test_every_page_is_reached_from_the_first(site):
    """By links alone, without the search: every page that is there, so every area, every pair with a crime type, every provider and its cards.

    What is to be printed and handed on has no link to it anywhere: professionals are told of it.
    """
    seen, left = set(), ["index.html", "handouts/index.html"]
    while left:
        path = left.pop()
        if path not in seen:
            seen.add(path)
            left += site.pages[path].to & site.pages.keys()
    unseen = site.pages.keys() - seen
    posters = {path for path in unseen if path.startswith(f"handouts/{site.found.site.not_sure}/")}  # nobody puts up a poster for "not sure"
    assert unseen - posters == {"404.html", "offline/not-saved/index.html", "offline/removed/index.html"}
    assert {f"providers/{provider.slug}/index.html" for provider in site.found.providers} <= seen
    assert {f"areas/{area.slug}/index.html" for area in site.found.areas} <= seen
    assert [(path, target) for path, page in site.pages.items() if path != "404.html" for target in page.to if not (site.output / target).is_file()] == []


def test_no_page_is_large(site):
    """Each page stays small enough for an old phone, and each list is smaller still."""
    sizes = {path: (site.output / path).stat().st_size for path in site.pages}
    assert {path: size for path, size in sizes.items() if size > MOST} == {}
    assert {path: size for path, size in sizes.items() if size > MOST_OF_A_LIST and ("/list/" in path or path.count("/") < 2)} == {}


def test_pages_that_are_there_for_many_have_no_fault(site):
    """html-validate finds nothing on one of each kind."""
    kinds = ("areas/", f"start/where/{many.ASKED}/", "help/not-sure/", "providers/", "providers/list/2/", "providers/list/4/", "professionals/",
             "professionals/all/", "handouts/", "handouts/list/1/", "handouts/theft/", "handouts/theft/list/1/", "offline/", "update/", "update/list/1/", "")
    assert list(engines.html_validate(site.output, [f"/{kind}" for kind in kinds])) == []


# ---- providers

def test_providers_are_listed_in_pieces(site):
    """The list of all leads to pieces that say from which name to which they go; together they have each provider once, the closed ones last."""
    first = (site.output / "providers/index.html").read_text(encoding="utf-8")
    pieces = re.findall(r'<li><a href="\.\./(providers/list/\d+/)"><b>(.*?)</b>', first)
    listed = []
    for address, title in pieces:
        text = (site.output / address / "index.html").read_text(encoding="utf-8")
        names = re.findall(r'<a href="\.\./\.\./\.\./providers/([a-z0-9-]+)/">(.*?)</a>', text.split("<main")[1])
        assert len(names) <= ranges.A_PAGE and title.removeprefix("Not open any more: ") == f"{names[0][1]} to {names[-1][1]}"
        listed.append([slug for slug, _ in names])
    closed = {provider.slug for provider in site.found.providers if not provider.is_open}
    assert len(closed) == many.CLOSED == len(listed[-1]) and set(listed[-1]) == closed and pieces[-1][1].startswith("Not open")
    assert sorted(slug for slugs in listed for slug in slugs) == sorted(provider.slug for provider in site.found.providers)


def test_the_form_for_a_provider_is_where_its_listing_leads(site):
    """Whoever says from a listing that something is wrong comes to a page on which that provider can be chosen, and its file is there."""
    for provider in site.found.providers:
        path = f"providers/{provider.slug}/index.html"
        link, = {link for link in site.pages[path].links if link.endswith(f"#{provider.slug}")}
        target = joined(path, link)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(target), site.pages[target].files[provider.slug]))
        assert (site.output / file).is_file() and len(site.pages[target].files) <= ranges.A_PAGE


@pytest.mark.parametrize(("count", "lengths"), [(1, [1]), (200, [200]), (201, [100, 101]), (1000, [200] * 5), (0, [])])
def test_pieces_are_about_as_long_as_each_other(count, lengths):
    """As few as can be, none longer than a page, and all of them together are the list."""
    pieces = ranges.pieces(list(range(count)))
    assert list(map(len, pieces)) == lengths and [number for piece in pieces for number in piece] == list(range(count))


# ---- professionals

def test_professionals_have_a_page_for_each_area(site):
    """Each open service stands in full on the page of each of its areas, or on that of what helps anywhere; each page has its shortlist, and its lines."""
    for area in (*site.found.areas, None):
        path = f"professionals/{area.slug if area else 'all'}/index.html"
        text = (site.output / path).read_text(encoding="utf-8")
        shown = re.findall(r'<li data-listing="([^"]*)"', text)
        expected = [listing.key for listing in site.found.every_listing if listing.service.is_open and (
            area.slug in listing.service.coverage if area and isinstance(listing.service.coverage, tuple) else
            not area and isinstance(listing.service.coverage, str))]
        assert sorted(shown) == sorted(expected) and "js/shortlist.js" in text and "data-shortlist" in text
        assert ("First: is somebody not safe?" in text, "council" in text) == (bool(area), bool(area))
        assert path in site.pages["professionals/index.html"].to


# ---- what is carried and saved

def test_each_area_has_its_file_to_carry(site):
    """It holds each open listing that helps there, once, and no other; its search knows those alone; its links are numbers that lead somewhere."""
    assert not (site.output / addresses.ONE_FILE).exists()
    assert len(list(site.output.glob("offline/information-*.html"))) == many.AREAS
    for area in site.found.areas[:4]:
        text = (site.output / addresses.one_file(area.slug)).read_text(encoding="utf-8")
        expected = sorted(listing.key for listing in site.found.every_listing if listing.service.is_open and (
            isinstance(listing.service.coverage, str) or area.slug in listing.service.coverage))
        assert sorted(re.findall(r'<article class="item" data-listing="([^"]*)"', text)) == expected
        files = json.loads(re.search(r'<script type="application/json" id="files">(.*?)</script>', text, re.DOTALL)[1])
        first, = (held for path, held in files.items() if path.startswith("search/first."))
        assert sorted(row[0] for row in first["listings"]) == expected
        assert (first["areas"], set(first["parts"]), set(first["places"].values())) == ({area.slug: area.name}, {"all", area.slug}, {area.slug})
        known, = ([row[0] for row in held] for path, held in files.items() if path.startswith("search/names."))
        assert set(known) >= {key.split("/")[0] for key in expected}
        assert {share[0] for shares in first["outward"].values() for share in shares} == {area.slug}
        elements = text.split('<script type="application/json"')[0]
        links = set(re.findall(r'href="#([^"]*)"', elements))
        assert links <= set(re.findall(r' id="([^"]*)"', elements)) and "c1-1" in links
        assert re.findall(r'href="(?!#|https://|tel:|sms:|mailto:|data:)[^"]*"', elements) == []
        assert f"This file is for <strong>{area.name}</strong>" in text


def test_the_page_about_saving_leads_to_the_files(site):
    """By area; a browser keeps each under a name that says nothing; a host sends them as what they are, and the saved copy has none of them."""
    text = (site.output / "offline/index.html").read_text(encoding="utf-8")
    links = dict(re.findall(r'<a class="btn" href="\.\./(offline/information-[^"]*)" download="([^"]*)"', text))
    assert len(links) == many.AREAS and set(links.values()) == {"information.html"}
    rules = headers.parsed((site.output / headers.PATH).read_text(encoding="utf-8"))
    assert all(headers.TO_CARRY in headers.of(f"/{address}", rules) for address in links)
    assert "information-" not in (site.output / saving.LIST).read_text(encoding="utf-8")


def test_a_site_of_too_many_pages_is_not_offered_to_be_saved(good_directory, monkeypatch, tmp_path):
    """The page says so in plain words, there is no list, and the worker is the one that takes away what was saved before."""
    planner = pages.Planner(good_directory)
    assert planner.offline(saving.MOST_PAGES).content.is_allowed and not planner.offline(saving.MOST_PAGES + 1).content.is_allowed
    from pelican import Pelican, console

    from _builder import settings

    console.quiet = True
    monkeypatch.setattr(saving, "MOST_PAGES", 10)
    entries, _ = check.check(GOOD, SCHEMA, TODAY)
    Pelican(settings(GOOD, tmp_path / "output", TODAY, "") | {"DIRECTORY_READ": lambda: (entries, (), [])}).run()
    text = (tmp_path / "output/offline/index.html").read_text(encoding="utf-8")
    assert "You cannot save this site on your device: it has too many pages." in text and "data-save>" not in text
    assert not (tmp_path / "output" / saving.LIST).exists()
    assert "unregister()" in (tmp_path / "output" / saving.WORKER).read_text(encoding="utf-8")


# ---- a small site

def test_a_small_site_has_none_of_it(tmp_path, good_directory):
    """No pieces, one file to carry, one page for professionals; and what pages and scripts call many areas is the same number."""
    output = build(GOOD, tmp_path / "output")
    assert list(output.rglob("list/*/index.html")) == [] and (output / addresses.ONE_FILE).is_file()
    assert [path.parent.name for path in output.glob("professionals/**/index.html")] == ["professionals"]
    assert "Another area</a>" not in (output / "help/burglary/harbour/index.html").read_text(encoding="utf-8")
    script = (ROOT / "theme/static/js/loading.js").read_text(encoding="utf-8")
    assert int(re.search(r"MOST_PARTS = (\d+)", script)[1]) == directory.MOST_AREAS
    assert not (good_directory.has_many_areas or good_directory.has_many_providers or one_file.is_too_large(good_directory))
    assert len(good_directory.every_listing) < professionals_pages.MOST_SERVICES
