"""The file to carry, as it is written: what it holds, what it may run, how much it weighs (safety requirements 8, 13 and 14)."""
import base64
import copy
import hashlib
import json
import re
import shutil
import sys
from dataclasses import replace

import pytest

from browser_tools import build
from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import addresses, bundle, check

sys.path.insert(0, str(ROOT / "scripts"))

MOST = 1_500_000  # bytes, for 300 listings


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """The file of Saltmarsh."""
    return (build(GOOD, tmp_path_factory.mktemp("good") / "output") / addresses.ONE_FILE).read_text(encoding="utf-8")


def within(text, tag):
    """The contents of every element of that name without attributes."""
    return re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)


def test_it_may_run_what_stands_in_it_and_nothing_else(text):
    """The policy allows each script and the sheet by its fingerprint, pictures that stand in it, and nothing else; no attribute is a script or a style."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    expected = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in within(text, "script")]
    assert len(expected) == 3 and rules.pop("script-src").split(" ") == expected
    sheet, = within(text, "style")
    assert rules.pop("style-src") == f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"
    assert rules == {"default-src": "'none'", "img-src": "data:", "form-action": "'none'", "base-uri": "'none'"}
    assert re.findall(r'<[a-z][^>]* (?:on\w+|style|src(?!="data:))="', text) == [] and re.findall(r"url\((?!\"data:|data:)", sheet) == []


def test_its_links_are_numbers_and_its_name_says_nothing(text, good_directory):
    """No link of the file names a crime type, an area or an organisation; neither do its name and its title."""
    assert addresses.ONE_FILE == "offline/information.html"
    assert re.search("<title>(.*?)</title>", text)[1] == "Information – Help in Saltmarsh"
    links = set(re.findall(r'href="#([^"]*)"', text))
    plain = {"main", "start", "providers", "read", "any-crime", "${number}"}
    assert {link for link in links - plain if not re.fullmatch(r"[caow]\d+(-\d+)?", link)} == set()
    assert {link for link in links if f'id="{link}"' not in text and "$" not in link} == set()
    elements = text.split('<script type="application/json"')[0]
    assert re.findall(r'href="(?!#|https://|tel:|sms:|mailto:|data:)[^"]*"', elements) == []
    ids = re.findall(r' id="([^"]*)"', elements)
    assert len(ids) == len(set(ids)) > len(good_directory.crime_types)


def test_each_open_listing_stands_in_it_once(text, good_directory):
    """Every listing that is open is there, as a card, once; one that is not open is named, with what to use instead."""
    cards = re.findall(r'<article class="item" data-listing="([^"]*)"', text)
    assert sorted(cards) == sorted(listing.key for listing in good_directory.every_listing if listing.service.is_open)
    assert "This service is not open any more." in text and "Use this instead:" in text


def test_999_comes_first_with_every_way_to_reach_it(text, good_directory):
    """The number, every way to reach it, the day of the copy and the hub's number stand before any listing, in that order."""
    ways = good_directory.site.emergency.ways
    expected = ['class="btn red', *(f"<strong>{way.name}.</strong>" for way in ways), "This copy was made on", 'class="hub"', "data-listing"]
    order = [text.index(words) for words in expected]
    assert order == sorted(order)
    assert "made on <span data-made=\"2026-03-01\">1 March 2026</span>. Numbers may have changed since then. Check them after 31 March 2026" in text


def test_the_same_day_gives_the_same_bytes(text, tmp_path):
    """A second build is byte-identical."""
    assert (build(GOOD, tmp_path / "output") / addresses.ONE_FILE).read_text(encoding="utf-8") == text


def test_three_hundred_listings_fit(tmp_path):
    """The real directory, with entries repeated until they are 300 services, stays below the limit."""
    from pelican import Pelican, console

    from _builder import settings

    console.quiet = True
    entries, problems = check.check(ROOT, SCHEMA, TODAY)
    assert problems == []
    site = tmp_path / "site"
    for folder in ("content", "providers"):
        shutil.copytree(ROOT / folder, site / folder)
    (site / "pelicanconf.py").touch()
    providers = [entry for entry in entries if entry.kind == "provider"]
    count, number = sum(len(entry.data["services"]) for entry in providers), 0
    while count < 300:
        entry = providers[number % len(providers)]
        number += 1
        data = copy.deepcopy(entry.data)
        data["name"] += f" {number}"
        again = replace(entry, slug=f"{entry.slug}-{number}", data=data)
        entries.append(again)
        shutil.copy(site / entry.path, site / f"providers/{again.slug}.yaml")
        count += len(data["services"])
    Pelican(settings(site, tmp_path / "output", TODAY, "") | {"DIRECTORY_READ": lambda: (entries, (), [])}).run()
    file = tmp_path / "output" / addresses.ONE_FILE
    assert file.read_text(encoding="utf-8").count('<article class="item"') >= 280
    assert file.stat().st_size <= MOST


def test_what_stands_in_the_data_cannot_end_it(text):
    """The data of the search holds no bracket that could end its element, and is whole."""
    data = re.search(r'<script type="application/json" id="files">(.*?)</script>', text, re.DOTALL)[1]
    assert "<" not in data and any(path.startswith("search/first.") for path in json.loads(data))


# ---- modules as one script

def test_modules_become_one_script():
    """Imports for names, for their work and for later are known, and each module stands behind what it needs."""
    script = bundle.classic({
        "a": 'import { b, c } from "./b.js";\nimport "./d.js";\nimport("./e.js").then((e) => e.go(b, c));', "d": "work();", "unused": "never();",
        "b": 'export const b = 1;\nexport function c() {}\nexport async function more() {}', "e": 'import { b } from "./b.js";\nexport function go() {}',
    }, "a")
    assert 'const { b, c } = need("b");' in script and 'need("d");' in script and 'Promise.resolve().then(() => need("e"))' in script
    assert "return { b, c, more };" in script and "never" not in script and not re.search(r"^(import|export) ", script, re.MULTILINE)
    assert script.index('"b"()') < script.index('"a"()')


@pytest.mark.parametrize("line", ["export default 1;", "export { a };", "export let a = 1;", 'import * as b from "./b.js";', 'import { a as c } from "./b.js";',
                                  'import b from "lunr";', "const a = import(name);", "const a = import.meta.url;", 'const a = "</script>";'])
def test_a_form_that_is_not_known_is_refused(line):
    """What would mean something else in one script stops the build, with module and line."""
    with pytest.raises(ValueError, match=r"^first\.js, line 2: "):
        bundle.classic({"first": f"const x = 1;\n{line}\n", "b": ""}, "first")


def test_modules_that_need_each_other_and_ones_that_are_missing_are_refused():
    """A circle, and a module that is not there, are named."""
    with pytest.raises(ValueError, match="one needs two needs one"):
        bundle.classic({"one": 'import "./two.js";', "two": 'import "./one.js";'}, "one")
    with pytest.raises(ValueError, match=r"one needs two\.js, which is not there"):
        bundle.classic({"one": 'import("./two.js");'}, "one")
