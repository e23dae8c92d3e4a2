"""Who is responsible for a proposed change: whether it comes from a maintainer of one provider and touches that provider's file only.

The maintainers are those of the state before the change: nobody can make themselves one by proposing it.
"""
import re
import unicodedata
from dataclasses import dataclass

FOLDER, ENDING = "providers/", ".yaml"
FILE, PROGRAM, LINK, SUBMODULE, NOTHING = "100644", "100755", "120000", "160000", "000000"
PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
MODES = {LINK: "a link to another file, which could show anything", SUBMODULE: "another project that is brought in (a submodule)",
         PROGRAM: "marked as a program"}
HAPPENED = {"A": "a new entry", "D": "deleted (the entry of an organisation that ended stays, with a status)"}
MOST_NAMED = 5


@dataclass(frozen=True)
class Row:
    """One line of git's raw comparison: modes before and after ("000000" where there is none), the letter of what happened, the path."""

    old_mode: str
    new_mode: str
    status: str
    path: str


@dataclass(frozen=True)
class Verdict:
    """`slug`: the provider whose maintainer proposes a change to its file alone, or "". `reasons`: why it needs more care, none where there is a slug."""

    slug: str
    reasons: tuple


def verdict(rows, maintainers, author, maintainers_after=None):
    """Rows of what is touched, {slug: ids of its maintainers} before and (where known) after, the author's id or None -> Verdict.

    Ids are numbers as text; whatever is no number belongs to nobody.
    """
    number = _number(author)
    owned = sorted(slug for slug, ids in maintainers.items() if number is not None and number in map(_number, ids))
    found = {}
    for row in rows:
        for reason in _of_row(row, owned, maintainers):
            found.setdefault(reason, []).append(shown(row.path))
    reasons = [f"{_named(paths)}: {reason}." for reason, paths in found.items()]
    touched = sorted({slug for row in rows if (slug := _slug(row.path)) in owned})
    if not rows:
        reasons.append("It touches no file.")
    if number is None:
        reasons.append("It is not known who proposes it.")
    elif not owned:
        reasons.append("It comes from somebody who is not a maintainer of any provider.")
    if len(touched) > 1:
        reasons.append(f"It touches the entries of {len(touched)} providers at once: {', '.join(touched)}.")
    for slug in touched if maintainers_after is not None else ():
        if {*map(_number, maintainers[slug])} != {*map(_number, maintainers_after.get(slug, ()))}:
            reasons.append(f"It changes who the maintainers of {slug} are.")
    return Verdict("" if reasons else touched[0], tuple(reasons))


def _named(paths):
    return ", ".join(paths[:MOST_NAMED]) + (f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else "")


def _of_row(row, owned, maintainers):
    """Why one row is more than a change to the author's own entry, in words that follow its path; nothing where it is that."""
    odd, slug = _odd_name(row.path), _slug(row.path)
    if odd:
        yield odd
    if row.new_mode in MODES:
        yield MODES[row.new_mode]
    elif row.new_mode not in (FILE, NOTHING):
        yield "not a plain file"
    elif row.old_mode not in (FILE, NOTHING):
        yield "not a plain file before"
    if not slug:
        yield from () if odd else (_what(row.path),)
        return
    if row.status != "M" and not (row.status == "T" and row.new_mode in MODES):
        yield HAPPENED.get(row.status, "not simply changed")
    if slug not in owned and row.status != "A":
        yield "the entry of another provider" if slug in maintainers else "an entry for which no maintainer is named"


def _slug(path):
    """The slug of a provider's file, or "" where a path is none: exactly providers/<slug>.yaml."""
    stem = path[len(FOLDER):-len(ENDING)] if path.startswith(FOLDER) and path.endswith(ENDING) else ""
    return stem if PLAIN.fullmatch(stem) else ""


def _odd_name(path):
    """What is odd about a path, in words, or "". A name that looks like another one is how a file is hidden."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in path:
        return "a path that leads out of its folder"
    if not path.isprintable():
        return "a name with characters that cannot be seen, such as a line break"
    if not path.isascii():
        scripts = sorted({unicodedata.name(letter, "unknown").split()[0].capitalize() for letter in path if not letter.isascii()})
        return f"a name with letters that are not a to z ({', '.join(scripts)}): it may only look like another one"
    folder, ending = path[:len(FOLDER)], path[-len(ENDING):]
    if folder.lower() == FOLDER and ending.lower() == ENDING and path != path.lower():
        return "a name with capital letters: it may take the place of the file with the same name in small letters"
    return ""


def _what(path):
    """What a file is that belongs to no provider, in words."""
    name = path.rsplit("/", 1)[-1]
    if path.startswith(".github/"):
        return "decides how GitHub checks and publishes (and what this page says is only as good as that)"
    if name in (".gitattributes", ".gitmodules", ".gitignore", ".mailmap", ".lfsconfig"):
        return "decides how git treats and shows other files"
    if path.startswith(FOLDER):
        return "in the folder of providers, but no provider's entry"
    if path.startswith("content/"):
        return "one of the texts and lists of the site, which only editors change"
    return "part of the programs and papers of the site, not an entry"


def _number(text):
    """An id as a number, or None."""
    text = str(text)
    return int(text) if ID.fullmatch(text) else None


def shown(path):
    """A path as a message shows it: what cannot be printed, or only looks like a plain letter, is escaped."""
    return path if path.isprintable() and path.isascii() else ascii(path)[1:-1]

