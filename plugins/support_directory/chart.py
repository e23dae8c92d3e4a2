"""Draws a bar chart: numbers in, shapes out. Whoever cannot see it reads the table beside it, which has the same numbers.

Lengths are units of the drawing, which grows with the room that it has (theme/static/figures.css).
"""
from types import SimpleNamespace

WIDTH, BAR, STEP, FIRST = 320, 30, 70, 26  # a bar's height; from one bar to the next; room for the words above the first
POINT = 9  # how far the end of an open bar reaches
LETTER, GAP = 8.6, 8  # the most that a letter of the words takes, and what stays free beside them
SHORTEST = 3  # so that a small number can still be seen


def bars(rows):
    """[(label, number, how the number is said, whether its end is open)] -> what chart.svg draws: `box`, and `bars` with their words and places.

    All bars begin at 0 and are drawn to one scale. An open end, a point, says that the true number is larger.
    """
    most = max((number for _, number, _, _ in rows), default=0) or 1
    return SimpleNamespace(
        box=f"0 0 {WIDTH} {STEP * len(rows)}",
        says=". ".join(f"{label}: {said}" for label, _, said, _ in rows),
        bars=[_bar(row, place * STEP + FIRST, (WIDTH - POINT) / most) for place, row in enumerate(rows)])


def _bar(row, top, scale):
    label, number, said, is_open = row
    length = max(round(number * scale, 1), SHORTEST)
    inside = len(said) * LETTER + 2 * GAP < length
    end = f"L{length + POINT:g} {top + BAR / 2:g}" if is_open else ""
    return SimpleNamespace(
        label=label, label_y=top - 8, said=said, said_y=top + BAR / 2 + 5, inside=inside, number=number, is_open=is_open,
        said_x=f"{length - GAP if inside else length + (POINT if is_open else 0) + GAP:g}",
        shape=f"M0 {top}L{length:g} {top}{end}L{length:g} {top + BAR}L0 {top + BAR}z")
