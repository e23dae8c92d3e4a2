"""Changes the text of an entry, and keeps every byte that the change does not speak of: notes, order, quotation marks, folds, line ends.

ruamel.yaml says where each value stands, and writes new values. They are set into the text that is there, which is never written anew as a whole.
Each changed text is read again by load.py and must hold exactly what was wanted; otherwise it is refused.
"""
import difflib
import io
import re
import textwrap
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, SingleQuotedScalarString

from . import dates, load, problems, values

LONGEST_LINE = 120  # a new text that does not fit is folded
# What other readers of YAML would take for a number or for yes and no, so it is written in quotation marks. A date is not: it is left as editors write it.
DOUBTFUL = re.compile(r"(?i)(true|false|yes|no|on|off|y|n|null|~|[-+.]?[0-9][0-9_.:ex]*|)")
IDENTITY = ("slug", "type", "value", "by", "days")  # what an item of a list is known by, where it has fields


class Nothing:
    """What stands where there is no value. There is one: NOTHING."""

    def __repr__(self):
        return "nothing"


NOTHING = Nothing()


class Change(NamedTuple):
    """At `path`, `old` becomes `new`. NOTHING as old adds, in a list before the item that stands there; NOTHING as new removes."""

    path: tuple
    old: object
    new: object


class Refused(Exception):
    """Why a text cannot be changed, in words for an editor."""


def changed(text, changes, order=None):
    """An entry's text and Changes -> the changed text. Refused where an old value is not what stands there, or where more would change.

    The Changes are made one after the other, so each path speaks of the text after those before it. `order`: as `order_in` gives it.
    """
    for change in changes:
        old, new = change.old, change.new
        same_kind = (isinstance(old, dict) and isinstance(new, dict)) or (isinstance(old, list) and isinstance(new, list))
        smaller = differences(old, new, path=change.path) if same_kind and new else [change]
        if at(data_of(text), change.path) != old and not (old is NOTHING and isinstance(change.path[-1], int)):
            raise Refused(f"{problems.field_name(change.path)} is not what was expected. Look at the entry as it is now.")
        for one in smaller:
            text = _changed(text, one, order or {})
    return text


def written(data, order=None):
    """The data of a whole entry -> its text, in the way in which editors write."""
    return "\n".join(_block(_ordered(data, (), order or {}), (2, 4))) + "\n"


def data_of(text):
    """An entry's text -> its data, or Refused."""
    entry, found = load.entry_of(text.encode("utf-8"), "", "the entry", "provider")
    if not entry:
        raise Refused(str(found[0]))
    return entry.data


def at(data, path):
    """What stands at a path inside data, or NOTHING."""
    try:
        return values.at(data, path)
    except (KeyError, IndexError, TypeError):
        return NOTHING


def order_in(example):
    """The data of an entry with every field -> {path without numbers: names of the fields there, in order}."""
    found = {}

    def look(value, path):
        if isinstance(value, dict):
            names = found.setdefault(path, [])
            before = 0
            for name, inner in value.items():
                if name not in names:
                    names.insert(before, name)
                before = names.index(name) + 1
                look(inner, (*path, name))
        for inner in value if isinstance(value, list) else ():
            look(inner, path)

    look(example, ())
    return found


def differences(old, new, stays=lambda path: False, path=()):
    """Old and new data -> the Changes that lead from one to the other, in an order in which they can be made.

    Items with fields are matched by IDENTITY. `stays(path)`: whether a field that the new data leave out is left as it is.
    """
    if old == new:
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        found = []
        for name in dict.fromkeys([*old, *new]):
            inner = (*path, name)
            if name not in old:
                found.append(Change(inner, NOTHING, new[name]))
            elif name in new:
                found += differences(old[name], new[name], stays, inner)
            elif not stays(inner):
                found.append(Change(inner, old[name], NOTHING))
        return found
    if isinstance(old, list) and isinstance(new, list) and new:
        return _in_a_list(old, new, stays, path)
    return [Change(path, old, new)]


def _in_a_list(old, new, stays, path):
    """As `differences`, of two lists: from the end, so that the numbers before it still hold."""
    found, names = [], ([_identity(item) for item in old], [_identity(item) for item in new])
    for _what, i1, i2, j1, j2 in reversed(difflib.SequenceMatcher(None, *names, autojunk=False).get_opcodes()):
        pairs = min(i2 - i1, j2 - j1)
        found += [Change((*path, n), old[n], NOTHING) for n in range(i2 - 1, i1 + pairs - 1, -1)]
        found += [Change((*path, i1 + pairs + n), NOTHING, _moved(item, old, names[0], stays, path)) for n, item in enumerate(new[j1 + pairs:j2])]
        for n in range(pairs - 1, -1, -1):
            found += differences(old[i1 + n], new[j1 + n], stays, (*path, i1 + n))
    return found


