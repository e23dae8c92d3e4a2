"""The explanation of a proposed change as Markdown, for GitHub's summary and for a terminal.

Whatever comes from an entry or a file's name is made harmless: it stays text to Markdown, to GitHub and to GitHub's workflow commands.
"""
import re
from dataclasses import dataclass

from . import addresses, changes

MOST_PAGES, MOST_OF_ONE = 40, 8
MOST_LINES, MOST_LETTERS = 300, 300_000  # GitHub takes a summary of one MiB
# Words that GitHub would make something of, even where Markdown makes nothing of them: links, mentions, numbers of issues, commits, emoji, commands.
LIVE = re.compile(r"@|_|://|www\.|#\w|\bGH-\d|:[\w+-]+:|::|##|\b[0-9a-f]{7,40}\b|mailto:|xmpp:|`", re.IGNORECASE)
MARKUP = re.compile(r"([\\`*_{}\[\]#|~$])")
ENTITY = re.compile(r"&(?=[#\w])")
AT_THE_START = re.compile(r"^(\d{1,9})([.)])|^([-+=:>])")
OPENING, CLOSING = "“‘(", "”’).,;:?"
# How old and new runners find a command in a line of the log, wherever it stands in it.
OLD_COMMAND = "##["


@dataclass(frozen=True)
class Explanation:
    """All that is to be said. `affected` is None where pages could not be compared, `reach` holds for each provider's slug the pages
    that gain it, lose it and show it otherwise; `remarks` are plain sentences that come first, `to_mend` lines of the check."""

    groups: tuple = ()
    affected: object = None
    reach: dict | None = None
    verdict: object = None
    remarks: tuple = ()
    to_mend: tuple = ()


def harmless(text):
    """Any text -> Markdown of one line that shows it and does nothing: no markup, no HTML, no link, no mention, no command."""
    words = [_word(word) for word in _one_line(text).split(" ")]
    return AT_THE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", " ".join(words))


def _word(word):
    """One word: as code where GitHub would make something of it, with the signs of the sentence around it left outside."""
    if not LIVE.search(word):
        return MARKUP.sub(r"\\\1", ENTITY.sub("&amp;", word).replace("<", "&lt;"))
    inner = word.lstrip(OPENING)
    core = inner.rstrip(CLOSING)
    before, after = word[:len(word) - len(inner)], inner[len(core):]
    return before + _code(core) + after if core and not LIVE.search(before + after) else _code(word)


def _code(word):
    """A word between backticks, more of them than the word holds in a row: nothing inside means anything."""
    word = word.replace(OLD_COMMAND, "# # [")
    fence = "`" * (max(map(len, re.findall("`+", word)), default=0) + 1)
    return f"{fence} {word} {fence}" if "`" in word else f"{fence}{word}{fence}"


def _one_line(text):
    """A text on one line; what cannot be seen is spelt out."""
    text = " ".join(text.split())
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def as_code(line):
    """A line of the check as a line of a block of code."""
    return "    " + _one_line(line).replace(OLD_COMMAND, "# # [")


def markdown(explanation):
    """Explanation -> Markdown. The same explanation always gives the same text."""
    lines = ["# What this changes", "", _summary(explanation), ""]
    for remark in explanation.remarks:
        lines += [harmless(remark), ""]
    if explanation.to_mend:
        lines += ["## What has to be mended first", "", "The check says:", "", *map(as_code, explanation.to_mend), ""]
    if explanation.groups:
        lines += ["## For the public", "", *_groups(explanation), ""]
    if explanation.affected and explanation.affected.count:
        lines += ["## Pages", "", *_pages(explanation.affected), ""]
    if explanation.verdict:
        lines += ["## Who is responsible", "", *_responsible(explanation.verdict)]
    return _cut("\n".join(lines).rstrip("\n") + "\n")


def _cut(text):
    """The text, without its end where it is longer than anybody reads."""
    return text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS].rsplit("\n", 1)[0] + "\n\nThere is more, which is left out here.\n"


def _summary(explanation):
    """One paragraph that says how much there is, and how much to make sure of."""
    groups, affected = explanation.groups, explanation.affected
    total = sum(len(group.changes) for group in groups)
    said = f"{count(total, 'change')} in {count(len(groups), 'entry', 'entries')}." if groups else "Nothing that an entry says changes."
    if affected is not None:
        said += f" {count(affected.count, 'page')} of the site {'is' if affected.count == 1 else 'are'} touched." if affected.count else " No page changes."
    asking = changes.careful(groups)
    return said + (f" **{count(asking, 'thing')} to make sure of before this goes out, in bold below.**" if asking else "")


def _groups(explanation):
    lines, left = [], MOST_LINES
    for group in explanation.groups:
        kind = "" if group.kind in ("site", "accessibility", "search", "search-phrases", "bank-holidays", "monitoring") else f" ({_kind(group)})"
        lines += [f"### {harmless(group.name)}{kind}", ""]
        shown = group.changes[:max(left, 1)]
        left -= len(shown)
        for change in shown:
            lines.append("- " + harmless(change.text) + (f" **{harmless(change.careful)}**" if change.careful else ""))
        if len(shown) < len(group.changes):
            lines.append(f"- And {len(group.changes) - len(shown)} more changes.")
        lines += [f"- {line}" for line in _reach((explanation.reach or {}).get(group.slug) if group.kind == "provider" else None)]
        lines.append("")
    return lines[:-1]


def _kind(group):
    kind = group.kind.replace("-", " ")
    return {changes.NEW: f"new {kind}", changes.GONE: f"{kind}, taken off"}.get(group.state, kind)


def _reach(pages):
    """Which pages gain, lose or show a provider otherwise, a line each."""
    for found, one, many in zip(pages or (), ("gains it", "loses it", "shows it otherwise"), ("gain it", "lose it", "show it otherwise"), strict=False):
        if found:
            titles = "; ".join(harmless(page.title) for page in found[:MOST_OF_ONE])
            more = f"; and {len(found) - MOST_OF_ONE} more" if len(found) > MOST_OF_ONE else ""
            yield f"{count(len(found), 'page')} {one if len(found) == 1 else many}: {titles}{more}."


def _pages(affected):
    """The pages, counted and named."""
    lines = []
    for found, said in ((affected.gained, "new"), (affected.lost, "gone: old links and bookmarks lead nowhere"), (affected.changed, "changed")):
        if not found:
            continue
        if affected.every and found is affected.changed:
            lines += [f"- All {len(found)} pages that were there change."]
            continue
        lines += [f"- {count(len(found), 'page')} {'is' if len(found) == 1 else 'are'} {said}:"]
        lines += [f"  - {harmless(page.title)} ({_code('/' + page.address)})" for page in found[:MOST_PAGES]]
        if len(found) > MOST_PAGES:
            lines.append(f"  - and {len(found) - MOST_PAGES} more")
    return lines


def _responsible(verdict):
    """The verdict on who proposes this, in words."""
    if verdict.slug:
        return [f"It comes from a maintainer of {_code(addresses.provider(verdict.slug).split('/')[1])} and touches only that provider's file.",
                "An editor still reads it, and asks by the old contact where one changes."]
    return ["It needs more care than a provider's own change to its own entry:", "", *(f"- {harmless(reason)}" for reason in verdict.reasons)]


def count(number, noun, nouns=""):
    """1 page, 2 pages, 1,234 pages."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
