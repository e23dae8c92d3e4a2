"""The lines in which a text asks for changes: services helpline > contacts 1 > value: "0800 1" becomes "0800 2"."""
import json
import re

from _changing import SCHEMA
from _saying import name_of, printable, shown
from support_directory import editing, problems, values
from support_directory.editing import NOTHING, Change, Refused

STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"'})
QUOTED = re.compile(r"^[ ]*(?:>[ ]?)+")
PART = r"[a-z_]+(?: [a-z0-9-]+)?"
# Whose listing: a line of its own, as in "Provider: age-uk"; the box of the issue form; or the file alone, as in the form's e-mail.
PROVIDER = re.compile(r"(?im)^(?:[#* ]*(?:provider|which file)[*]*[ ]*(?::|\n)\s*[*`]*(?:providers/)?|"
                      r"providers/(?=[a-z0-9-]+\.yaml))([a-z0-9-]+)(?:\.yaml)?[*`]*[ ]*$")
# Words that look like a change that could not be read: a value before or behind "becomes", or a path before it.
UNREAD = re.compile(r".{0,70}(?:[\"”\]}]|\bnothing|\btrue|\bfalse) ?becomes\b.{0,50}|.{0,70}\bbecomes ?(?:[\"“\[{]|nothing\b).{0,50}|"
                    r".{0,30} > [a-z_]+[^>]{0,60}\bbecomes\b.{0,50}")


def named_in(text):
    """The provider that a text names in a line of its own, or None. Refused where it names two."""
    named = set(PROVIDER.findall("\n".join(lines_without_quotes(text))))
    if len(named) > 1:
        raise Refused(f"The text names more than one provider: {', '.join(sorted(named))}. Make one file of each, or say --provider.")
    return named.pop() if named else None


def changes_in(text, data):
    """A text and the data of the listing as it is now -> the Changes that its lines ask for, in the order in which to make them, or Refused."""
    flat = re.sub(" +", " ", " ".join(line for line in lines_without_quotes(text)))
    start = re.compile(rf"(?<![\w>-])((?:{'|'.join(top_fields())})\b(?: [a-z0-9-]+)?(?: > {PART})*) ?: ?")
    found, end = {}, 0
    for match in start.finditer(flat):
        if match.start() < end:  # inside a value
            continue
        line = change_at(flat, match.end())
        if line is None:
            continue
        refuse_unread(flat[end:match.start()])
        old, new, end = line
        path = path_of(match[1], data, new, [path for path in found if len(path) == 2])
        if path in found and (found[path].old, found[path].new) != (old, new):
            raise Refused(f"{match[1]}: the text asks for two different things. Take out the line that does not count.")
        found[path] = Change(path, old, new)
    refuse_unread(flat[end:])
    for change in found.values():
        now = editing.at(data, change.path)
        if now != change.old:
            raise Refused(f"{name_of(change.path, data)}: the text says {shown(change.old)}, but the listing has {shown(now)} now. "
                          "Ask them again, or correct the line.")
    removed = [change for change in found.values() if change.new is NOTHING]
    return [*(change for change in found.values() if change.new is not NOTHING), *sorted(removed, key=lambda change: change.path, reverse=True)]


def lines_without_quotes(text):
    """The lines of a text without the "> " of an e-mail that is quoted. A ">" between two fields, at which a program broke the line, stays."""
    before, fields = "", re.compile(rf"(?:{'|'.join(top_fields())})\b(?: [a-z0-9-]+)?(?: > {PART})*$")
    for line in text.split("\n"):
        broken = not before.startswith(">") and fields.search(before.strip()) and re.match(rf"> {PART}(?: >|:)", line)
        yield line.strip() if broken else QUOTED.sub("", line, count=1).strip()
        before = line


def top_fields():
    """The names of the fields of an entry."""
    return json.loads((SCHEMA / "provider.schema.json").read_text(encoding="utf-8"))["properties"]


def change_at(flat, place):
    """What stands behind a field's name -> (old, new, where it ends), or None where it is no change."""
    first = value_at(flat, place)
    middle = first and re.compile(" ?becomes ?").match(flat, first[1])
    second = middle and value_at(flat, middle.end())
    return (first[0], second[0], second[1]) if second else None


def value_at(flat, place):
    """A value as JSON, or the word nothing -> (value, where it ends), or None. Curly quotation marks count where straight ones are missing."""
    nothing = re.compile(r"nothing\b").match(flat, place)
    if nothing:
        return NOTHING, nothing.end()
    decoder = json.JSONDecoder(object_pairs_hook=_fields, parse_int=str, parse_float=str, parse_constant=_no_value)
    for text in (flat, flat.translate(STRAIGHT)):
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            continue
        if all(isinstance(one, (str, bool)) for _, one in every_value(value)):
            return value, end
    return None


def _fields(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a field twice")
    return dict(pairs)


def _no_value(word):
    raise ValueError(word)


def every_value(value, path=()):
    """Each value inside a value that is no list and no group, as (path, value)."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from every_value(inner, (*path, key))
    else:
        yield path, value


def refuse_unread(words):
    """Refused where words between the lines that could be read look like a change: nothing that is asked for may be passed over."""
    unread = UNREAD.search(words)
    if unread:
        raise Refused(f"This could not be read: {printable(unread.group().strip())}\n"
                      'Correct it in a copy of the text. It looks like this: services helpline > contacts 1 > value: "0800 1" becomes "0800 2"')


def path_of(words, data, new, added):
    """"services helpline > contacts 1 > value" -> its path. `added`: the paths of services that the same text adds."""
    path = ()
    for part in words.split(" > "):
        name, _, item = part.partition(" ")
        path = (*path, name)
        if item and name == "services" and len(path) == 1:
            path = (*path, service_at(item, data, new, added))
        elif item:
            if not item.isdigit() or not 0 < int(item) < 1000:
                raise Refused(f"{words}: items of {name} have a number from 1, and this is {item}.")
            path = (*path, int(item) - 1)
    return path


def service_at(slug, data, new, added):
    """The position of a service, or of one that is new."""
    slugs = [values.text(service.get("slug")) for service in values.rows(data.get("services"))]
    if slug in slugs:
        return slugs.index(slug)
    if values.fields(new).get("slug") == slug:
        return len(slugs) + sum(1 for path in added if path[0] == "services" and path[1] >= len(slugs))
    meant = problems.nearest(slug, slugs)
    hint = f"Did you mean {meant}?" if meant else f"There are: {', '.join(slugs)}."
    raise Refused(f'There is no service called "{slug}" in this listing. {hint}')
