"""Words of the police and the courts lead to where they are explained: once on a page, a few only, and never where a link would be in the way."""
import re
import shutil
import subprocess
import sys

import pytest
from markupsafe import Markup

from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import anchors, check, directory, glossary, pages

GLOSSARY = """---
title: Words explained
description: Words in plain English.
---
You need none of these.

## A to M

### Compensation

Money for harm. See [the hub's page](/about/).

### Hub

Ring it. See [the hub](/providers/saltmarsh-hub/).

### MASH

A team of the council.

## N to Z

### Victims' Code

Your rights.

### Witness

Somebody who saw it.

### Witness Service

It helps a witness.
"""
LINK = re.compile(r'<a href="([^"]*glossary/#[^"]*)">([^<]*)<span class="vh">, what it means</span></a>')


def made(body):
    """The glossary with these ### words."""
    return glossary.Glossary(pages.html(body, ""), "providers/saltmarsh-hub/")


WORDS = made(GLOSSARY.split("---\n", 2)[2])


def linked(*texts, address="privacy/", words=WORDS):
    """The links that the texts of one page get, as [(where, word)]."""
    link = words.of_page(address, "../")
    return [row for text in texts for row in LINK.findall(link(text))]


def test_the_first_use_of_a_word_leads_to_its_explanation():
    """The word itself is the link, as it is written, in the plural too; the second time it is plain, in another text of the page as well."""
    assert linked(Markup("<p>Witnesses and a witness.</p>"), "A witness.") == [("../glossary/#witness", "Witnesses")]
    assert linked("The Victims’ Code.") == [("../glossary/#victims-code", "Victims’ Code")]
    assert linked("Your Victims' Code.") == [("../glossary/#victims-code", "Victims&#39; Code")]


def test_the_longer_word_counts():
    """The Witness Service is not a witness, also where it was linked before."""
    assert linked("The Witness Service. The Witness Service.") == [("../glossary/#witness-service", "Witness Service")]


def test_short_forms_are_capitals():
    """MASH is a team, mash is food, and no part of a word or of a longer name counts."""
    assert linked("mash Mash MASHED eye-witness witness-box") == []
    assert linked("The MASH.") == [("../glossary/#mash", "MASH")]


@pytest.mark.parametrize("html", [
    '<h2 id="witness">Witness</h2>', "<h3>A witness</h3>", '<a href="/x/">a <strong>witness</strong> here</a>', "<button>Witness</button>",
    '<table><thead><tr><th>Witness</th></tr></thead></table>', '<p title="a > witness">No.</p>', '<a href="https://example.org/?a=1>2">witness</a>',
])
def test_never_inside_a_link_a_heading_a_button_or_a_tag(html):
    """There the text stays as it is, byte for byte; after it, the word is linked."""
    link = WORDS.of_page("privacy/", "../")
    assert link(Markup(html)) == html
    assert LINK.search(link(Markup("<p>A witness.</p>")))


def test_not_where_nobody_needs_it():
    """Not on the glossary, not on the page to which the explanation leads, nor below it, and not for the hub that stands at the foot of every page."""
    assert linked("Compensation for a witness", address="glossary/") == []
    assert linked("Compensation", address="about/") == [] and linked("Compensation", address="about/us/") == []
    assert linked("Ring the hub.") == []
    assert linked("Compensation") == [("../glossary/#compensation", "Compensation")]


def test_a_handful_at_most():
    """The first five words are linked, whatever else follows."""
    many = made("".join(f"### Word{letter}\n\nIt.\n\n" for letter in "abcdefgh"))
    assert [word for _, word in linked("Wordh wordg wordf worde wordd wordc wordb", words=many)] == ["Wordh", "wordg", "wordf", "worde", "wordd"]
    few = made("### Worda\n\nIt.\n\n### Wordb\n\nIt.\n")
    assert [word for _, word in linked("worda wordb worda", words=few)] == ["worda", "wordb"]


