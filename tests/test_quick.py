"""What is seen at a glance agrees with the close look that it saves: nothing that the close look finds is passed over."""
import gc
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mutations
from saltmarsh import SCHEMA, TODAY
from support_directory import check, contacts, lists, load, plain, privacy, promises, shape, values, world
from test_check import places_in
from test_fuzz import FILES, VALUES, replaced
from test_phrases import PLANTED

# Pieces of what must not stand in a text, and of what looks like it.
PIECES = [
    "Mr", "Dr.", "D.S.", "PC", "Sarah", "sarah", "Łukasz", "Smith", "O’Hara", "spoke to", "Ask for", "ring", "date of birth", "DOB: 1/2/1990", "born 3.4.1970",
    "NI number", "national inſurance AB 12", "NHS no 123", "password:", "paſsport number", "crime ref 12345", "\u0130", "ı", "ſ", "K", "help@example.org",
    "help (at) example.org", "help [at] example [dot] org", "help at example dot org.uk", "look at home", "0151 234 5678", "+44 7700 900123",
    "O7700 9OO 123", "０１５１ ２３４ ５６７８", "0044 151 234 5678", "dial 911", "ring 9999", "text 911 now", "tbc", "TBD", "todo", "fıxme",
    "to be confirmed", "pleaſe check before", "[insert name]", "??", "Lorem ipsum", "lorem ipſum", "your text here", *".,:-()10é", "word"]
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", " ", "\n"])), max_size=12).map(lambda found: "".join(map("".join, found)))


def found_closely(text):
    """Everything of a text that privacy.persons goes by, names of people and places here left aside."""
    given_names = [found[1] for pattern in (privacy.SPOKEN_TO, privacy.NAMED) for found in pattern.finditer(text) if found[1].lower() in lists.GIVEN_NAMES]
    return [*privacy.HONORIFIC.findall(text), *given_names, *privacy.PRIVATE.findall(text), *privacy.INSIDE.findall(text), *privacy.NUMBER_INSIDE.findall(text),
            *privacy.NO_EMERGENCY_NUMBER.findall(text)]


@settings(max_examples=2000)
@given(TEXTS)
def test_a_text_that_tells_nothing_tells_nothing(text):
    """Neither a name nor a number, an address or a private fact is in it; nor is anything unfinished in what looks finished."""
    if privacy.tells_nothing(text):
        assert found_closely(text) == [] and not list(privacy._numbers_in(text)) and not list(privacy._emails_in(text))
    if not privacy.holds_a_link(text):
        assert not privacy.LINK_INSIDE.search(text)
    small = values.small(text)
    assert values.holds_any(small, plain.UNFINISHED_WORDS) or not plain.UNFINISHED.search(text)
    assert values.holds_any(small, plain.FILLER_WORDS) or not plain.FILLER.search(text)


@pytest.mark.parametrize("sentence", PLANTED)
def test_what_a_promise_cannot_do_without_stands_in_it(sentence):
    """Every pattern that finds a planted sentence, also in capitals and across lines, has its words in it."""
    for way in (sentence, sentence.upper(), sentence.replace(" ", "\n"), sentence.replace("s", "ſ").replace("i", "ı")):
        for (pattern, _), groups in zip(promises.COMPILED, promises.NEEDED, strict=True):
            if found := pattern.search(way):
                assert all(values.holds_any(values.small(found.group()), group) for group in groups)


def test_good_entries_are_plainly_right(good_entries):
    """Every kind of entry: otherwise the closer look would be taken for all of its kind."""
    for entry in good_entries:
        assert shape.plainly(shape.schemas(SCHEMA)[entry.kind].schema)(entry.data), entry.path


def test_what_is_plainly_right_is_right():
    """In two thousand changed files jsonschema finds nothing in what was said to be right, and the quick reader reads what the careful one reads."""
    right = 0
    for number in range(2000):
        kind, name, data = mutations.mutated(number, FILES)
        entry, found = load.entry_of(data, "a", name, kind)
        try:
            closely, places, key_places = load._carefully(load.text_of(data), kind)
        except load.Refused as refused:
            assert entry is None and [(problem.line, problem.column, problem.says, problem.fix) for problem in found] == [(
                refused.line, refused.column, *refused.words)], number
            continue
        assert (entry.data, entry.places, entry.key_places) == (closely, places, key_places), number
        validator = shape.schemas(SCHEMA)[kind]
        if shape.plainly(validator.schema)(entry.data):
            right += 1
            assert next(validator.iter_errors(entry.data), None) is None, number
    assert right > 50


@settings(max_examples=400)
@given(st.data())
def test_no_value_is_said_to_be_right_that_is_not(good_entries, data):
    """Whatever value stands in a field."""
    good = data.draw(st.sampled_from(good_entries))
    changed = replaced(good.data, data.draw(st.sampled_from(list(places_in(good.data)))), data.draw(VALUES))
    validator = shape.schemas(SCHEMA)[good.kind]
    assert not shape.plainly(validator.schema)(changed) or next(validator.iter_errors(changed), None) is None


@settings(max_examples=1000)
@given(st.from_regex(r"\A0[1-35789][0-9]{7,9}\Z"))
def test_ordinary_numbers_are_judged_as_the_library_judges_them(digits):
    """The shorter way to ask the library gives its own answer."""
    parsed = contacts.phonenumbers.parse(digits, "GB")
    assert contacts._in_use(digits) == (contacts.phonenumbers.is_valid_number(parsed) and digits == f"0{parsed.national_number}")


def test_a_reader_is_let_go_at_once():
    """A build collects no cycles, so what is read must not hang in one."""
    text = (SCHEMA.parent / "providers/_example.yaml").read_text(encoding="utf-8")
    gc.collect()
    for _ in range(3):
        load.read_yaml(text)
        load.entry_of(text.encode(), "a", "providers/a.yaml", "provider")
    assert gc.collect() == 0


def test_others_need_no_more_of_an_entry_than_its_abstract(good_entries):
    """The problems of each entry are the same where the abstracts of the others have come from another process."""
    abstracts = pickle.loads(pickle.dumps([world.abstract(entry) for entry in good_entries]))
    validators = shape.schemas(SCHEMA)
    near, far = check.World.of(good_entries), check.World(abstracts)
    assert vars(near).keys() == vars(far).keys() and near.names == far.names and near.titles == far.titles and near.secret_names == far.secret_names
    for entry in good_entries:
        assert check.of_one(entry, validators[entry.kind], near, TODAY) == [] == check.of_one(entry, validators[entry.kind], far, TODAY) or entry.kind == "site"
