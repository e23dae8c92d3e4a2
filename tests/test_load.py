"""Reading: what is typed is what is read, and every place is known."""
import os
import sys
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from saltmarsh import GOOD
from support_directory import files, load

PAGE = "---\ntitle: Help\ndescription: A page.\n---\nFirst line.\n---\nLast line.\n"


def value_of(typed):
    """What is read where this stands after a colon."""
    return load.read_yaml(f"field: {typed}\n")[0]["field"]


@pytest.mark.parametrize("typed", [
    "0151234567", "0800 1111", "116123", "9:30", "09:00", "no", "yes", "on", "off", "No", "True", "FALSE", "1e3", "0x1F", "0o17", "1_000", "1.50", "+44", "-1",
    ".5", ".inf", "null", "Null", "~", "=", "2026-11-22", "2026-13-45", "22:00:00", "https://example.org/a#b", "A&B", "it's", "100%", "a, b", "café", "😀",
    "<b>",
])
def test_plain_text_stays_as_typed(typed):
    """Numbers, dates, times and words that YAML would change are read as the text that was typed."""
    assert value_of(typed) == typed


@pytest.mark.parametrize(("typed", "read"), [
    ("true", True), ("false", False), ('"true"', "true"), ("'false'", "false"), ('"0151"', "0151"), ("'it''s'", "it's"), ('"#1"', "#1"), ("", ""), ('""', ""),
    ("text  # a note", "text"), ("|\n  one\n  two", "one\ntwo\n"), (">-\n  one\n  two", "one two"), ("|-\n  true", "true"), ("[a, true]", ["a", True]),
    ('"text" #note', "text"), ("{a: b}", {"a": "b"}), ("[]", []), ("{}", {}),
])
def test_values_are_read(typed, read):
    """Only true and false without quotation marks become anything but text; lists, fields and long texts are read as usual."""
    value = value_of(typed)
    assert value == read
    assert type(value) is type(read)


def test_places_of_values_and_names():
    """Each value and each field's name is found at its line and column, counted from 1."""
    text = "# A note.\nname: Nightline\nservices:\n  - slug: chat\n    cost:\n  - slug: café\n    \"days\": [monday, \"tuesday\"]\n"
    _, places, key_places = load.read_yaml(text)
    assert places == {
        (): (2, 1), ("name",): (2, 7), ("services",): (4, 3),
        ("services", 0): (4, 5), ("services", 0, "slug"): (4, 11), ("services", 0, "cost"): (5, 10),
        ("services", 1): (6, 5), ("services", 1, "slug"): (6, 11),
        ("services", 1, "days"): (7, 13), ("services", 1, "days", 0): (7, 14), ("services", 1, "days", 1): (7, 22),
    }
    assert key_places == {
        ("name",): (2, 1), ("services",): (3, 1), ("services", 0, "slug"): (4, 5), ("services", 0, "cost"): (5, 5),
        ("services", 1, "slug"): (6, 5), ("services", 1, "days"): (7, 5),
    }


def test_problem_at_a_place_that_is_not_there():
    """A problem of a field that is missing stands at the nearest field around it."""
    data, places, key_places = load.read_yaml("name: A\nservices:\n  - slug: b\n")
    entry = load.Entry("provider", "a", "providers/a.yaml", data, places, key_places)
    found = entry.problem(("services", 0, "contacts", 3, "value"), ("Says.", "Fix."))
    assert str(found) == "providers/a.yaml:3:5: services 1: Says. Fix."


@pytest.mark.parametrize("kind", ["provider", "page"])
def test_line_ends_of_windows_change_nothing(kind, tmp_path):
    """A file with the line ends of Windows is read as the same file without them, with the same places."""
    text = PAGE if kind == "page" else "name: A\nservices:\n  - slug: b\n"
    found = []
    for name, ends in (("unix", "\n"), ("windows", "\r\n")):
        path = tmp_path / name
        path.write_bytes(text.replace("\n", ends).encode())
        found.append(load.read_entry(path, "providers/a.yaml", kind))
    (unix, no_problems), (windows, none_either) = found
    assert (unix.data, unix.places, unix.key_places) == (windows.data, windows.places, windows.key_places)
    assert no_problems == none_either == []


def test_page_is_split_at_its_second_rule(tmp_path):
    """A page is fields between the first two rules and Markdown below, which may hold more rules; places count from the file's top."""
    path = tmp_path / "help.md"
    path.write_text(PAGE.replace("---\nF", "---  \nF"), encoding="utf-8")
    entry, problems = load.read_entry(path, "content/pages/help.md", "page")
    assert problems == []
    assert entry.data == {"title": "Help", "description": "A page.", "body": "First line.\n---\nLast line.\n"}
    assert (entry.places[("title",)], entry.key_places[("description",)], entry.places[("body",)]) == ((2, 8), (3, 1), (5, 1))


