"""News: articles, their pages, their feed."""
import datetime
import subprocess
import sys
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest

from saltmarsh import GOOD, ROOT
from support_directory import news, news_pages, pages

URL = "https://saltmarsh.example.org/help-me/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """Saltmarsh, built for its public address."""
    folder = tmp_path_factory.mktemp("news") / "output"
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(GOOD), "--output", str(folder), "--date", "2026-03-01", "--url", URL]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder


@pytest.fixture(scope="module")
def feed(output):
    """The feed, as a parser of XML reads it."""
    return ET.parse(output / "news/feed.atom").getroot()


def said(element, tag):
    """The words of an element within another."""
    return element.find(f"a:{tag}", ATOM).text


def test_the_newest_article_stands_first(good_directory):
    """Articles go from new to old; of one whose day is not known the month counts."""
    assert [(article.slug, article.date) for article in good_directory.news] == [("hub-opens", "2025-03-04"), ("first-plans", "2024-11")]
    entries = [SimpleNamespace(slug=date, data={"title": date, "description": "", "body": "", "date": date, "checked": {
        "date": "2020", "source": "x", "confidence": "confirmed"}}) for date in ("2016-03", "2022-11-17", "2016-02-29", "2016-03-01")]
    assert [article.date for article in news.of(entries)] == ["2022-11-17", "2016-03-01", "2016-03", "2016-02-29"]


def test_the_feed_holds_every_article_with_whole_addresses(feed, output):
    """Each entry of the feed leads to a page that is there, the newest first, and dates are moments, as Atom wants them."""
    rows = [(said(entry, "title"), said(entry, "id"), said(entry, "updated")) for entry in feed.findall("a:entry", ATOM)]
    assert rows == [("The hub opens", f"{URL}news/hub-opens/", "2025-03-04T00:00:00Z"), ("A hub is planned", f"{URL}news/first-plans/", "2024-11-01T00:00:00Z")]
    assert said(feed, "updated") == rows[0][2] and said(feed.find("a:author", ATOM), "name") == "Saltmarsh Cares"
    links = [link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert links == [f"{URL}news/feed.atom", f"{URL}news/", *(row[1] for row in rows)]
    assert all((output / address.removeprefix(URL) / "index.html").is_file() for _, address, _ in rows)


def test_the_page_of_news_leads_to_its_feed(output):
    """Browsers and people find the feed from the list of articles."""
    text = (output / "news/index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate" type="application/atom+xml" title="News" href="../news/feed.atom">' in text and ">News as a feed</a>" in text


def test_the_feed_is_the_same_each_time(good_directory):
    """The same articles give the same bytes, and words of an article cannot end its element."""
    planned = pages.plan(good_directory)
    text = news_pages.files(good_directory, planned, URL)["news/feed.atom"]
    assert text == news_pages.files(good_directory, pages.plan(good_directory), URL)["news/feed.atom"]
    index = next(page for page in planned if page.address == "news/")
    index.content.rows = [("</title><b>&", "]]>", "news/x/", "2025-01-02")]
    entry = ET.fromstring(news_pages.files(good_directory, [index], URL)["news/feed.atom"].split("\n", 1)[1]).find("a:entry", ATOM)
    assert (said(entry, "title"), said(entry, "summary")) == ("</title><b>&", "]]>")


def test_without_an_address_there_is_no_feed_and_no_link_to_one(good_directory):
    """A feed needs whole addresses; a site that does not know its own has none."""
    assert news_pages.files(good_directory, pages.plan(good_directory), "") == {}


def test_without_articles_there_is_nothing(good_directory):
    """A site without news has no page of it, no feed and no link at its foot."""
    found = SimpleNamespace(directory=SimpleNamespace(news=()))
    assert news_pages.pages(found) == [] and news_pages.files(found.directory, [], URL) == {} and news_pages.links(found.directory) == []
    assert [link.address for link in news_pages.links(good_directory)] == ["news/"]


def test_an_article_shows_its_day_its_source_and_where_it_leads(output):
    """An article says when it happened and where that comes from, and nothing of what is for editors only; its links lead within the site."""
    text = (output / "news/hub-opens/index.html").read_text(encoding="utf-8")
    assert "<p class=\"soft\">4 March 2025</p>" in text and "<li>Saltmarsh Echo</li>" in text and "Only editors" not in text
    assert 'href="../../providers/saltmarsh-hub/"' in text
    assert (output / "providers/saltmarsh-hub/index.html").is_file()


def test_the_articles_of_the_project_are_dated_by_what_they_tell(real):
    """History is told under its own date, and never later than its source."""
    dates = {article.slug: article.date for article in real.news}
    assert dates == {"victim-care-hub-launched": "2022-11-17", "third-year": "2017-04-25", "second-year": "2016-03"}
    assert all(article.date <= article.checked.date for article in real.news)


@pytest.fixture(scope="module")
def real():
    """The project's own directory."""
    from support_directory import check, directory

    entries, problems = check.check(ROOT, ROOT / "schema", datetime.date(2026, 11, 29))
    assert problems == []
    return directory.build(entries)