def _moved(item, old, names, stays, path):
    """An item that is new at its place, with what stays of the same item at its old place."""
    name = _identity(item)
    before = old[names.index(name)] if isinstance(item, dict) and name in names else {}
    return {**item, **{key: value for key, value in before.items() if key not in item and stays((*path, key))}} if before else item


def _identity(item):
    return repr([item.get(name) for name in IDENTITY]) if isinstance(item, dict) else repr(item)


def _with(data, change):
    """Data -> the same with one Change, as a copy."""
    copy = _copy(data)
    *above, last = change.path
    parent = values.at(copy, above)
    if change.new is NOTHING:
        del parent[last]
    elif change.old is NOTHING and isinstance(parent, list):
        parent.insert(last, _copy(change.new))
    else:
        parent[last] = _copy(change.new)
    return copy


def _copy(value):
    if isinstance(value, dict):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _lifted(data, change):
    """The Change itself, or that of what is around it: a field in a group that is not there yet brings the group, the last of a group takes it away."""
    path, old, new = change
    while len(path) > 1 and at(data, path[:-1]) is NOTHING and old is NOTHING:
        if isinstance(path[-1], int) and path[-1]:
            break
        new, path = ([new] if isinstance(path[-1], int) else {path[-1]: new}), path[:-1]
    while len(path) > 1 and new is NOTHING and len(at(data, path[:-1])) == 1:
        path = path[:-1]
        old = at(data, path)
    return Change(path, old, new)


def _changed(text, change, order):
    data = data_of(text)
    change = _lifted(data, change)
    parent = at(data, change.path[:-1])
    last = change.path[-1]
    if not isinstance(parent, list if isinstance(last, int) else dict) or (isinstance(last, int) and last > len(parent)):
        raise Refused(f"{problems.field_name(change.path)}: there is no such place in the entry.")
    if change.new is not NOTHING:
        change = change._replace(new=_ordered(change.new, names_of(change.path), order))
    wanted, page = _with(data, change), _Page(text)
    for result in page.ways(change, _order_at(names_of(change.path[:-1]), order)):
        try:
            if data_of(result) == wanted:
                return result
        except Refused:  # one way that is none; the next may be
            continue
    raise Refused(f"{problems.field_name(change.path)}: this cannot be changed without changing more of the file. Change it by hand.")


def names_of(path):
    """A path without the positions in lists."""
    return tuple(part for part in path if isinstance(part, str))


def _order_at(names, order):
    """The order of the fields at a path; where the example has none there, that of a group of the same name elsewhere."""
    alike = (inner for path, inner in order.items() if names and path[-1:] == names[-1:])
    return order[names] if names in order else next(alike, ())


def _ordered(value, names, order):
    """A value with its fields in the order of the example."""
    if isinstance(value, list):
        return [_ordered(inner, names, order) for inner in value]
    if not isinstance(value, dict):
        return value
    known = [name for name in _order_at(names, order) if name in value]
    return {name: _ordered(value[name], (*names, name), order) for name in [*known, *(name for name in value if name not in known)]}


