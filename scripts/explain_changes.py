"""Says in plain words what a proposed change does for the public, which pages it touches, and who is responsible.

    python3 scripts/explain_changes.py BASE HEAD     two states of the project: names of branches, or ids of commits

Prints Markdown. With --pictures FOLDER, at most 12 of the pages are put there, before and after: each as one file and as a picture.
Both states are read from git as they are; nothing is checked out, and no program of theirs runs.
Ends with 0 when it could explain, whatever it had to say, and with 2 where HEAD does not exist.
"""
import argparse
import contextlib
import datetime
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import _setup

_setup.ready("test" if "--install" in sys.argv else "site")

from support_directory import affected, changes, check, directory, explanation, files, history, ownership, pictures  # noqa: E402

SITE_SETTINGS = '"""Everything is as in the project."""\n'
MOST_NAMED = 10


@dataclass
class State:
    """One state of the entries as read. `directory` is None where they cannot be put together; `aside` are the files that were left out for that."""

    folder: Path
    left_out: list
    problems: list
    entries: list = field(default_factory=list)
    directory: object = None
    aside: tuple = ()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE", help="the state before, such as main")
    parser.add_argument("head", metavar="HEAD", help="the state that is proposed, such as the name of a branch")
    parser.add_argument("--repository", type=Path, default=_setup.ROOT, help="the folder of the git repository (default: this project)")
    parser.add_argument("--author-id", metavar="N", help="the numeric GitHub id of whoever proposes it")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write the explanation (default: print it)")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="where to put pages before and after")
    parser.add_argument("--install", action="store_true", help="install first what the pictures need, with what the tests need")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    try:
        head = history.commit(args.repository, args.head)
    except history.Unreadable as error:
        parser.error(str(error))
    with tempfile.TemporaryDirectory() as folder:
        text = explanation.markdown(explain(args, head, Path(folder)))
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        print(text, end="")
    return 0


def explain(args, head, folder):
    """The arguments, the proposed commit, a folder to work in -> Explanation."""
    remarks, repository = [], args.repository
    try:
        base = history.commit(repository, args.base)
    except history.Unreadable as error:
        base = None
        remarks.append(f"{error} So there is nothing to compare with, and this only says whether what is proposed is in order.")
    parted = base and history.parting(repository, base, head)
    rows = history.touched(repository, parted, head) if base else []
    after = read(repository, head, folder / "after", args.date)
    remarks += [f"Left out: {ownership.shown(path)}: {why}." for path, why in after.left_out]
    if base is None:
        remarks += _counted(after)
        return explanation.Explanation(remarks=tuple(remarks), to_mend=_said(after.problems))
    before = read(repository, parted, folder / "before", args.date)
    if before.problems:
        put_aside(before, None, args.date)
        remarks.append(_of_base(before))
    if after.problems:
        put_aside(after, before if before.directory else None, args.date)
        remarks.append(_of_head(after, before))
        remarks += _of_programs(rows)
    remarks += _other_files(rows)
    tip = before if parted == base else read(repository, base, folder / "tip", args.date)
    found = {"verdict": ownership.verdict(rows, _maintainers(tip), args.author_id, _maintainers(after)), "to_mend": _said(after.problems)}
    if before.directory and after.directory:
        reached, old, new = affected.between(before.directory, after.directory)
        groups = changes.between(before.directory, after.directory, before.entries, after.entries)
        found |= {"groups": groups, "affected": reached,
                  "reach": {group.slug: affected.of_provider(group.slug, old, new, reached.changed) for group in groups if group.kind == "provider"}}
        remarks += _rewritten(rows, groups, after)
        if args.pictures:
            remarks += show(args.pictures, reached, {group.slug for group in groups if group.kind == "provider"}, before, after, args.date)
    return explanation.Explanation(remarks=tuple(remarks), **found)


def read(repository, commit, folder, date):
    """Unpacks a commit into a folder that is not there yet, reads and checks it -> State."""
    folder.mkdir()
    state = State(folder, history.unpack(repository, commit, folder), [])
    judge(state, date)
    return state


def judge(state, date):
    """Reads and checks the folder of a state; where nothing is wrong there, it gets its directory."""
    entries, problems = check.check(state.folder, _setup.ROOT / "schema", date)
    state.entries = entries
    if not problems:
        state.directory = directory.build(entries, date)
    elif not state.problems:
        state.problems = problems


