"""Reads YAML files and pages into entries. Strict: what is read is what was typed.

Plain YAML changes values (0151234567 becomes an octal number, no becomes false) and forgives repeated keys.
Here every scalar stays the text that was typed, true and false excepted; whatever could hide something is refused.
"""
import functools
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from . import files, problems, values
from .problems import Problem

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser is ten times faster, where PyYAML has it
SLOW = LOADER is yaml.BaseLoader
# What the slow parser says -> what the fast one says of the same mistake.
SLOW_REASONS = (
    ("expected the node content", "did not find expected node content"),
    ("expected ',' or '", "did not find expected ',' or ']'"),
    ("sequence entries are not allowed", "block sequence entries are not allowed"),
    ("expected indentation indicator", "indentation indicator equal to 0"),
    ("expected (chomping|a comment)", "comment or line break"),
    ("expected (URI|'!'|' ')", "tag"),
    ("expected alphabetic", "alphabetic or numeric character"),
    ("expected '<document start>'", "<document start>"),
    ("expected a digit", "version number"),
)
FOREIGN = re.compile("^[<=>`~{%P]", re.MULTILINE)  # how the lines of problems.FOREIGN_LINES begin
SHORT = 40  # letters: a text that several files may have
LONGEST_TEXT = 3000  # the most that a schema allows: editor_note of a provider
MOST_BYTES = 64 * 1024
MOST_LEVELS = 6
MOST_VALUES = 3000  # ten times what the largest entry has; more would take long to check
# What nobody can see on the screen, or sees as a box: controls but the line break, spaces that only look like one, direction marks, zero-width characters.
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
                    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ufffd\ue000-\uf8ff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
COMMENT = re.compile(r"(?:^|\s)(#.*)$")
LOST = re.compile(r"\s+#\S")  # after a value: "Call #1 helpline" would lose all but "Call". A note has a space after its #.
LOST_ANYWHERE = re.compile(r"\s#\S")  # looked for in a whole file: with the + above, many blank lines would take seconds


FOLLOWS = ("texts", "short_texts", "shown_texts", "in_small_letters")  # what an Entry works out from its data


@dataclass(frozen=True)
class Entry:
    """One file as read: `data` is made of dicts, lists, text, True and False.

    `places` and `key_places` give (line, column), counted from 1, of each value and of each field's name, by path (`Places`).
    """

    kind: str
    slug: str
    path: str
    data: dict
    places: Mapping = field(repr=False)
    key_places: Mapping = field(repr=False)
    comments: tuple = field(default=(), repr=False)  # (line, column, text) of what stands behind a #: nobody publishes it, but everybody can read it

    @functools.cached_property
    def texts(self):
        """Every text of the entry, as (path, text)."""
        return tuple(values.all_texts(self.data))

    @functools.cached_property
    def short_texts(self):
        """As `texts`, each cut where no field of the schemas may still go on: the rest is too long anyway, and shape.py says so.

        Phrases for the search are left out: they quote what people type, are many, and are never shown.
        """
        phrases = () if self.kind == "provider" else ("also_known_as", "in_other_languages")
        if not phrases and all(len(text) <= LONGEST_TEXT for _, text in self.texts):
            return self.texts
        return tuple((path, text[:LONGEST_TEXT]) for path, text in self.texts if path[0] not in phrases)

    @functools.cached_property
    def shown_texts(self):
        """Those of `short_texts` that readers see."""
        return tuple((path, text) for path, text in self.short_texts if values.readers_see(path))

    @functools.cached_property
    def in_small_letters(self):
        """All texts in one, in small letters, to see at once that none of them holds a word."""
        return "\n".join([text for _, text in self.texts]).lower()

    def forget(self):
        """Lets go of whatever follows from the data and was worked out for the check."""
        for name in FOLLOWS:
            self.__dict__.pop(name, None)

    def __getstate__(self):
        """Entries travel to another process (scripts/build.py); what follows from the data stays behind."""
        return {name: value for name, value in self.__dict__.items() if name not in FOLLOWS}

    def problem(self, path, words):
        """A Problem at `path` (a tuple of field names and list positions); words is (says, fix)."""
        while path not in self.places:
            path = path[:-1]
        return Problem(self.path, *self.places[path], problems.field_name(path), *words)

    def problem_at_key(self, path, words):
        """A Problem at the name of the field `path`."""
        return Problem(self.path, *self.key_places[path], problems.field_name(path), *words)


class Refused(Exception):
    """Raised and caught inside this module only: reading stops at (line, column) for the reason in words."""

    def __init__(self, words, line=1, column=1):
        super().__init__(words[0])
        self.words, self.line, self.column = words, line, column


def _refuse(words, mark):
    raise Refused(words, mark.line + 1, mark.column + 1)


