"""Every kind of mistake, and the words that an editor reads about it.

Each folder of tests/broken holds files that are laid over the made-up force tests/good, and messages.txt with what check says of them.
After a change of wording: python3 scripts/test.py --remake-goldens tests/test_broken.py, then read the difference.
"""
import inspect
import os
import re
import shutil

import pytest

from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import check, problems

BROKEN = ROOT / "tests" / "broken"
CASES = sorted(folder.name for folder in BROKEN.iterdir())
PROVIDER = (GOOD / "providers" / "harbour-advice.yaml").read_text(encoding="utf-8")
ABOUT = "A charity that listens"
# The first two word no problem. The others are in tests/test_load.py: no file in git can be one that cannot be opened.
WORDS_OF_NO_FOLDER = ("field_name", "nearest", "cannot_be_opened", "slow_reader")


def written(text, encoding="utf-8"):
    """A mistake that consists of the file providers/broken.yaml with this text."""
    return lambda site: (site / "providers" / "broken.yaml").write_bytes(text.encode(encoding))


def about(words, encoding="utf-8"):
    """A mistake inside the field `about`."""
    return written(PROVIDER.replace(ABOUT, words), encoding)


# What git cannot hold, and what a text editor would not show or would mend while saving: made here.
MADE = {
    "not-utf8": about("A caf\xe9 that listens", "latin-1"),
    "saved-as-utf-16": written(PROVIDER, "utf-16"),
    "byte-order-mark": written(PROVIDER, "utf-8-sig"),
    "hidden-character": about("A char\u200bity that listens"),
    "hidden-space": about("A charity\xa0that listens"),
    "hidden-control-character": about("A charity\x07 that listens"),
    "tab": about("A charity\tthat listens"),
    "too-large": written(PROVIDER + "# Too much.\n" * 6000),
    "too-many-values": written(PROVIDER.replace("- Quayside", "- A\n  " * 3100 + "- Quayside")),
    "link-instead-of-a-file": lambda site: (site / "providers" / "broken.yaml").symlink_to(site / "providers" / "nightline.yaml"),
    "folder-instead-of-a-file": lambda site: (site / "providers" / "broken.yaml").mkdir(),
    "hidden-private-character": about("A char\ue000ity that listens"),
    "file-marked-as-a-program": lambda site: (written(PROVIDER)(site), (site / "providers" / "broken.yaml").chmod(0o755)),
    "folder-that-is-a-link": lambda site: (site / "content/areas").rename(site / "elsewhere") and (site / "content/areas").symlink_to(site / "elsewhere"),
    "page-of-the-site-missing": lambda site: (site / "content/pages/safety.md").unlink(),
    "site-file-missing": lambda site: (site / "content" / "site.yaml").unlink(),
    "file-name-with-a-line-break": lambda site: (site / "providers" / "broken\n::error::help.yaml").write_text(PROVIDER, encoding="utf-8"),
}


def laid_over(case, site):
    """Lays the case over a copy of tests/good in the folder `site` -> the folder."""
    shutil.copytree(GOOD, site)
    shutil.copytree(BROKEN / case, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("messages.txt"))
    MADE.get(case, lambda site: None)(site)
    return site


def messages_of(case, site):
    """The case, and a folder that is not there yet -> what check says, a line each; where nothing is wrong, its reminders."""
    entries, found = check.check(laid_over(case, site), SCHEMA, TODAY)
    return [str(problem) for problem in found or check.reminders(entries, TODAY)]


@pytest.mark.parametrize("case", CASES)
def test_mistake_gives_its_messages(case, tmp_path):
    """Each kind of mistake gives exactly the messages that its folder holds, and none is left without one."""
    found = messages_of(case, tmp_path / "site")
    golden = BROKEN / case / "messages.txt"
    if os.environ.get("REMAKE_GOLDENS") == "1":
        golden.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8").splitlines()
    assert found


def test_messages_say_where_and_are_sentences():
    """Each message begins with file, line and column, says what is wrong and how to mend it, and ends with a full stop."""
    lines = [line for case in CASES for line in (BROKEN / case / "messages.txt").read_text(encoding="utf-8").splitlines()]
    shape = re.compile(r"(providers|content)/.+?:[1-9][0-9]*:[1-9][0-9]*: ([a-z].*?: )?[\"A-Z].*[.?] [\"A-Z0-9].*\.")
    assert [line for line in lines if not shape.fullmatch(line)] == []


def test_every_wording_is_shown_by_some_mistake(tmp_path, monkeypatch):
    """Each function that words a problem, and each reason of the YAML parser that it knows, is reached by at least one folder."""
    wordings = {name: function for name, function in vars(problems).items()
                if inspect.isfunction(function) and function.__module__ == problems.__name__ and not name.startswith("_")}
    wordings = {name: function for name, function in wordings.items() if name not in WORDS_OF_NO_FOLDER}
    reached, reasons = set(), set()

    def counting(name, function):
        def count(*arguments):
            reached.add(name)
            if name == "not_yaml":
                reasons.update(said for said in problems.PARSER_REASONS if said in arguments[0])
            return function(*arguments)
        return count

    for name, function in wordings.items():
        monkeypatch.setattr(problems, name, counting(name, function))
    for case in CASES:
        messages_of(case, tmp_path / case)
    assert set(wordings) - reached == set()
    assert {words for said, words in problems.PARSER_REASONS.items() if said not in reasons} <= {
        words for said, words in problems.PARSER_REASONS.items() if said in reasons}


def test_a_problem_is_one_line_whatever_a_field_is_called():
    """No name of a field or file can begin a line of its own in a log."""
    problem = problems.Problem("providers/a\nb.yaml", 1, 2, problems.field_name(("a\n::error::b",)), *problems.unknown_field("a\n::error::b", ["name"]))
    assert str(problem) == 'providers/a b.yaml:1:2: a ::error::b: There is no field called "a ::error::b" here. The fields here are name.'
