"""Plans pages: articles and their feed."""
from types import SimpleNamespace

from . import addresses, atom, wording
from .addresses import Link
from .page import Page, html

NEWS = "News"


def pages(planner):
    """The Planner of a site -> the list of its articles and a page for each, none where there are no articles."""
    articles = planner.directory.news
    return [_index(planner, articles), *(_article(planner, article) for article in articles)] if articles else []


def files(directory, planned, url):
    """All planned pages and the public address of the site -> {path: text} of the feed, where there are articles and an address."""
    index = next((page for page in planned if page.address == addresses.NEWS), None)
    return {addresses.FEED: _feed(index.content.name, index.content.rows, url)} if index and url else {}


def links(directory):
    """Directory -> the link at the foot of every page, where there are articles."""
    return [Link(NEWS, addresses.NEWS)] if directory.news else []


def _feed(name, rows, url):
    """The site's name, [(title, note, address, date)] newest first, the public address of the site -> the feed."""
    items = [atom.Item(url + address, title, atom.moment(date), url + address, note) for title, note, address, date in rows]
    return atom.feed(f"{name}: news", name, url + addresses.FEED, url + addresses.NEWS, items, items[0].updated)


def _index(planner, articles):
    rows = [(article.title, article.description, addresses.article(article.slug), article.date) for article in articles]
    return Page(
        addresses.NEWS, "news.html", f"News from {planner.site.name}", NEWS, "What has changed, the newest first. Some of it is long ago.",
        (planner.home_link,), SimpleNamespace(
            articles=[Link(title, address, note=f"{wording.date(date)}. {note}") for title, note, address, date in rows], rows=rows,
            name=planner.site.name, feed=addresses.FEED, hub=planner.hub))


def _article(planner, article):
    address = addresses.article(article.slug)
    to_root = "../" * address.count("/")
    return Page(
        address, "article.html", article.title, article.title, article.description, (planner.home_link, Link(NEWS, addresses.NEWS)), SimpleNamespace(
            body=planner.glossary.of_page(address, to_root)(html(article.body, to_root)), date=wording.date(article.date),
            sources=list(addresses.sources(article.checked.source)), hub=planner.hub, is_about=False, review_due="", checked=""))
