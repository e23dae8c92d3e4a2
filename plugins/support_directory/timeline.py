"""The drawing of what happens step by step, made from the numbered lists of a page of words, so that both always say the same.

The bold words with which the steps of a list begin stand in boxes. Each list is a way: all but the last stand side by side, and the last, to which they
all lead, below. It is a picture beside the lists, which say all of it in words: a screen reader passes it.
"""
import re
import textwrap
from html import unescape
from types import SimpleNamespace

SLUG = "what-happens-next"  # the page that has it
PART = re.compile(r"<h2[^>]*>(.*?)</h2>(.*?)(?=<h2|\Z)", re.DOTALL)
LIST = re.compile(r"<ol>(.*?)</ol>", re.DOTALL)
STEP = re.compile(r"<li>\s*(?:<p>)?\s*<strong>(.*?)</strong>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
# In units of the drawing, of which its text is 3.4 high (site.css) and a letter about 1.9 wide.
WIDTH, GAP, LINE, SPACE, LETTER, EDGE = 64, 4, 4.4, 4, 1.95, 1


def drawing(body):
    """A page of words as HTML -> what timeline.html draws: `box` for viewBox; `boxes` and `lines` of text; `arrows`. None where there are not two lists."""
    ways = [(_plain(title), [_plain(step) for step in STEP.findall(found[1])]) for title, words in PART.findall(body) if (found := LIST.search(words))]
    ways = [(title, steps) for title, steps in ways if steps]
    if len(ways) < 2:
        return None
    *beside, last = ways
    wide = (WIDTH - GAP * (len(beside) - 1)) / len(beside)
    columns = [_column(title, steps, n * (wide + GAP), wide, 0) for n, (title, steps) in enumerate(beside)]
    bottom = max(column.bottom for column in columns)
    end = _column(*last, 0, WIDTH, bottom + SPACE)
    arrows = [arrow for column in (*columns, end) for arrow in column.arrows]
    arrows += [_arrow(column.middle, column.bottom, bottom + SPACE) for column in columns]
    return SimpleNamespace(
        box=f"{-EDGE} {-EDGE} {WIDTH + 2 * EDGE} {end.bottom + 2 * EDGE:g}", boxes=[box for column in (*columns, end) for box in column.boxes],
        lines=[line for column in (*columns, end) for line in column.lines], arrows=arrows)


def _plain(html):
    return unescape(TAG.sub("", html)).strip().rstrip(".")


def _column(title, steps, left, wide, top):
    """One way: its title and its steps below one another. A box is as high as its words need."""
    boxes, lines, arrows, middle = [], [], [], left + wide / 2
    for n, words in enumerate((title, *steps)):
        rows = textwrap.wrap(words, max(int((wide - 2) / LETTER), 1))
        high = LINE * len(rows) + 2
        boxes.append(SimpleNamespace(x=f"{left:g}", y=f"{top:g}", wide=f"{wide:g}", high=f"{high:g}", is_title=n == 0))
        lines += [SimpleNamespace(x=f"{middle:g}", y=f"{top + LINE * (row + 1):g}", words=text, is_title=n == 0) for row, text in enumerate(rows)]
        if n < len(steps):
            arrows.append(_arrow(middle, top + high, top + high + SPACE))
        top += high + SPACE
    return SimpleNamespace(boxes=boxes, lines=lines, arrows=arrows, bottom=top - SPACE, middle=middle)


def _arrow(x, top, bottom):
    return f"M{x:g} {top:g}V{bottom:g}m-1-1 1 1 1-1"
