"""Checks all entries of a site: their files, their shape, what they refer to, and whether they make sense.

Problems are values: every function of the editors' wing returns or yields them, none raises or prints. Today's date is an argument.
"""
import itertools
from typing import NamedTuple

from . import accessibility, articles, files, hubs, journey, load, markup, measures, paid, problems, promises, references, sense, shape
from . import reminders as reminding
from .world import World

# What a kind of file must hold to beyond its schema: functions of (entry, today, the world).
DUTIES = {accessibility.KIND: lambda entry, today, world: accessibility.duties(entry, today, world.site),
          journey.KIND: lambda entry, today, world: journey.duties(entry),
          measures.KIND: measures.duties, measures.BESIDE: lambda entry, today, world: measures.shares(entry),
          articles.KIND: lambda entry, today, world: articles.duties(entry, world.titles),
          paid.KIND: lambda entry, today, world: paid.duties(entry, world),
          "provider": lambda entry, today, world: paid.of_provider(entry, world)}
SLOW = problems.slow_reader() if load.SLOW else ""  # a line to print before a check that will take long
MOST_OF_ONE_FILE = 50  # more than anybody mends at once; the last line says that there are more


class Read(NamedTuple):
    """What came of reading some files: entries, problems, and (kind, slug) of the files that could not be read."""

    entries: list
    found: list
    unread: list


def check(site, schema_folder, today, wanted=None, step=None):
    """Reads and checks the folder `site` -> (entries, problems), both sorted.

    `wanted` narrows the problems to these files or folders; references are always checked against everything. `step`: is called with the name of each
    file that was checked.
    """
    entries, found, unread = read(files.files(site))
    world = World.of(entries, unread)
    found += [*files.strays(site), *needed_pages(world), *of_each(entries, schema_folder, world, today, step)]
    return entries, sorted(set(narrowed(found, site, wanted)))


def read(rows, read_entry=load.read_entry):
    """Rows as files.files gives them -> Read. `read_entry`: another way to read one file."""
    entries, found, unread = [], [], []
    for path, name, kind in rows:
        named = list(files.name_problems(path, name, kind))
        found += named
        if named:
            continue
        if name in files.NEEDED and not path.exists():
            found.append(problems.Problem(name, 1, 1, "", *problems.missing_file()))
            continue
        entry, refused = read_entry(path, name, kind)
        found += refused
        if entry:
            entries.append(entry)
        else:
            unread.append((kind, path.stem))
    return Read(entries, found, unread)


def of_each(entries, schema_folder, world, today, step=None):
    """The problems of each of some entries, one after the other. `step`: as in `check`."""
    validators = shape.schemas(schema_folder)
    for entry in entries:
        yield from of_one(entry, validators[entry.kind], world, today)
        entry.forget()
        if step:
            step(entry.path)


def needed_pages(world):
    """Problems of pages that other pages of the site lead to, and that are not there."""
    for slug in files.NEEDED_PAGES:
        if slug not in world.names["page"]:
            yield problems.Problem(f"content/pages/{slug}.md", 1, 1, "", *problems.missing_file())


def reminders(entries, today, site=".", wanted=None):
    """What is to be looked at again in entries without problems, as Problems, sorted. It stops nothing. Narrowed as in `check`."""
    return narrowed(reminding.reminders(entries, today), site, wanted)


def narrowed(found, site, wanted):
    """The problems in `wanted` files or folders; all of them where it is None."""
    if wanted is None:
        return found
    kept = {name for _, name, _ in files.files(site, wanted)} | {problem.file for problem in files.strays(site, wanted)}
    return [problem for problem in found if problem.file in kept]


def of_one(entry, validator, world, today):
    """The problems of one entry -> a list of at most MOST_OF_ONE_FILE, and a last one where there are more."""
    referred = list(itertools.islice(itertools.chain(references.references(entry, world.names), references.groups(entry, world.site)), MOST_OF_ONE_FILE + 1))
    # A name that is not there is said once, not as badly spelt too.
    places = {(problem.line, problem.column) for problem in referred}
    twins = (entry.problem(at, words) for at, words in world.twins.get(entry.path, ()))
    rest = itertools.chain(twins, (problem for problem in shape.shape(entry, validator) if (problem.line, problem.column) not in places),
                           sense.sense(entry, today, world), promises.of_entry(entry), hubs.of_entry(entry, world.site),
                           markup.body(entry, world.addresses) if entry.kind in files.IN_MARKDOWN else (),
                           DUTIES[entry.kind](entry, today, world) if entry.kind in DUTIES else ())
    found = list(itertools.islice(itertools.chain(referred, rest), MOST_OF_ONE_FILE + 1))
    if len(found) > MOST_OF_ONE_FILE:
        last = max(found[:MOST_OF_ONE_FILE])
        found = [*found[:MOST_OF_ONE_FILE], problems.Problem(entry.path, last.line, last.column, "", *problems.there_are_more(MOST_OF_ONE_FILE))]
    return found
