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

    def ways(self):
        """The shortest way to each question that a reader can reach: {slug: (first question, ..., that question)}, those that are nearest first."""
        by_slug = {question.slug: question for question in self.questions}
        found, nearest = {self.first: (by_slug[self.first],)}, [self.first]
        for slug in nearest:
            for answer in by_slug[slug].answers:
                if answer.ask and answer.ask not in found:
                    found[answer.ask] = (*found[slug], by_slug[answer.ask])
                    nearest.append(answer.ask)
        return found


def of(entries):
    """Entries of this kind -> Start, or None where a site asks no questions."""
    return next((make(Start, entry.data, questions=each(Question, answers=each(Answer))) for entry in entries), None)