def put_aside(state, other, date):
    """Takes the files with problems out of a state, and puts those of the other state in their place, until the rest can be put together."""
    bad, aside = {problem.file for problem in state.problems}, set()
    while bad - aside:
        aside |= bad
        for name in sorted(bad):
            path = state.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
            if other and (other.folder / name).is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(other.folder / name, path)
        entries, problems = check.check(state.folder, _setup.ROOT / "schema", date)
        bad = {problem.file for problem in problems}
        if not bad:
            state.entries, state.directory = entries, directory.build(entries, date)
    state.aside = tuple(sorted(aside))


def _of_base(before):
    where = _named(before.aside)
    return (f"The state before has something to mend itself, in {where}. What follows leaves that out." if before.directory else
            f"The state before cannot be put together ({len(before.problems)} to mend), so there is nothing to compare with.")


def _of_head(after, before):
    where = _named(after.aside)
    if after.directory and before.directory:
        return f"What is proposed has something to mend in {where}. What follows is about the rest, as if {_those(after.aside)} stayed as before."
    return "What is proposed has something to mend, and what changes for the public cannot be said before that is done."


def _of_programs(rows):
    """A remark where the rules of the check change too: this is said by the rules of the project that runs."""
    if any(row.path.startswith(("schema/", "plugins/", "scripts/")) for row in rows):
        yield "It changes the rules of the check too: by its own rules, the check may say otherwise than here."


def _those(names):
    return "that file" if len(names) == 1 else "those files"


def _named(names):
    """Some names of files, cut after the first few."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(ownership.shown(name) for name in names[:MOST_NAMED]) + more


def _said(problems):
    return tuple(map(str, problems))


def _counted(state):
    """What there is, where there is nothing to compare it with."""
    if state.directory:
        found = state.directory
        parts = [explanation.count(len(found.providers), "provider"), explanation.count(len(found.crime_types), "crime type"),
                 explanation.count(len(found.areas), "area"), explanation.count(len(found.written_pages), "page of words", "pages of words")]
        return [f"It holds {', '.join(parts[:-1])} and {parts[-1]}."]
    return []


def _maintainers(state):
    """{slug: ids} of the providers of a state."""
    found = {}
    for entry in state.entries:
        ids = entry.data.get("maintainers") if entry.kind == "provider" else None
        if isinstance(ids, list):
            found[entry.slug] = tuple(map(str, ids))
    return found


def _is_entry(path):
    return path.startswith(tuple(f"{folder}/" for folder in files.KINDS)) or path in files.SINGLE


def _other_files(rows):
    """A remark on what is touched besides entries."""
    others = sorted(row.path for row in rows if not _is_entry(row.path))
    if others:
        yield (f"It also touches {explanation.count(len(others), 'file')} that {'is' if len(others) == 1 else 'are'} not an entry: {_named(others)}. "
               f"What that does to the site is not explained here.")


def _rewritten(rows, groups, after):
    """A remark on entries that were touched and say the same as before."""
    spoken = {(group.kind, group.slug) for group in groups}
    kinds = {entry.path: (entry.kind, entry.slug) for entry in after.entries}
    same = sorted(row.path for row in rows if row.path in kinds and kinds[row.path] not in spoken and row.path not in after.aside)
    if same:
        yield f"Nothing that an entry says changes in {_named(same)}: only how it is written, or a remark behind a #, which readers of the site do not see."


def show(folder, reached, slugs, before, after, date):
    """Puts pages before and after into a folder -> remarks on what could be done."""
    paths = pictures.chosen(reached, slugs)
    if not paths:
        return
    built = [build(state, date) for state in (before, after)]
    if None in built:
        yield "The pages could not be built, so there are no pictures of them."
        return
    names = pictures.write(folder, paths, *built)
    try:
        pictures.photograph(folder, names)
    except pictures.NoBrowser as error:
        yield f"There are no pictures, because {error}. The pages themselves are there."
    if reached.count > len(paths):
        yield f"The pages before and after are those of the first {len(paths)} of {reached.count}."


def build(state, date):
    """Builds the site of a state beside its folder, with the programs of this project -> the built folder, or None."""
    output = state.folder.with_name(f"{state.folder.name}-built")
    with contextlib.suppress(FileExistsError), (state.folder / "pelicanconf.py").open("x", encoding="utf-8") as file:
        file.write(SITE_SETTINGS)
    command = [sys.executable, str(_setup.ROOT / "scripts/build.py"), "--site", str(state.folder), "--output", str(output), "--date", date.isoformat()]
    return output if subprocess.run(command, capture_output=True).returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
