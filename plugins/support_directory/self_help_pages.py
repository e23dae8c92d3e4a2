"""Plans pages: what you can do yourself. Each page of it is a page of words that says so (part_of); here is their list."""
from types import SimpleNamespace

from . import addresses
from .addresses import Link
from .page import Page

PART = "self-help"  # what such a page says under part_of
TITLE = "What you can do yourself"


def pages(planner):
    """The Planner of a site -> the list of these pages, none where there are no such pages."""
    found = _found(planner.directory)
    if not found:
        return []
    links = [Link(page.title, addresses.written_page(page.slug), note=page.description) for page in found]
    return [Page(addresses.SELF_HELP, "self_help_index.html", TITLE, TITLE, "Small steps for today. Choose the one that you need most.",
                 (planner.home_link,), SimpleNamespace(pages=links, hub=planner.hub))]


def links(directory):
    """Directory -> the link at the foot of every page, where there are such pages."""
    return [Link(TITLE, addresses.SELF_HELP)] if _found(directory) else []


def crumb(page):
    """A page of words -> the links that lead back to the list, none where it is no part of it."""
    return (Link(TITLE, addresses.SELF_HELP),) if page.part_of == PART else ()


def _found(directory):
    return [page for page in directory.written_pages if page.part_of == PART]
