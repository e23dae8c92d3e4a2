"""Step by step to the right help: the questions of content/start.yaml."""
from dataclasses import dataclass

from .nouns import each, make


@dataclass(frozen=True)
class Answer:
    """One answer. One of three is not empty: `ask`, the next question; `help`, a crime type; `page`, a page of words."""

    text: str
    hint: str = ""
    ask: str = ""
    help: str = ""
    page: str = ""


@dataclass(frozen=True)
class Question:
    """One question, which has a page of its own."""

    slug: str
    question: str
    answers: tuple
    hint: str = ""


@dataclass(frozen=True)
class Start:
    """All questions; `first` is the slug of the one with which everybody begins, `helping` is for those who look for help for another person."""

    description: str
    helping: str
    first: str
    questions: tuple

    def asked_before(self):
        """What everybody was asked before a page: ({a question's slug: questions}, {a crime type: questions}), each in the order in which they were asked.

        Where several ways lead to a page, only the questions that lie on all of them count. What nobody can reach is left out.
        """
        by_slug = {question.slug: question for question in self.questions}
        asked, before_help, layer = {self.first: ()}, {}, [self.first]
        while layer:  # it ends: no question leads back to itself (journey.py)
            ahead = []
            for question in (by_slug[slug] for slug in layer):
                way = (*asked[question.slug], question)
                for answer in question.answers:
                    found, target = (asked, answer.ask) if answer.ask else (before_help, answer.help)
                    if target:
                        found[target] = tuple(one for one in found.get(target, way) if one in way)
                ahead += [answer.ask for answer in question.answers if answer.ask]
            layer = list(dict.fromkeys(ahead))
        return asked, before_help


def of(entries):
    """Entries of this kind -> Start, or None where a site asks no questions."""
    return next((make(Start, entry.data, questions=each(Question, answers=each(Answer))) for entry in entries), None)