def test_good_files_are_read_as_any_reader_of_yaml_would(good_entries):
    """PyYAML's own reader, told to keep text as text, sees the same data; only true and false differ."""
    def as_text(value):
        if isinstance(value, dict):
            return {key: as_text(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [as_text(inner) for inner in value]
        return str(value).lower() if isinstance(value, bool) else value

    compared = [entry for entry in good_entries if entry.kind not in files.IN_MARKDOWN]
    assert len(compared) == 20
    for entry in compared:
        assert as_text(entry.data) == yaml.load((GOOD / entry.path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


TEXT = st.text(st.characters(codec="utf-8").filter(lambda character: not load.HIDDEN.match(character)))
NAMES = TEXT.filter(str.strip)


def nested(levels):
    """Text, lists and fields, nested at most so deep."""
    if levels == 0:
        return TEXT
    inner = nested(levels - 1)
    return st.one_of(TEXT, st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3))


@given(st.dictionaries(NAMES, nested(4), min_size=1, max_size=4))
def test_what_is_printed_is_read_back(data):
    """Whatever data is made of text, lists and fields: printed as YAML with every text in quotation marks, it is read back the same."""
    printed = yaml.safe_dump(data, default_style='"', allow_unicode=True)
    assert load.read_yaml(load.text_of(printed.encode()))[0] == data


def test_every_character_is_either_refused_or_read():
    """No character at all makes the parser stumble: it is refused by name, or comes back as it was typed."""
    characters = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, sys.maxunicode + 1))))
    kept = load.HIDDEN.sub("", characters).replace('"', "").replace("\\", "")
    assert load.read_yaml(f'field: "{kept}"\n')[0] == {"field": kept}
    assert len(kept) > 1_100_000


# Marks of these scripts have the category of hidden ones and are drawn all the same (Unicode: Prepended_Concatenation_Mark, Egyptian joiners).
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}


def test_nothing_hidden_is_read():
    """Controls, direction marks, zero-width characters and spaces that only look like one are all refused, but for the line break."""
    hidden = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Zs")}
    assert {code for code in hidden - DRAWN if not load.HIDDEN.match(chr(code))} == {ord(" "), ord("\n")}


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"---", b"[", b"{", b"&", b"- - - -", b"a: b\r", b"? ", b": ", b"%", b"\xef\xbb\xbf",
                                  b"[[[[[[[[[[[[[[", b"!!python/object: x"])
@pytest.mark.parametrize("kind", ["provider", "page"])
def test_nothing_but_a_problem_comes_of_rubbish(kind, data, tmp_path):
    """A file that makes no sense gives exactly one problem with a position, and never an error of Python."""
    path = tmp_path / "rubbish"
    path.write_bytes(data)
    entry, problems = load.read_entry(path, "providers/rubbish.yaml", kind)
    assert entry is None
    assert len(problems) == 1
    assert problems[0].line >= 1
    assert problems[0].column >= 1


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.symlink_to(__file__), lambda path: path.symlink_to("nowhere"),
                                  lambda path: os.mkfifo(path), lambda path: None], ids=["folder", "link", "broken link", "pipe", "nothing"])
def test_only_ordinary_files_are_opened(make, tmp_path):
    """A folder, a link, a pipe or nothing at all gives a problem, and is not waited for."""
    make(tmp_path / "odd")
    entry, problems = load.read_entry(tmp_path / "odd", "providers/odd.yaml", "provider")
    assert entry is None
    assert [str(problem) for problem in problems] == [
        "providers/odd.yaml:1:1: This is not an ordinary file. Put the file itself here, not a link, a shortcut or a folder."]


@pytest.mark.parametrize(("text", "line", "column"), [("\u200b", 1, 1), ("\n\u200b", 2, 1), ("a: b\r\nc: é\u200b", 2, 5), ("a: b\n\n# \U0001f600\u202e", 3, 4),
                                                      ("a: \u00e9\r", 1, 5)])
def test_where_a_hidden_character_stands(text, line, column):
    """A character that nobody can see is found at its line and column, counted in characters as a text editor does."""
    with pytest.raises(load.Refused) as caught:
        load.text_of(text.encode())
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("levels", [14, 5000])
@pytest.mark.parametrize("marks", ["[]", "{}"])
def test_deep_nesting_is_refused_at_once(marks, levels):
    """Lists in lists and fields in fields are refused long before Python would give up."""
    opened = "[" if marks == "[]" else "{a: "
    with pytest.raises(load.Refused, match="nested more than 6 levels"):
        load.read_yaml("a: " + opened * levels + marks[1] * levels)


def test_size_is_refused_before_anything_is_read(tmp_path):
    """A file of exactly 64 KiB is read; one byte more is not."""
    path = tmp_path / "large"
    path.write_bytes(b"name: A\n#" + b"a" * (load.MOST_BYTES - 9))
    assert load.read_entry(path, "providers/large.yaml", "provider")[1] == []
    path.write_bytes(path.read_bytes() + b"a")
    assert [problem.says for problem in load.read_entry(path, "providers/large.yaml", "provider")[1]] == ["The file is too large (65,537 bytes)."]


def test_files_that_are_not_published_are_left_out(tmp_path):
    """Names that begin with _ or . and README.md are not read; everything else in the folders is, with the kind that its folder and ending say."""
    for name in ("providers/_example.yaml", "providers/.hidden", "providers/README.md", "providers/a.yaml", "providers/b.yml", "content/pages/a.md",
                 "content/pages/a.yaml", "content/areas/a.yaml", "content/crime-types/a.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [(name, kind) for _, name, kind in files.files(tmp_path)] == [
        ("providers/a.yaml", "provider"), ("providers/b.yml", None), ("content/crime-types/a.yaml", "crime-type"), ("content/areas/a.yaml", "area"),
        ("content/pages/a.md", "page"), ("content/pages/a.yaml", None), ("content/site.yaml", "site"),
        ("content/accessibility.yaml", "accessibility")]


def test_a_file_that_cannot_be_opened_is_said(tmp_path, monkeypatch):
    """A file that the system does not let us read gives a message with its name, and no error of Python."""
    path = tmp_path / "locked.yaml"
    path.write_text("name: A\n")

    def locked(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", locked)
    entry, found = load.read_entry(path, "providers/locked.yaml", "provider")
    assert entry is None
    assert [str(problem) for problem in found] == [
        "providers/locked.yaml:1:1: The file cannot be opened (Permission denied). Look whether it is locked or whether you may read it."]
