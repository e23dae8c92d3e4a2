"""News: the articles of content/news/*.md, what happened and when."""
from dataclasses import dataclass

from .nouns import Checked, checked, named


@dataclass(frozen=True)
class Article:
    """One thing that happened; `body` is Markdown. `date`: "2022-11-17", or "2016-03" where the day is not known."""

    slug: str
    title: str
    description: str
    date: str
    body: str
    checked: Checked


def of(entries):
    """Entries of this kind -> their articles, the newest first."""
    return tuple(sorted((named(Article, entry, checked=checked) for entry in entries), key=lambda article: (article.date, article.slug), reverse=True))
