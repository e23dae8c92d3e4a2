"""Plans pages: the questions of content/start.yaml, each on a page of its own, and the one that comes last, where help is needed.

An answer is a plain link, so nothing that somebody answers leaves the page. Titles tell pages apart by numbers alone: they stay in the history.
"""
from types import SimpleNamespace

from . import addresses, ranges
from .addresses import Link
from .page import Page

WHERE, WHERE_HINT = "Where do you need help?", "Choose the place that is nearest."
RATHER_NOT = "Somewhere else, or I would rather not say"


def pages(planner):
    """The Planner of a site -> pages, none where the site has nothing to show on them."""
    start = planner.directory.start
    if not start:
        return []
    asked, before_help = start.asked_before()
    questions = [_question(planner, start, number, question, asked[question.slug]) for number, question in enumerate(start.questions, 1)
                 if question.slug in asked]
    return questions + [_where(planner, start, number, crime_type, before) for number, (crime_type, before) in enumerate(sorted(before_help.items()), 1)]


def _question(planner, start, number, question, before):
    """The page of one question. `before`: the questions that everybody was asked before."""
    answers = tuple(Link(answer.text, _leads_to(start, answer), note=answer.hint) for answer in question.answers)
    is_first = question.slug == start.first
    return _page(planner, start, f"Find help: question {number}", _address(start, question.slug), before, heading=question.question, hint=question.hint,
                 answers=answers, letters=(), lead=start.description if is_first else "", chosen="")


def _where(planner, start, number, crime_type, before):
    """The page that asks for the area, on the way to a crime type (its slug)."""
    is_many = planner.directory.has_many_areas
    answers = tuple(Link(area.name, addresses.help_page(crime_type, area.slug), note=", ".join(area.places[:2 if is_many else 4]))
                    for area in planner.directory.areas)
    wide = Link(RATHER_NOT, addresses.help_page(crime_type), note=f"You then see who helps anywhere in {planner.area_name}.")
    return _page(planner, start, f"Find help: where, list {number}", addresses.start_where(crime_type), before, heading=WHERE, hint=WHERE_HINT,
                 answers=(wide,) if is_many else (*answers, wide), letters=ranges.letters(answers) if is_many else (), lead="",
                 chosen=planner.titles[crime_type])


def _page(planner, start, title, address, before, heading, **shown):
    """One page. `shown`: what its template shows of it alone."""
    crumbs = (planner.home_link, *(Link(question.question, _address(start, question.slug)) for question in before))
    return Page(address, "start.html", title, heading, start.description, crumbs,
                SimpleNamespace(begin=addresses.START, helping=start.helping, hub=planner.hub, **shown))


def _leads_to(start, answer):
    """The address that an answer leads to."""
    if answer.ask:
        return _address(start, answer.ask)
    return addresses.start_where(answer.help) if answer.help else addresses.written_page(answer.page)


def _address(start, slug):
    """The address of a question: the first one stands where everybody begins."""
    return addresses.START if slug == start.first else addresses.start_question(slug)
