"""Changing the text of an entry: what was meant is changed, and no other byte."""
import difflib
import itertools

import pytest

from saltmarsh import GOOD, ROOT
from support_directory import editing, load
from support_directory.editing import NOTHING, Change, Refused

FILES = sorted([*ROOT.glob("providers/*.yaml"), *ROOT.glob("content/**/*.yaml"), *GOOD.glob("**/*.yaml")])
PAGES = sorted([*ROOT.glob("content/pages/*.md"), *GOOD.glob("content/pages/*.md")])
HARBOUR = (GOOD / "providers/harbour-advice.yaml").read_text(encoding="utf-8")
ORDER = editing.order_in(editing.data_of((ROOT / "providers/_example.yaml").read_text(encoding="utf-8")))
HELPLINE = ("services", 0)


def lines(before, after):
    """The lines that differ, as ("-" or "+", line)."""
    compared = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), n=0)
    return [(line[0], line[1:]) for line in list(compared)[2:] if line[0] in "+-"]


def changed(text, path, new, order=ORDER):
    """The text with the value at a path changed; what stands there now is taken for the old one."""
    old = editing.at(editing.data_of(text), path)
    return editing.changed(text, [Change(path, old, new)], order)


def yaml_of(path):
    """The YAML in a file: all of it, or what stands between the two --- of a page."""
    text = path.read_text(encoding="utf-8")
    return load.split_page(text)[0] + "\n" if path.suffix == ".md" else text


