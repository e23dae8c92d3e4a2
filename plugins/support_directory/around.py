"""The service around the directory: one list of the rooms that add pages, files and links to a site."""
from . import commissioning_pages, data_pages, handouts_pages, news_pages, performance_pages, professionals_pages, self_help_pages, start_pages

ROOMS = (start_pages, self_help_pages, commissioning_pages, performance_pages, news_pages, professionals_pages, handouts_pages, data_pages)


def pages(planner):
    """The Planner of a site -> the pages of every room, one room after the other."""
    return (page for room in ROOMS for page in room.pages(planner))


def of_area(planner, area):
    """The Planner of a site, and an area -> the pages of every room that are this area's alone."""
    return [page for room in ROOMS if hasattr(room, "of_area") for page in room.of_area(planner, area)]


def of_provider(planner, provider):
    """The Planner of a site, and a provider -> the pages of every room that are this provider's alone."""
    return [page for room in ROOMS if hasattr(room, "of_provider") for page in room.of_provider(planner, provider)]


def files(planner, url):
    """The Planner of a site, and its public address ("" where it has none) -> (path, text) of what rooms write beside their pages."""
    for room in ROOMS:
        if hasattr(room, "files"):
            yield from room.files(planner.directory, room.pages(planner), url).items()


def links(directory):
    """Directory -> the links to the rooms that stand at the foot of every page."""
    return [link for room in ROOMS if hasattr(room, "links") for link in room.links(directory)]
