"""Whatever stands in a file, the check answers: with an entry, or with places and words, at once, and never with an error of Python."""
import datetime
import json
import shutil
import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import mutations
from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import check, load, shape
from test_broken import CASES, messages_of
from test_check import places_in

PARTS, IN_A_PART = 20, 5000  # 100,000 in all
FILES = mutations.seeds()
# What no file may take, in seconds: far above the 100 ms that tests/bench/files.py measures, so that a busy machine fails nobody.
FAR_TOO_LONG = 2


@pytest.fixture(scope="module")
def judge(good_entries):
    """(kind, name, bytes) -> (the entry or None, the problems), as `check` finds them for one file among the others."""
    world, validators = check.World.of(good_entries), shape.schemas(SCHEMA)

    def judged(kind, name, data):
        entry, found = load.entry_of(data, name.rsplit("/", 1)[-1].partition(".")[0], name, kind)
        return entry, found or check.of_one(entry, validators[kind], world, TODAY)
    return judged


def answered(judge, kind, name, data):
    """Judges one file -> what is wrong with the answer, in a list: a problem without a place in the file, or without words, or after too long."""
    started = time.process_time()
    entry, found = judge(kind, name, data)
    seconds = time.process_time() - started
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    lines.append("")
    wrong = [str(problem) for problem in found if not (
        problem.file == name and 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 2)]
    wrong += [str(problem) for problem in found if "\n" in str(problem) or not (problem.says and str(problem).endswith((".", "?")))]
    if entry is None and not found:
        wrong.append("neither an entry nor a problem")
    if seconds > FAR_TOO_LONG:
        wrong.append(f"{seconds:.1f} s")
    return wrong


def faults(judge, numbers):
    """{the number of a mutation: what is wrong with the answer to it}; errors of Python count too."""
    found = {}
    for number in numbers:
        try:
            wrong = answered(judge, *mutations.mutated(number, FILES))
        except Exception as error:
            wrong = [repr(error)]
        if wrong:
            found[number] = wrong[:3]
    return found


def test_a_thousand_changed_files_are_answered(judge):
    """The first thousand of the mutations below, in every run."""
    assert faults(judge, range(1000)) == {}


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_changed_files_are_answered(judge, part):
    """Bytes, pieces and lines of good files changed: no error of Python, no problem without its place, none that takes long."""
    assert faults(judge, range(part * IN_A_PART, (part + 1) * IN_A_PART)) == {}


def test_mutations_reach_every_stage(judge):
    """The mutations are neither all unreadable nor all harmless: enough of them are refused, have problems, and are right."""
    kinds = {"refused": 0, "problems": 0, "right": 0}
    for number in range(1000):
        entry, found = judge(*mutations.mutated(number, FILES))
        kinds["refused" if entry is None else "problems" if found else "right"] += 1
    assert kinds["refused"] > 300 and kinds["problems"] > 200 and kinds["right"] > 10


@pytest.mark.parametrize("name", sorted(mutations.long_files()))
def test_long_files_are_answered_at_once(judge, name):
    """A file as large as may be, of any form, takes no time worth speaking of."""
    kind, text = mutations.long_files()[name]
    data = text.encode()[:mutations.SIZE]
    assert len(data) > 50_000
    assert answered(judge, kind, "providers/long.yaml", data) == []


# ---- values

VALUES = st.one_of(
    st.text(max_size=60), st.text(alphabet="0123456789 +-()OolI", max_size=20), st.text(alphabet="abc.@-_:/?#%[]()<>&*!\\ ", max_size=40),
    st.from_regex(r"\A[0-9]{2,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}\Z"), st.from_regex(r"\A(https?:)?//?[a-zA-Z0-9.:@-]{0,30}[/?#]?[ -~]{0,20}\Z"),
    st.from_regex(r"\A[A-Za-z]{1,2}[0-9O]{1,2} ?[0-9][A-Z]{2}\Z"), st.from_regex(r"\A[0-9]{1,2}[:.h ]?[0-9]{0,2} ?([ap]m)?\Z"),
    st.booleans(), st.lists(st.text(max_size=5), max_size=3), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))


@settings(max_examples=400)
@given(st.data())
def test_any_value_in_any_field_is_answered(good_entries, data):
    """Whatever value stands in a field, every problem has a place in the file and words, and none is an error of Python."""
    world = check.World.of(good_entries)
    good = data.draw(st.sampled_from([entry for entry in good_entries if entry.kind != "page"]))
    path = data.draw(st.sampled_from(list(places_in(good.data))))
    changed = json.dumps(replaced(good.data, path, data.draw(VALUES)), ensure_ascii=False)  # JSON is YAML too
    entry, found = load.entry_of(changed.encode(), good.slug, good.path, good.kind)
    for problem in found or check.of_one(entry, shape.schemas(SCHEMA)[entry.kind], world, TODAY):
        assert problem.line >= 1 and problem.column >= 1 and "\n" not in str(problem) and problem.says and problem.fix


def replaced(value, path, new):
    """A copy of data with another value at `path`."""
    if not path:
        return new
    if isinstance(value, dict):
        return {key: replaced(inner, path[1:], new) if key == path[0] else inner for key, inner in value.items()}
    return [replaced(inner, path[1:], new) if place == path[0] else inner for place, inner in enumerate(value)]


# ---- without the fast parser

# The slow parser sees these mistakes at another place of the value, or of the lines around it.
ELSEWHERE = ("backslash", "percent-line")


def both_ways(monkeypatch, judged):
    """What a function gives with the fast parser, and with the slow one."""
    answers = []
    for loader in (yaml.CBaseLoader, yaml.BaseLoader):
        monkeypatch.setattr(load, "LOADER", loader)
        answers.append(judged())
    return answers


@pytest.mark.parametrize("case", CASES)
def test_the_slow_parser_says_the_same(case, tmp_path, monkeypatch):
    """Each mistake of tests/broken gets the same messages from a Python whose YAML has no fast part."""
    fast, slow = both_ways(monkeypatch, lambda: messages_of(case, tmp_path / load.LOADER.__name__))
    assert slow == fast or (case in ELSEWHERE and slow)


def test_the_slow_parser_refuses_the_same_files(monkeypatch):
    """Of five hundred changed files both parsers refuse the same, and read the same from the others."""
    for number in range(500):
        kind, name, data = mutations.mutated(number, FILES)
        (fast, said), (slow, said_slowly) = both_ways(monkeypatch, lambda: load.entry_of(data, "a", name, kind))  # noqa: B023 - called at once
        assert (fast and (fast.data, fast.places)) == (slow and (slow.data, slow.places)), number
        assert bool(said) == bool(said_slowly), number


def test_check_listings_says_that_it_is_slow(tmp_path):
    """Without the fast part of PyYAML the check prints one line that says so, and finds the same."""
    site = tmp_path / "site"
    shutil.copytree(GOOD, site)
    program = ("import runpy, sys, yaml; del yaml.CBaseLoader; sys.path.insert(0, 'scripts'); "
               "runpy.run_path('scripts/check_listings.py', run_name='__main__')")
    command = [sys.executable, "-c", program, "--site", str(site), "--date", datetime.date.isoformat(TODAY)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stderr == "This Python reads YAML without its fast part (libyaml), so checking takes several times as long. The answers are the same.\n"
    assert answer.stdout.startswith("All is well: 6 providers")
