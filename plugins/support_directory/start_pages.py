"""Plans pages: the questions of content/start.yaml, each on a page of its own, and the one that comes last, where help is needed.

An answer is a plain link, so nothing that somebody answers leaves the page. Titles say no more than which step it is: they stay in the history.
"""
from types import SimpleNamespace

from . import addresses
from .addresses import Link
from .page import Page

WHERE, WHERE_HINT = "Where do you need help?", "Choose the place that is nearest."
RATHER_NOT = "Somewhere else, or I would rather not say"


def pages(planner):
    """The Planner of a site -> pages, none where the site has nothing to show on them."""
    start = planner.directory.start
    if not start:
        return []
    ways, ends = start.ways(), {}
    for way in ways.values():
        for answer in way[-1].answers:
            if answer.help:
                ends.setdefault(answer.help, way)
    return [_question(planner, start, way) for way in ways.values()] + [_where(planner, start, crime_type, way) for crime_type, way in ends.items()]


def _question(planner, start, way):
    """The page of the last question of a way."""
    *before, question = way
    answers = tuple(Link(answer.text, _leads_to(start, answer), note=answer.hint) for answer in question.answers)
    return _page(planner, start, _address(start, question.slug), before, question.question, question.hint, answers)


def _where(planner, start, crime_type, way):
    """The page that asks for the area, on the way to a crime type (its slug)."""
    answers = tuple(Link(area.name, addresses.help_page(crime_type, area.slug), note=", ".join(area.places[:4])) for area in planner.directory.areas)
    wide = Link(RATHER_NOT, addresses.help_page(crime_type), note=f"You then see who helps anywhere in {planner.area_name}.")
    return _page(planner, start, addresses.start_where(crime_type), way, WHERE, WHERE_HINT, (*answers, wide), planner.titles[crime_type])


def _page(planner, start, address, before, heading, hint, answers, chosen=""):
    """One page. `before`: the questions on the shortest way to it; `chosen`: the crime type that was chosen on the way, where there is one."""
    crumbs = (planner.home_link, *(Link(question.question, _address(start, question.slug)) for question in before))
    return Page(address, "start.html", f"Step {len(before) + 1} to find help", heading, start.description, crumbs,
                SimpleNamespace(is_first=not before, lead=start.description if not before else "", hint=hint, answers=answers, chosen=chosen,
                                helping=start.helping, hub=planner.hub))


def _leads_to(start, answer):
    """The address that an answer leads to."""
    if answer.ask:
        return _address(start, answer.ask)
    return addresses.start_where(answer.help) if answer.help else addresses.written_page(answer.page)


def _address(start, slug):
    """The address of a question: the first one stands where everybody begins."""
    return addresses.START if slug == start.first else addresses.start_question(slug)
