"""The picture of who delivered what when: a row for each strand, a column for each year, a bar as long as the same organisation goes on.

All is worked out at build, as numbers of an SVG; the table beside it says the same.
"""
import textwrap
from types import SimpleNamespace

COLUMN, LABEL, LINE, PAD, HEAD = 170, 150, 15, 6, 30  # widths and heights in the drawing's own units
LETTERS_IN_A_COLUMN, LETTERS_IN_A_LABEL = 22, 18  # that fit beside each other at the size of the words


def drawing(titles, rows):
    """The titles of the years, and [(strand, [(words of a bar, first column, last column)])] -> what commissioning.html draws."""
    parts, top = [], HEAD
    for strand, bars in rows:
        lanes, y = _lanes(bars), top + PAD
        drawn = []
        for lane in lanes:
            wrapped = [(bar, textwrap.wrap(bar[0], LETTERS_IN_A_COLUMN * (bar[2] - bar[1] + 1))) for bar in lane]
            height = max(len(lines) for _, lines in wrapped) * LINE + 2 * PAD
            for (_, first, last), lines in wrapped:
                x = LABEL + first * COLUMN + 3
                drawn.append(SimpleNamespace(x=x, y=y, width=(last - first + 1) * COLUMN - 6, height=height, lines=_placed(lines, x + PAD, y + PAD)))
            y += height + PAD
        label = textwrap.wrap(strand, LETTERS_IN_A_LABEL)
        bottom = max(y, top + len(label) * LINE + 3 * PAD)
        parts.append(SimpleNamespace(bars=drawn, label=_placed(label, 0, top + PAD + PAD), y=top))
        top = bottom
    heads = [SimpleNamespace(text=title, x=LABEL + n * COLUMN + 3) for n, title in enumerate(titles)]
    return SimpleNamespace(width=LABEL + len(titles) * COLUMN, height=top, heads=heads, rows=parts)


def _lanes(bars):
    """Bars -> lists of bars that can stand in one line, for none of them shares a column with another."""
    lanes = []
    for bar in sorted(bars, key=lambda bar: bar[1:]):
        lane = next((lane for lane in lanes if lane[-1][2] < bar[1]), None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return lanes


def _placed(lines, x, y):
    return [SimpleNamespace(text=text, x=x, y=y + (n + 1) * LINE - 4) for n, text in enumerate(lines)]