def text_of(data):
    """Bytes of a file -> its text, or Refused. At most 64 KiB, UTF-8, nothing hidden."""
    if len(data) > MOST_BYTES:
        raise Refused(problems.too_large(len(data), MOST_BYTES))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[:error.start].decode("utf-8")
        raise Refused(problems.not_utf8(), before.count("\n") + 1, len(before) - before.rfind("\n")) from None
    text = text.replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), 1) if FOREIGN.search(text) else ():
        if FOREIGN.match(line) and problems.foreign_line(line):
            raise Refused(problems.foreign_line(line), number)
    if text.startswith("\ufeff"):
        raise Refused(problems.byte_order_mark())
    plainly_seen = text.isascii() and text.replace("\n", "").isprintable()  # a quick way to say so of most files
    hidden = None if plainly_seen else HIDDEN.search(text)
    if hidden:
        at = hidden.start()
        raise Refused(_hidden_words(hidden.group()), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return text


def _reason(error):
    """What the parser says is wrong; what only the slow one says, in the words of the fast one."""
    if error.problem.startswith("expected <block end>"):
        return "did not find expected key" if error.context == "while parsing a block mapping" else "did not find expected '-' indicator"
    return next((said for pattern, said in SLOW_REASONS if re.match(pattern, error.problem)), error.problem)


def _hidden_words(character):
    if character == "\t":
        return problems.tab()
    return problems.hidden_character(unicodedata.name(character, "").lower() or f"U+{ord(character):04X}")


def _quickly(text):
    """YAML text without anything hidden -> its data, or None where the slower reader below must look: at what it refuses, at what it might.

    Nearly all files are right, and to know that takes a third of the time that it takes to know where each value stands.
    """
    if "\\" in text or LOST_ANYWHERE.search(text):
        return None
    next_event = LOADER(text).get_event
    data = inside = key = None  # `inside`: the dict or list whose values come now; `key`: of the value to come
    above, names, count = [], 0, 0  # what `inside` is itself inside of, with how many names lead there; how many lead to `inside`; values so far
    try:
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent:
                value = event.value
                if event.anchor or event.tag or inside is None:
                    return None
                if key is None and type(inside) is dict:
                    if value in inside or value == "<<" or not value.strip():
                        return None
                    key = sys.intern(value)
                    continue
                if len(value) <= SHORT:  # the words of the schemas: each is kept once, however many files have it
                    value = (value == "true") if event.implicit[0] and value in ("true", "false") else sys.intern(value)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.anchor or event.tag or (key is None and type(inside) is dict):
                    return None
                value = {} if kind is yaml.MappingStartEvent else []
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                inside, names = above.pop()
                continue
            elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and data is not None):
                return None
            else:
                continue
            count += 1
            if inside is None:
                data = value
            elif key is None:
                inside.append(value)
            else:
                inside[key] = value
            if kind is not yaml.ScalarEvent:
                above.append((inside, names))
                names += key is not None
                if names > MOST_LEVELS or len(above) > 2 * MOST_LEVELS:
                    return None
                inside = value
            key = None
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) and count <= MOST_VALUES else None


