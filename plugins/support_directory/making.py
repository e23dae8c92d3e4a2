"""Makes the files of a site in pieces that need nothing of each other: in any order, by one process or by several, and not again while they would
come out as they are.

A piece names its inputs. While those are what they were, its files are too, so nobody has to know which page depends on which entry.
"""
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Piece:
    """Some files of a site. `inputs`: what decides what is in them, beyond what is on every page; None: nobody knows, so they are always made.
    `files`: gives (path, content) of each.
    """

    name: str
    inputs: object
    files: Callable


@dataclass(frozen=True)
class Made:
    """What came of a piece. `facts`: {path: what the manifest says of it}; `rows`: {path: what the list of the saved copy says of it}."""

    inputs: object
    facts: dict
    rows: dict


def here(pieces, write):
    """Makes pieces one after the other in this process. (piece, what `write` gave) of each."""
    return ((piece, write(piece)) for piece in pieces)


def make(pieces, output, before=None, share=here, keeps=True):
    """Pieces, the Output to write them to -> {name: Made}, of those that have inputs, if it `keeps` them.

    `before`: what came of them last time; what has the same inputs is not made again. `share`: makes pieces in any order and perhaps elsewhere too,
    and gives what `here` gives.
    """
    before, made, to_make = before or {}, {}, []
    for piece in pieces:
        known = before.get(piece.name)
        if known and known.inputs == piece.inputs:
            made[piece.name] = known
            output.note(known.facts, known.rows)
        else:
            to_make.append(piece)
    for piece, (facts, rows) in share(to_make, output.written):
        output.note(facts, rows)
        if keeps and piece.inputs is not None:
            made[piece.name] = Made(piece.inputs, facts, rows)
    return made
