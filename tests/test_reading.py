"""Entries are read and checked by several processes: what comes of it is what one alone finds."""
import contextlib
from concurrent.futures import Future

import pytest

import _reader
import _reading
import _sharing
from saltmarsh import GOOD, SCHEMA, TODAY
from support_directory import check, directory
from test_broken import CASES, laid_over


class Reader:
    """Stands for a process that reads: what it has read is its own, and it does at once what it is asked for."""

    def __init__(self):
        self.mine, self.told = [], []

    def submit(self, function, *arguments):
        _reader.mine, _reader.told, answer = self.mine, self.told, Future()
        answer.set_result(function(*arguments))
        return answer


@pytest.fixture
def two_readers(monkeypatch):
    """However few files there are, two readers share them."""
    monkeypatch.setattr(_reading, "WORTH_TWO", 0)
    monkeypatch.setattr(_reading, "TOGETHER", 7)
    monkeypatch.setattr(_sharing, "can_copy", lambda: True)


@pytest.mark.parametrize("case", [pytest.param(case, marks=[pytest.mark.long] if number % 6 else []) for number, case in enumerate(CASES)])
def test_two_readers_find_what_one_finds(case, tmp_path, two_readers, monkeypatch):
    """Every kind of mistake, also where the one half of it is with the one reader and the other with the other."""
    monkeypatch.setattr(_sharing, "pool", lambda: contextlib.nullcontext(Reader()))
    site = laid_over(case, tmp_path / "site")
    assert _reading.Reading(site, SCHEMA).whole(TODAY).problems == check.check(site, SCHEMA, TODAY)[1]


def test_real_processes_find_what_one_finds(two_readers, tmp_path):
    """What they give makes the same directory."""
    found = _reading.Reading(GOOD, SCHEMA, cache=tmp_path).whole(TODAY)
    entries, problems = check.check(GOOD, SCHEMA, TODAY)
    assert found.problems == problems == []
    assert directory.build(found.entries, TODAY, found.providers) == directory.build(entries, TODAY)


def test_real_processes_tell_of_a_problem(tmp_path, two_readers):
    """A problem has its place, though the reader has let go of it meanwhile."""
    site = laid_over("bad-email", tmp_path / "site")
    assert _reading.Reading(site, SCHEMA).whole(TODAY).problems == check.check(site, SCHEMA, TODAY)[1] != []