def _events(text, lines):
    """The events of the parser; what it says is wrong is refused. A function of its own: a reader that held itself would never be let go."""
    try:
        yield from yaml.parse(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        # What is opened and never closed is noticed at the end, and mended at its beginning, which the parser calls the context.
        from_start = (error.context or "").startswith(("while scanning", "while parsing a flow"))
        mark = error.context_mark if from_start and error.context_mark else error.problem_mark
        _refuse(problems.not_yaml(_reason(error), lines[mark.line][:mark.column]), mark)


class _Reader:
    """Turns the parser's events into data and places; one reader reads one file."""

    def __init__(self, text, first_line=0):
        self.lines = [*text.split("\n"), ""]
        self.events = _events(text, self.lines)
        self.first_line = first_line
        self.places, self.key_places = {}, {}

    def read(self):
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                data = self._value(next(self.events), ())
                next(self.events)  # the document's end
                if not isinstance(after := next(self.events), yaml.StreamEndEvent):
                    _refuse(problems.second_document(), after.start_mark)
                return data
        raise Refused(problems.empty_file())

    def _value(self, event, path):
        self._plain(event)
        self.places[path] = self._place(event)
        if len(self.places) > MOST_VALUES:
            _refuse(problems.too_many_values(MOST_VALUES), event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        names = sum(isinstance(part, str) for part in path)  # an editor sees a level where a field's name stands
        if names > MOST_LEVELS or len(path) > 2 * MOST_LEVELS:
            _refuse(problems.too_deep(MOST_LEVELS), event.start_mark)
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _place(self, event):
        return event.start_mark.line + 1 + self.first_line, event.start_mark.column + 1

    def _plain(self, event):
        if event.anchor:  # that of an alias, too
            _refuse(problems.anchor_or_alias(), event.start_mark)
        if event.tag:
            _refuse(problems.tag(), event.start_mark)
        hidden = isinstance(event, yaml.ScalarEvent) and HIDDEN.search(event.value)  # written as an escape, such as "\u200b"
        if hidden:
            _refuse(_hidden_words(hidden.group()), event.start_mark)

    def _scalar(self, event):
        after = event.end_mark
        if event.implicit[0] and LOST.match(self.lines[after.line], after.column):
            _refuse(problems.lost_after_hash(), after)
        if event.implicit[0] and event.value in ("true", "false"):  # plain, that is, not in quotation marks
            return event.value == "true"
        return event.value

    def _sequence(self, path):
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path):
        data = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._plain(event)
            if not isinstance(event, yaml.ScalarEvent) or not event.value.strip():
                _refuse(problems.key_not_text(), event.start_mark)
            key = event.value
            if key == "<<" and event.implicit[0]:
                _refuse(problems.merge_key(), event.start_mark)
            if key in data:
                _refuse(problems.repeated_key(key, self.key_places[(*path, key)][0]), event.start_mark)
            self.key_places[(*path, key)] = self._place(event)
            data[key] = self._value(next(self.events), (*path, key))
        return data


def read_yaml(text, first_line=0):
    """YAML text -> (data, places, key_places), or Refused. `first_line`: lines that stand above the text in its file."""
    reader = _Reader(text, first_line)
    try:
        data = reader.read()
    except Refused as refused:
        refused.line += first_line
        raise
    if not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else "text" if data else "nothing"
        raise Refused(problems.not_a_mapping(found), *reader.places[()])
    return data, reader.places, reader.key_places


def _comments(text):
    """Whatever may be a comment in a text: a # at the start of a line or after a space, to the end of the line."""
    if "#" not in text:
        return ()
    found = ((number, COMMENT.search(line)) for number, line in enumerate(text.split("\n"), 1) if "#" in line)
    return tuple((number, at.start(1) + 1, at[1]) for number, at in found if at)


def split_page(text):
    """A page's text -> (the YAML between the two ---, the Markdown below). Refused where there are not two."""
    lines = text.split("\n")
    rules = [n for n, line in enumerate(lines) if line.rstrip() == "---"]
    if rules[:1] != [0] or len(rules) < 2 or not "".join(lines[1:rules[1]]).strip():
        raise Refused(problems.no_front_matter())
    return "\n".join(lines[1:rules[1]]), "\n".join(lines[rules[1] + 1:])


def read_entry(path, name, kind):
    """One file -> (Entry or None, problems). `name` is the path that messages show."""
    data, refused = read_bytes(path, name)
    return (None, refused) if data is None else entry_of(data, path.stem, name, kind)


def read_bytes(path, name):
    """One file -> (its bytes or None, problems). `name` is the path that messages show."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = 0
    if not stat.S_ISREG(mode):
        return None, [Problem(name, 1, 1, "", *problems.not_a_regular_file())]
    if os.name == "posix" and mode & 0o111:
        return None, [Problem(name, 1, 1, "", *problems.marked_as_a_program())]
    try:
        return path.read_bytes(), []
    except OSError as error:
        return None, [Problem(name, 1, 1, "", *problems.cannot_be_opened(error.strerror or ""))]


def entry_of(data, slug, name, kind):
    """The bytes of a file -> (Entry or None, problems), as read_entry."""
    try:
        text = text_of(data)
        head, body = split_page(text) if kind in files.IN_MARKDOWN else (text, None)
        where = _Where(text, kind)
        fields = _quickly(head)
        if fields is None or (body is not None and "body" in fields):
            fields, *where.both = _carefully(text, kind)
        elif body is not None:
            fields["body"] = _shown(body)
    except Refused as refused:
        return None, [Problem(name, refused.line, refused.column, "", *refused.words)]
    return Entry(kind, slug, name, fields, Places(where, 0), Places(where, 1), _comments(text)), []


def _carefully(text, kind):
    """The text of a file -> (data, places, key_places), or Refused."""
    if kind not in files.IN_MARKDOWN:
        return read_yaml(text)
    head, body = split_page(text)
    fields, places, key_places = read_yaml(head, first_line=1)
    if "body" in fields:
        raise Refused(problems.text_at_the_top(), *key_places[("body",)])
    fields["body"] = _shown(body)
    places[("body",)] = key_places[("body",)] = (head.count("\n") + 4, 1)
    return fields, places, key_places


def _shown(body):
    return body if body.strip() else ""


class _Where:
    """The text of a file, and where its values and names stand once somebody has asked."""

    __slots__ = ("_both", "_kind", "_text")

    def __init__(self, text, kind):
        self._text, self._kind, self._both = text, kind, None

    @property
    def both(self):
        """(places, key_places): the text is read a second time for them, when the first of them is asked for."""
        if self._both is None:
            self.both = _carefully(self._text, self._kind)[1:]
        return self._both

    @both.setter
    def both(self, found):
        self._both = found

    def __reduce__(self):
        return _Where, (self._text, self._kind)


class Places(Mapping):
    """{path: (line, column)} of an entry's values or names. Only a problem asks for them, so they are worked out only then."""

    __slots__ = ("_where", "_which")

    def __init__(self, where, which):
        self._where, self._which = where, which

    def __getitem__(self, path):
        return self._where.both[self._which][path]

    def __iter__(self):
        return iter(self._where.both[self._which])

    def __len__(self):
        return len(self._where.both[self._which])

    def __reduce__(self):
        return Places, (self._where, self._which)
