"""A list of names that is too long for one page: pieces, each told by its first and its last name, and the letters that names begin with."""
from .addresses import Link

A_PAGE = 200  # names that stand on a page


def pieces(things, size=A_PAGE):
    """Things in their order -> as few pieces as can be, each of about the same length and none longer than `size`."""
    count = -(-len(things) // size)
    return [things[len(things) * n // count:len(things) * (n + 1) // count] for n in range(count)]


def title(names):
    """The names of a piece -> "Alder to Briar"."""
    return names[0] if names[0] == names[-1] else f"{names[0]} to {names[-1]}"


def letters(things, name=lambda link: link.text):
    """Things in their order, links or what has a name in another way -> [(first letter, those that begin with it)]."""
    found = {}
    for thing in things:
        found.setdefault(name(thing)[0].upper(), []).append(thing)
    return list(found.items())


def beside(rows, place):
    """[(title, address)] of all pieces, and the place of one of them -> the links to the one before it and the one after it."""
    return tuple(Link(*rows[at], note=note) for at, note in ((place - 1, "Before"), (place + 1, "Next")) if 0 <= at < len(rows))