def test_what_an_editor_types_stays_text():
    """Signs of HTML in a plain text are escaped as ever, and words of the glossary can do no harm either."""
    link = WORDS.of_page("privacy/", "../")
    assert link("<script>witness</script> & co") == (
        '&lt;script&gt;<a href="../glossary/#witness">witness<span class="vh">, what it means</span></a>&lt;/script&gt; &amp; co')
    odd = made("### A & B (c) [d]* \\\\\n\nIt.\n")
    assert linked("See A & B (c) [d]* \\ there.", words=odd)[0][1] == "A &amp; B (c) [d]* \\"


def test_anchors_are_those_of_the_page():
    """The address that editors are told of is the one that the page has, for whatever is written in a heading."""
    for heading in ("Witness", "Victims' Code", "Victims’ Code", "Third-party reporting", "Café 2", "A_b", "*Bold* word", "A / B", "CPS."):
        html = pages.html(f"### {heading}\n\nIt.\n", "")
        assert re.findall('id="([^"]*)"', html) == [anchors.anchor(heading)], heading


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Saltmarsh with a glossary, and with words of it on several pages."""
    folder = tmp_path_factory.mktemp("glossary") / "site"
    shutil.copytree(GOOD, folder)
    (folder / "content/pages/glossary.md").write_text(GLOSSARY, encoding="utf-8")
    for path, old, new in (("content/pages/safety.md", "Your browser keeps", "Tell a witness of the Witness Service. Your browser keeps"),
                           ("providers/harbour-advice.yaml", "A charity that listens", "A charity that listens to every witness")):
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    path = folder / "content/crime-types/burglary.yaml"
    path.write_text(re.sub("^description: .*", "description: Did a witness see who came into your home?", path.read_text(encoding="utf-8"), flags=re.MULTILINE),
                    encoding="utf-8")
    return folder


def test_pages_of_words_of_help_and_of_providers_are_linked(site):
    """At every depth the link leads to the glossary from there, so that a site under a sub-path works too; the description for search engines is plain."""
    entries, problems = check.check(site, SCHEMA, TODAY)
    assert problems == []
    found = {page.address: page for page in pages.plan(directory.build(entries))}
    assert LINK.findall(found["safety/"].content.body) == [("../glossary/#witness", "witness"), ("../glossary/#witness-service", "Witness Service")]
    assert LINK.findall(found["help/burglary/"].content.crime_type.description) == [("../../glossary/#witness", "witness")]
    assert LINK.findall(found["help/burglary/harbour/"].content.crime_type.description) == [("../../../glossary/#witness", "witness")]
    assert LINK.findall(found["providers/harbour-advice/"].content.provider.about) == [("../../glossary/#witness", "witness")]
    assert "<" not in found["help/burglary/"].description + found["providers/harbour-advice/"].description
    assert LINK.findall(found["glossary/"].content.body) == []


def test_every_link_leads_to_a_heading_that_is_there(site, tmp_path):
    """In the finished site each such link is a link of the page and leads to an id of the glossary."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(tmp_path / "output"), "--date", "2026-03-01"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    ids = set(re.findall('id="([^"]*)"', (tmp_path / "output/glossary/index.html").read_text(encoding="utf-8")))
    count = 0
    for path in (tmp_path / "output").rglob("*.html"):
        for target, _ in LINK.findall(path.read_text(encoding="utf-8")):
            address, _, anchor = target.partition("#")
            assert (path.parent / address / "index.html").resolve() == tmp_path / "output/glossary/index.html"
            assert anchor in ids
            count += 1
    assert count >= 6


def test_without_a_glossary_nothing_is_linked():
    """A force without the page has its texts as they are."""
    entries, _ = check.check(GOOD, SCHEMA, TODAY)
    assert "glossary" not in str([page.content for page in pages.plan(directory.build(entries))])