class _Page:
    """An entry's text, and where in it each value stands."""

    def __init__(self, text):
        self.text = text
        self.root = YAML().compose(text)
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.indents = next(_indents(self.root), (2, 4))  # of a list's dashes and of what stands behind them, seen from the field's name

    # ---- the ways to make a change: texts, the best first

    def ways(self, change, order):
        """The texts that could be what is wanted; the first that reads as it should is the one."""
        parent = self.node(change.path[:-1])
        old, new, last = change.old, change.new, change.path[-1]
        if new is NOTHING:
            yield self.without(parent, last)
        elif old is NOTHING:
            yield self.with_item(parent, last, new) if isinstance(last, int) else self.with_field(parent, last, new, order)
        else:
            node = self.node(change.path)
            if isinstance(node, ScalarNode) and not isinstance(new, (dict, list)):
                yield from self.with_scalar(node, parent, new)
            if isinstance(last, str) and not parent.flow_style:
                yield self.with_value(parent, last, new)
            elif parent.flow_style:
                yield self.put(node.start_mark.index, self.end(node, parent), _in_flow(new))

    def with_scalar(self, node, parent, new):
        """One value that is no group and no list, in its own style where that can be, else in quotation marks."""
        start, end = node.start_mark.index, self.end(node, parent)
        if node.style in ("|", ">") and isinstance(new, str):
            yield self.refolded(start, end, node.style, new)
            return  # with_value is next
        if node.style is None and DOUBTFUL.fullmatch(str(node.value)) and str(new).isdigit() and str(node.value).isdigit():
            yield self.put(start, end, new)
        for style in dict.fromkeys((node.style, '"')):
            yield self.put(start, end, _in_flow(new, style) if parent.flow_style else _on_a_line(new, style))

    def refolded(self, start, end, style, new):
        """A text in folded or literal lines: lines at its beginning and end that say the same stay as they are."""
        header_end = self.next_line(start)
        lines = [line.rstrip("\r") for line in self.text[header_end:end].split("\n")]
        indent = " " * (len(lines[0]) - len(lines[0].lstrip(" ")))
        if style == "|":
            folded = new.rstrip("\n").split("\n")
        else:
            folded = _folded([line.split() for line in lines], new.split(), max(LONGEST_LINE, *map(len, lines)) - len(indent))
        return self.put(header_end, end, self.line_end.join(indent + line if line else line for line in folded))

    def with_value(self, mapping, name, new):
        """A field with a value of another kind: from behind its colon to the end of the old value."""
        key, value = self.pair(mapping, name)
        colon = self.text.index(":", key.end_mark.index) + 1
        first, *others = _block({name: new}, self.indents)
        lines = [first.partition(":")[2], *(" " * mapping.start_mark.column + line for line in others)]
        return self.put(colon, self.end(value, mapping), self.line_end.join(lines))

    def with_field(self, mapping, name, new, order):
        """A field that was not there: behind the last of those that stand before it in the example."""
        rank = {known: n for n, known in enumerate(order)}
        before = [pair for pair in mapping.value if rank.get(pair[0].value, len(rank)) < rank.get(name, len(rank))] if name in rank else mapping.value
        _, value = (before or mapping.value[:1])[-1]
        end = self.end(value, mapping)
        if mapping.flow_style:
            return self.put(end, end, f", {_in_flow({name: new})[1:-1]}")
        return self.with_lines(end, mapping.start_mark.column, _block({name: new}, self.indents))

    def with_item(self, sequence, place, new):
        """An item of a list, before the one that stands at its place, or at the end."""
        items = sequence.value
        if sequence.flow_style:
            if place == len(items):
                end = self.end(items[-1], sequence)
                return self.put(end, end, f", {_in_flow(new)}")
            return self.put(items[place].start_mark.index, items[place].start_mark.index, f"{_in_flow(new)}, ")
        lines = [line.removeprefix("  ") for line in _block({"items": [new]}, (2, 2 + self.indents[1] - self.indents[0]))[1:]]
        if place:
            return self.with_lines(self.end(items[place - 1], sequence), sequence.start_mark.column, lines)
        start = self.dash(sequence, 0)
        return self.put(start, start, "".join(" " * sequence.start_mark.column + line + self.line_end for line in lines))

    def without(self, parent, last):
        """The text without a field or an item: its lines, with the notes that stand on them."""
        pairs = parent.value if isinstance(last, int) else [key for key, _ in parent.value]
        place = last if isinstance(last, int) else [key.value for key in pairs].index(last)
        node = parent.value[place] if isinstance(last, int) else parent.value[place][1]
        start, end = pairs[place].start_mark.index, self.end(node, parent)
        if parent.flow_style:
            if place + 1 < len(pairs):
                return self.put(start, pairs[place + 1].start_mark.index, "")
            before = parent.value[place - 1]
            return self.put(self.end(before if isinstance(last, int) else before[1], parent), end, "")
        if isinstance(last, int):
            return self.put(self.dash(parent, place), self.next_line(end), "")
        line = self.text.rfind("\n", 0, start) + 1
        if self.text[line:start].strip():  # the first field behind a dash
            return self.put(start, pairs[place + 1].start_mark.index, "")
        return self.put(line, self.next_line(end), "")

    # ---- where things stand

    def node(self, path):
        """The node at a path."""
        node = self.root
        for part in path:
            node = node.value[part] if isinstance(part, int) else self.pair(node, part)[1]
        return node

    def pair(self, mapping, name):
        """A field's name and value, as nodes."""
        return next(pair for pair in mapping.value if pair[0].value == name)

    def end(self, node, parent):
        """Where a value ends: the notes and empty lines below it belong to what follows."""
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return self.end_of_lines(node, parent.start_mark.column)
        if isinstance(node, ScalarNode) or node.flow_style or not node.value:
            return node.end_mark.index
        last = node.value[-1]
        return self.end(last if isinstance(node, SequenceNode) else last[1], node)

    def end_of_lines(self, node, column):
        """Where a folded or literal text ends: its last line that is further in than the field's name and not empty."""
        at_line = self.next_line(node.start_mark.index)
        end = at_line
        while at_line < len(self.text):
            after = self.next_line(at_line)
            line = self.text[at_line:after]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) <= column:
                    break
                end = at_line + len(line.rstrip("\r\n"))
            at_line = after
        return end

    def dash(self, sequence, place):
        """Where the line begins on which an item's dash stands."""
        dash = f"\n{' ' * sequence.start_mark.column}-"
        return self.text.rfind(dash, 0, sequence.value[place].start_mark.index) + 1

    def next_line(self, index):
        """Where the line after this place begins."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    # ---- texts

    def put(self, start, end, new):
        """The text with something else from start to end."""
        return self.text[:start] + new + self.text[end:]

    def with_lines(self, end, column, lines):
        """The text with lines below the one that holds the place `end`, each that far in."""
        below = self.next_line(end)
        lines = [" " * column + line for line in lines]
        if below == len(self.text) and not self.text.endswith("\n"):
            return self.text + "".join(self.line_end + line for line in lines)
        return self.put(below, below, "".join(line + self.line_end for line in lines))


def _indents(node):
    """How far in the lists of a text stand: (dash, what is behind it), for each list in lines."""
    for pair in node.value if isinstance(node, MappingNode) else [(None, item) for item in node.value] if isinstance(node, SequenceNode) else ():
        value = pair[1]
        if isinstance(value, SequenceNode) and pair[0] and not value.flow_style and value.value:
            yield value.start_mark.column - node.start_mark.column, value.value[0].start_mark.column - node.start_mark.column
        yield from _indents(value)


# ---- new values, written by ruamel.yaml

def _dumped(value, indents=(2, 4)):
    yaml, text = YAML(), io.StringIO()
    yaml.width = 100_000  # no line is broken but by us
    yaml.indent(mapping=2, sequence=indents[1], offset=indents[0])
    yaml.dump(value, text)
    return text.getvalue().rstrip("\n")


def _block(value, indents):
    """Fields and their values -> lines, as editors write them."""
    return _dumped(_styled(value, 0), indents).split("\n")


def _styled(value, depth):
    """A value, each of whose texts ruamel.yaml will write in the style of the house."""
    if isinstance(value, dict):
        styled = CommentedMap()
        for name, inner in value.items():
            styled[name] = _styled(inner, depth + len(name) + 2)
        return styled
    if isinstance(value, list):
        return [_styled(inner, depth + 4) for inner in value]
    if isinstance(value, str) and len(value) + depth > LONGEST_LINE and " ".join(value.split()) == value and "#" not in value:
        text, place = FoldedScalarString(value), -1
        text.fold_pos = []
        for line in textwrap.wrap(value, LONGEST_LINE - 10, break_long_words=False, break_on_hyphens=False)[:-1]:
            place += len(line) + 1
            text.fold_pos.append(place)
        return text if text.fold_pos else _one(value, None)
    return _one(value, None)


def _one(value, style):
    """A text as ruamel.yaml is to write it: in that style, or in quotation marks where it could be taken for something else."""
    if not isinstance(value, str):
        return value
    if style == "'":
        return SingleQuotedScalarString(value)
    if style == '"' or DOUBTFUL.fullmatch(value):
        return DoubleQuotedScalarString(value)
    # ruamel.yaml puts a date that is text into quotation marks, and prefers single ones; editors do neither.
    if dates.earliest_day(value) and len(value) == len("2026-01-05"):
        return dates.earliest_day(value)
    return DoubleQuotedScalarString(value) if _dumped([value]).lstrip(" -").startswith("'") else value


def _on_a_line(value, style=None):
    return _dumped({"a": _one(value, style)}).removeprefix("a: ")


def _in_flow(value, style=None):
    """A value between [ ] or { }."""
    def flow(inner):
        if isinstance(inner, dict):
            made = CommentedMap((name, flow(one)) for name, one in inner.items())
        elif isinstance(inner, list):
            made = CommentedSeq(map(flow, inner))
        else:
            return _one(inner, '"' if isinstance(inner, str) and re.search(r"[,\[\]{}]", inner) else style)
        made.fa.set_flow_style()
        return made

    if isinstance(value, (dict, list)):
        return _dumped({"a": flow(value)}).removeprefix("a: ")
    return _dumped({"a": flow([value])}).removeprefix("a: [").removesuffix("]")


def _folded(old, new, width):
    """The words of the old lines, and the new words -> lines. Lines at the beginning and the end whose words stay are kept as they are."""
    first, last = [], []
    while old and new[:len(old[0])] == old[0]:
        first.append(" ".join(old[0]))
        new = new[len(old.pop(0)):]
    while old and new and new[-len(old[-1]):] == old[-1]:
        last.insert(0, " ".join(old[-1]))
        new = new[:-len(old.pop())]
    return [*first, *textwrap.wrap(" ".join(new), width, break_long_words=False, break_on_hyphens=False), *last]