def some(rows, most):
    """At most so many rows, from the first to the last: the large files take long."""
    return rows[::max(1, -(-len(rows) // most))]


def scalars(value, path=()):
    """Every value that is no group and no list, as (path, value)."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(inner, (*path, key))
    else:
        yield path, value


# ---- every file of ours

@pytest.mark.parametrize("path", [*FILES, *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_there_and_back(path):
    """Each value of each file is changed and changed back: no other line moves, and in the end every byte is as it was."""
    text = yaml_of(path)
    data = editing.data_of(text)
    for place, old in some(list(scalars(data)), max(1, min(4, 12_000 // len(text)))):
        new = (not old) if isinstance(old, bool) else f"{old} 7"
        other = editing.changed(text, [Change(place, old, new)])
        assert len(other.splitlines()) == len(text.splitlines()) or "\n" in _source(text, place)
        assert sum(sign == "-" for sign, _ in lines(text, other)) <= 1
        assert editing.changed(other, [Change(place, new, old)]) == text, place


def _source(text, place):
    """The lines that a value stands on, when they are more than one: those of a folded text."""
    entry, _ = load.entry_of(text.encode(), "", "", "provider")
    line = text.split("\n")[entry.places[place][0] - 1]
    return "\n" if line.rstrip().endswith((">-", ">", "|", "|-")) else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_loses_and_regains_its_items(path):
    """The last item of each list is taken away and put back: every byte is as it was, where no note stood on its lines."""
    text = yaml_of(path)
    for place, items in some(list(_lists(editing.data_of(text))), max(1, min(2, 12_000 // len(text)))):
        if len(items) < 2:
            continue
        last = (*place, len(items) - 1)
        without = editing.changed(text, [Change(last, items[-1], NOTHING)], ORDER)
        assert {sign for sign, _ in lines(text, without)} == {"-"} or "[" in text
        assert editing.data_of(editing.changed(without, [Change(last, NOTHING, items[-1])], ORDER)) == editing.data_of(text)


def _lists(value, path=()):
    if isinstance(value, list):
        yield path, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _lists(inner, (*path, key))


def test_a_whole_entry_written_anew_is_in_the_style_of_the_house():
    """The data of each entry of Saltmarsh, written, are the same data, and nearly the same text: only its lists on one line become several lines."""
    for path in sorted((GOOD / "providers").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        written = editing.written(editing.data_of(text), ORDER)
        assert editing.data_of(written) == editing.data_of(text)
        assert [line for sign, line in lines(text, written) if sign == "-" and not any(sign in line for sign in "[0123456789")] == [], path.name


# ---- one change, one line

def test_one_number_is_one_line():
    """A phone number is changed in its line, without quotation marks, as it stood."""
    after = changed(HARBOUR, (*HELPLINE, "contacts", 0, "value"), "0808 157 0124")
    assert lines(HARBOUR, after) == [("-", "        value: 0808 157 0123\n"), ("+", "        value: 0808 157 0124\n")]


@pytest.mark.parametrize(("before", "new", "after"), [
    ('a: "1000000"', "1000001", 'a: "1000001"'),
    ("a: 'one'", "it's", "a: 'it''s'"),
    ("a: one", "101", 'a: "101"'),
    ("a: one", "yes", 'a: "yes"'),
    ("a: one", "true", 'a: "true"'),
    ("a: one", True, "a: true"),
    ("a: one", "true: false", 'a: "true: false"'),
    ("a: one", "x # y", 'a: "x # y"'),
    ("a: one", "- x", 'a: "- x"'),
    ("a: one", "“é” 👋", "a: “é” 👋"),
    ("a: one", "C:\\new \"x\"", "a: C:\\new \"x\""),
    ("a: one", "2026-01-05", "a: 2026-01-05"),
    ("a: one", "2026-01", "a: 2026-01"),
    ("a: one", "2026-13-77", 'a: "2026-13-77"'),
    ("a: 2024", "2025", "a: 2025"),
    ("a: one   # why", "two", "a: two   # why"),
    ("a:   one", "two", "a:   two"),
    ('"a" : one', "two", '"a" : two'),
    ("{a: one, b: [x, y]}", "a, b", '{a: "a, b", b: [x, y]}'),
])
def test_how_a_value_is_written(before, new, after):
    """A value keeps its quotation marks, and gets them where it could be taken for something else. The rest of its line stays."""
    assert changed(f"{before}\nz: end\n" if before[0] != "{" else f"{before}\n", ("a",), new) in (f"{after}\nz: end\n", f"{after}\n")


def test_folded_text_keeps_the_lines_that_say_the_same():
    """Of a text in folded lines only the line with the other word is changed."""
    text = "a: >-\n  one two\n  three four\n  five six\n\n# a note\nb: end\n"
    assert changed(text, ("a",), "one two three 4 five six") == text.replace("four", "4")
    assert changed(text, ("a",), "one two three four five six seven") == text.replace("five six\n", "five six\n  seven\n")
    assert changed(text, ("a",), "six") == "a: >-\n  six\n\n# a note\nb: end\n"


def test_literal_text_and_text_of_several_plain_lines():
    """A literal text keeps its form. A plain text that goes over two lines becomes one line."""
    assert changed("a: |-\n  one\n  two\nb: x\n", ("a",), "one\n2\n3") == "a: |-\n  one\n  2\n  3\nb: x\n"
    assert changed("a: one\n  two\nb: x\n", ("a",), "one 2") == "a: one 2\nb: x\n"


# ---- adding and taking away

@pytest.mark.parametrize("text", [HARBOUR, HARBOUR.replace("\n", "\r\n"), HARBOUR.rstrip("\n"), HARBOUR + "\n\n# the end\n"],
                         ids=["as it is", "CRLF", "no last line end", "notes below"])
def test_a_contact_more_is_its_own_lines(text):
    """A new contact adds its lines in the order of the example, with the line ends of the file, and touches no other line."""
    end = "\r\n" if "\r\n" in text else "\n"
    after = changed(text, (*HELPLINE, "contacts", 3), {"value": "101", "type": "phone", "note": "x: y"})
    assert lines(text, after) == [("+", f"      - type: phone{end}"), ("+", f'        value: "101"{end}'), ("+", f'        note: "x: y"{end}')]
    last = changed(text, ("services", 1, "contacts", 1), {"type": "phone", "value": "0808 157 0124"})
    assert last.replace("\r\n", "\n").count("Fishgate\n      - type: phone\n        value: 0808 157 0124") == 1
    assert last.endswith(end) == text.endswith(end)


@pytest.mark.parametrize(("text", "after"), [
    ("a:\n- x: one\n  y: two\nb: end\n", "a:\n- x: one\n  y: two\n- x: three\n  y: four\nb: end\n"),
    ("a:\n    -   x: one\n        y: two\nb: end\n", "a:\n    -   x: one\n        y: two\n    -   x: three\n        y: four\nb: end\n"),
    ("a:\n  # first\n  - x: one\n    y: two # 2\n\n# b is next\nb: end\n",
     "a:\n  # first\n  - x: one\n    y: two # 2\n  - x: three\n    y: four\n\n# b is next\nb: end\n"),
    ("a: [{x: one, y: two}]\nb: end\n", "a: [{x: one, y: two}, {x: three, y: four}]\nb: end\n"),
])
def test_new_items_stand_as_the_others_do(text, after):
    """A list goes on as it began: at the margin, far in, below notes, on one line."""
    assert editing.changed(text, [Change(("a", 1), NOTHING, {"x": "three", "y": "four"})]) == after
    assert editing.changed(after, [Change(("a", 1), {"x": "three", "y": "four"}, NOTHING)]) == text


def test_an_item_in_the_middle_and_at_the_beginning():
    """An item goes before the one that stands at its place; a note above that one stays with it."""
    text = "a:\n  - one\n  # of two\n  - two\n"
    assert editing.changed(text, [Change(("a", 1), NOTHING, "x")]) == "a:\n  - one\n  - x\n  # of two\n  - two\n"
    assert editing.changed(text, [Change(("a", 0), NOTHING, "x")]) == "a:\n  - x\n  - one\n  # of two\n  - two\n"
    assert editing.changed("a: [one, two]\n", [Change(("a", 0), NOTHING, "x")]) == "a: [x, one, two]\n"


def test_a_new_field_stands_where_the_example_has_it():
    """A field that was not there comes behind those that stand before it in the example, with the group around it where that is missing too."""
    assert lines(HARBOUR, changed(HARBOUR, ("confirmed_with_provider",), {"how": "rang", "date": "2026-01-05"})) == [
        ("+", "confirmed_with_provider:\n"), ("+", "  date: 2026-01-05\n"), ("+", "  how: rang\n")]
    after = changed(HARBOUR, ("services", 1, "who_for", "gender"), "men")
    assert "      - hilltop\n    who_for:\n      gender: men\n    eligibility: Anyone\n" in after and len(lines(HARBOUR, after)) == 2
    assert "    name: Drop-in\n    summary: Come in and talk.\n" in changed(HARBOUR, ("services", 1, "cost"), "free")


def test_long_new_text_is_folded():
    """A new text that does not fit into a line is folded, and says the same."""
    after = changed(HARBOUR, ("editor_note",), "word " * 60 + "end")
    assert "\neditor_note: >-\n  word" in after and max(map(len, after.splitlines())) <= editing.LONGEST_LINE


def test_what_is_taken_away_takes_its_own_lines():
    """A field, a contact, a service go with their lines only; the last of a group takes the group with it."""
    assert changed(HARBOUR, (*HELPLINE, "cost"), NOTHING) == HARBOUR.replace("    cost: free\n", "")
    text = ('      - type: text\n        value: "85258"\n        message: HARBOUR\n'
            '        checked:\n          date: not known\n          source: A list\n          confidence: likely\n')
    assert text in HARBOUR
    assert changed(HARBOUR, (*HELPLINE, "contacts", 1), NOTHING) == HARBOUR.replace(text, "")
    assert changed(HARBOUR, (*HELPLINE, "languages", 0), NOTHING) == HARBOUR.replace("    languages:\n      - Polish\n", "")
    assert changed(HARBOUR, ("services", 1), NOTHING) == HARBOUR[:HARBOUR.index("  - slug: drop-in")]
    assert changed("a:\n  - x: one\n    y: two\n", ("a", 0, "x"), NOTHING) == "a:\n  - y: two\n"
    assert changed("a: {x: one, y: two}\n", ("a", "y"), NOTHING) == "a: {x: one}\n"
    assert changed("a: [one, two, three]\n", ("a", 1), NOTHING) == "a: [one, three]\n"


def test_a_list_becomes_a_word_and_a_word_a_list():
    """`crime_types` may be a list or the word all."""
    after = changed(HARBOUR, (*HELPLINE, "crime_types"), "all")
    assert after == HARBOUR.replace("    crime_types:\n      - burglary\n      - stalking\n", "    crime_types: all\n", 1)
    assert changed(after, (*HELPLINE, "crime_types"), ["burglary", "stalking"]) == HARBOUR


# ---- what is refused

@pytest.mark.parametrize("change", [
    Change(("name",), "Another", "x"),
    Change(("name",), NOTHING, "x"),
    Change(("nothing_there",), "x", "y"),
    Change(("services", 7), NOTHING, {"slug": "x"}),
    Change(("services", 7, "name"), NOTHING, "x"),
    Change(("name", "inner"), NOTHING, "x"),
    Change((*HELPLINE, "contacts", 0, "value"), "0808 157 0123", "x\u200by"),
])
def test_what_does_not_fit_is_refused(change):
    """An old value that does not stand there, a place that does not exist, what nobody can see."""
    with pytest.raises(Refused):
        editing.changed(HARBOUR, [change], ORDER)


def test_what_cannot_be_read_is_refused_with_its_line():
    """A text that is no entry is refused with the words of the check."""
    with pytest.raises(Refused, match="the entry:2:3: "):
        editing.changed("a: one\nb:\tx\n", [Change(("a",), "one", "two")])


# ---- what differs

def test_the_differences_lead_from_one_to_the_other():
    """The Changes between any two entries of ours make one into the other, in data; and none are found between equals."""
    entries = [editing.data_of(yaml_of(path)) for path in sorted(ROOT.glob("providers/[a-z]*.yaml"))[::12]] + [editing.data_of(HARBOUR)]
    for old, new in itertools.pairwise(entries):
        text = editing.written(old, ORDER)
        assert editing.differences(old, old) == []
        assert editing.data_of(editing.changed(text, editing.differences(old, new), ORDER)) == new


def test_items_are_known_by_what_they_are():
    """A contact that comes first does not make the others differ; one that moved keeps what stays; a number that changes is one Change."""
    one, two = {"type": "phone", "value": "1", "editor_note": "why"}, {"type": "email", "value": "a@example.org"}
    new = {"type": "text", "value": "2"}
    assert editing.differences([one, two], [new, one, two]) == [Change((0,), NOTHING, new)]
    assert editing.differences([one, two], [one | {"value": "3"}, two]) == [Change((0, "value"), "1", "3")]
    bare = {"type": "phone", "value": "1"}
    text = editing.written({"a": [one, two]})
    moved = editing.differences({"a": [one, two]}, {"a": [two, bare]}, lambda path: path[-1] == "editor_note")
    assert editing.data_of(editing.changed(text, moved)) == {"a": [two, one]}
    assert editing.differences([one], [bare], lambda path: path[-1] == "editor_note") == []
    assert editing.differences([one], [bare]) == [Change((0, "editor_note"), "why", NOTHING)]
