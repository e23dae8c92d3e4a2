"""The way through the questions of content/start.yaml: each answer leads on, nobody walks in a circle, and help is near.

What an answer names outside the file, references.py looks up.
"""
import graphlib
import re

from . import problems, sense, values

KIND = "start"
MOST_STEPS = 5  # links from the first page to a page of help; the choice of the area is one of them
WAYS = {"ask": 2, "help": 2, "page": 1}  # where an answer can lead -> how many links it takes from there to help, at the least
TAKEN = {"where"}  # the site itself has an address of that name below /start/ (addresses.py)


def duties(entry):
    """Problems of the entry content/start.yaml."""
    rows = values.rows(entry.data.get("questions"))
    places = {}
    for n, question in enumerate(rows):
        slug = values.text(question.get("slug"))
        yield from _slug(entry, n, slug, places)
        if slug.strip():
            places.setdefault(slug, n)
        yield from _answers(entry, n, question)
    if not places:
        return  # shape.py says that they have none
    answers = {slug: list(_ways(rows[n])) for slug, n in places.items()}
    unknown = [((*("questions", places[slug], "answers", m), "ask"), target) for slug, found in answers.items()
               for m, way, target in found if way == "ask" and target not in places]
    first = values.text(entry.data.get("first"))
    if first.strip() and first not in places:
        unknown.append((("first",), first))
    for path, target in unknown:
        yield entry.problem(path, problems.unknown_question(target, places))
    if unknown or not first.strip():
        return  # until every name is right, nobody knows which way readers go
    loop = _loop(answers)
    if loop:
        yield entry.problem(("questions", places[loop[0]], "answers", next(m for m, way, target in answers[loop[0]] if (way, target) == ("ask", loop[1]))),
                            problems.questions_in_a_loop(loop))
    else:
        yield from _too_far(entry, first, places, answers)
    reached = _reached(first, answers)
    for slug, n in places.items():
        if slug not in reached:
            yield entry.problem(("questions", n, "slug"), problems.question_that_nobody_reaches(slug))


def _slug(entry, n, slug, places):
    """Problems of the slug of one question. `places`: {slug: which question} of those before it."""
    told = sense.CRIME_WORDS.search(slug)
    if slug in places:
        yield entry.problem(("questions", n, "slug"), problems.question_twice(slug, entry.places[("questions", places[slug], "slug")][0]))
    elif slug in TAKEN:
        yield entry.problem(("questions", n, "slug"), problems.reserved_slug(slug))
    elif told:
        yield entry.problem(("questions", n, "slug"), problems.address_not_discreet(told.group()))


def _answers(entry, n, question):
    """Problems of the answers to one question: where each leads, and whether two say the same."""
    said = {}
    for m, answer in enumerate(values.rows(question.get("answers"))):
        path = ("questions", n, "answers", m)
        ways = [way for way in WAYS if way in answer]
        if answer and len(ways) != 1:
            yield entry.problem(path, problems.answer_in_two_ways(ways) if ways else problems.answer_leads_nowhere())
        words = " ".join(re.findall(r"\w+", values.text(answer.get("text")).casefold()))
        if words in said:
            yield entry.problem((*path, "text"), problems.answer_twice(answer["text"], entry.places[(*path[:3], said[words], "text")][0]))
        elif words:
            said[words] = m


def _ways(question):
    """Where the answers to a question lead, as (number of the answer, way, target), as far as they say so."""
    for m, answer in enumerate(values.rows(question.get("answers"))):
        for way in WAYS:
            if values.text(answer.get(way)).strip():
                yield m, way, answer[way]


def _loop(answers):
    """Questions that lead back to where they began, as [slug, ..., the same slug], or None."""
    try:
        graphlib.TopologicalSorter({slug: [target for _, way, target in found if way == "ask"] for slug, found in answers.items()}).prepare()
    except graphlib.CycleError as error:
        return error.args[1][::-1]  # it names what comes later first
    return None


def _too_far(entry, first, places, answers):
    """Answers after which help is too many links away. `answers`: {slug: its ways}, without a loop."""
    paths = {first: (first,)}  # the questions that are so many links away, each with one way to it
    while paths:
        further = {}
        for slug, path in paths.items():
            for m, way, target in answers[slug]:
                steps = len(path) - 1 + WAYS[way]
                if steps > MOST_STEPS:
                    yield entry.problem(("questions", places[slug], "answers", m, way), problems.help_too_far(steps, MOST_STEPS, path))
                elif way == "ask":
                    further.setdefault(target, (*path, target))
        paths = further


def _reached(first, answers):
    """The slugs of all questions that somebody can come to."""
    found, ahead = {first}, [first]
    for slug in ahead:
        new = {target for _, way, target in answers[slug] if way == "ask"} - found
        found |= new
        ahead += sorted(new)
    return found
