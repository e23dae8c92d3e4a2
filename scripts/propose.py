"""Makes what an organisation asks for into a branch with one commit, for an editor to read and to send. It never pushes.

    python3 scripts/propose.py --text MAIL --channel e-mail     a saved e-mail or note ("-" reads what you paste), with lines such as
        Provider: harbour-advice
        services helpline > contacts 1 > value: "0808 157 0123" becomes "0808 157 0124"
    python3 scripts/propose.py --file harbour-advice.yaml       the whole file that the form on the site gives
    python3 scripts/propose.py --issue 12                       an issue on GitHub (needs GitHub's program gh)
    python3 scripts/propose.py --new "Harbour Advice" --channel phone     asks for a new listing, question by question

A service is named by its slug, other items of lists by their number from 1. `nothing` stands where there was or is nothing.
The whole site is checked with the change before anything is made. Where something is wrong, everything stays as it was, and the script ends with 1.
"""
import argparse
import collections
import datetime
import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import _setup

_setup.ready("edit")

from support_directory import check, editing, files, load, privacy, problems, shape, values, world  # noqa: E402
from support_directory.editing import NOTHING, Change, Refused  # noqa: E402

SCHEMA = _setup.ROOT / "schema"
CHANNELS = ("e-mail", "phone", "form", "issue", "letter")
# What nobody outside may change by what they send, and why. An editor can allow it.
GUARDED = {
    "maintainers": "it says who may propose changes for an organisation",
    "confirmed_with_provider": "only an editor who asked them can say so",
    "confidential_location": "a secret place could become known",
}
FOR_EDITORS = {*GUARDED, "editor_note"}  # a file that leaves these out does not ask for them to go
NOT_ASKED = {"maintainers"}
MOST_BYTES = 1024 * 1024
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"'})
SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")
QUOTED = re.compile(r"^[ ]*(?:>[ ]?)+")
PART = r"[a-z_]+(?: [a-z0-9-]+)?"
# Whose listing: a line of its own, as in "Provider: age-uk"; the box of the issue form; or the file alone, as in the form's e-mail.
PROVIDER = re.compile(r"(?im)^(?:[#* ]*(?:provider|which file)[*]*[ ]*(?::|\n)\s*[*`]*(?:providers/)?|"
                      r"providers/(?=[a-z0-9-]+\.yaml))([a-z0-9-]+)(?:\.yaml)?[*`]*[ ]*$")
# Words that look like a change that could not be read: a value before or behind "becomes", or a path before it.
UNREAD = re.compile(r".{0,70}(?:[\"”\]}]|\bnothing|\btrue|\bfalse) ?becomes\b.{0,50}|.{0,70}\bbecomes ?(?:[\"“\[{]|nothing\b).{0,50}|"
                    r".{0,30} > [a-z_]+[^>]{0,60}\bbecomes\b.{0,50}")
MAIL = re.compile(rb"(?i)(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
NOBODY = "noreply@noreply.invalid"  # nobody's: git wants an address, and a name of a person may not stand in the history


class Request(NamedTuple):
    """What is asked for: a provider's slug, its new text, and the Changes that led to it (none for a new listing)."""

    slug: str
    text: str
    changes: list


def main():
    args = arguments()
    try:
        repository = Repository(args.site)
        with tempfile.TemporaryDirectory() as folder:
            return propose(args, repository, Path(folder))
    except Refused as refused:
        print(f"{refused}\nNothing was changed.")
        return 1


def arguments():
    """What the editor typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--file", type=Path, metavar="NEW.yaml", help="a whole file, as the form gives it")
    asked.add_argument("--text", metavar="FILE", help='a saved e-mail or an issue\'s text; "-" reads it from here')
    asked.add_argument("--issue", type=int, metavar="N", help="the number of an issue on GitHub")
    asked.add_argument("--new", metavar="NAME", help="the full name of an organisation that is not listed yet")
    parser.add_argument("--add", action="store_true", help="the file or the text is of an organisation that is not listed yet")
    parser.add_argument("--provider", metavar="SLUG", help="whose listing it is, where the text does not say so")
    parser.add_argument("--channel", choices=CHANNELS, help="how it came; form for --file, issue for --issue")
    parser.add_argument("--organisation", metavar="NAME", help="who asked, where it was not the organisation itself; never a person")
    parser.add_argument("--allow", action="append", default=[], choices=GUARDED, help="lets the request change this field too")
    parser.add_argument("--stay", action="store_true", help="stay on the branch where you are")
    parser.add_argument("--site", type=Path, default=_setup.ROOT, help="the folder with content/ and providers/")
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date.today(), help="today, as YYYY-MM-DD")
    args = parser.parse_args()
    args.channel = args.channel or ("form" if args.file else "issue" if args.issue else None)
    if not args.channel:
        parser.error(f"say how it came, with --channel and one of: {', '.join(CHANNELS)}")
    return args


def propose(args, repository, folder):
    """Carries out what the editor asked for -> 0, or Refused."""
    site = repository.copy(folder)
    entries, found = check.check(site, SCHEMA, args.date)
    if found:
        raise Refused("\n".join([*map(str, found), "Mend this first."]))
    request = new_listing(args.new, entries, args.date) if args.new is not None else change_of(args, entries, repository)
    name = f"providers/{request.slug}.yaml"
    repository.must_be_clean(name)
    (site / name).write_text(request.text, encoding="utf-8", newline="")
    entries_after, found = check.check(site, SCHEMA, args.date)
    if found:
        raise Refused("\n".join([*map(printable, found), "With this change the check finds the problems above."]))
    after = next(entry for entry in entries_after if entry.path == name)
    before = next((entry for entry in entries if entry.path == name), None)
    organisation = organisation_of(args.organisation, after.data["name"], world.World(entries))
    message = commit_message(after.data["name"], before, request.changes, organisation, args)
    branch = repository.commit(name, request.text, message, organisation, f"listing/{request.slug}-{args.date}")
    for line in report(before, after, request.changes):
        print(line)
    repository.explain(branch, args.date)
    print(f"\nThe branch {branch} holds one commit. Read it (git show {branch}), then send it: git push -u origin {branch}")
    if not args.stay:
        repository.switch(branch)
    return 0


# ---- what is asked for

def change_of(args, entries, repository):
    """A request from outside for a listing that is there -> Request, or Refused."""
    text = "" if args.file else words_of_issue(args.issue, repository) if args.issue else plain_text(read_all(args.text))
    named = args.file.stem if args.file else named_in(text)
    if args.provider and named and not args.file and named != args.provider:
        raise Refused(f'The text speaks of "{named}", and you of "{args.provider}". Look which listing is meant.')
    slug = args.provider or named
    if not slug:
        raise Refused('Whose listing is it? Say --provider and the name of its file, such as "harbour-advice", or add a line "Provider: harbour-advice".')
    entry = next((entry for entry in entries if (entry.kind, entry.slug) == ("provider", slug)), None)
    if args.add and not entry:
        return added(args, slug, text)
    if not entry:
        meant = problems.nearest(slug, [entry.slug for entry in entries if entry.kind == "provider"])
        raise Refused(f'There is no listing called "{printable(slug)}".{f" Did you mean {meant}?" if meant else " If it is a new one, use --new or --add."}')
    changes = changes_to(args.file, entry.data) if args.file else changes_in(text, entry.data)
    if not changes:
        raise Refused("The file says what the listing says already." if args.file else
                      'No line asks for a change. It looks like this: services helpline > contacts 1 > value: "0800 1" becomes "0800 2"')
    refuse_guarded(changes, args.allow)
    try:
        old = (repository.site_copy / entry.path).read_bytes().decode("utf-8")
        return Request(slug, editing.changed(old, changes, example_order()), changes)
    except Refused as refused:
        raise Refused(f"{entry.path}: {refused}") from None


def added(args, slug, text):
    """A whole new listing from outside -> Request, or Refused."""
    if not files.SLUG.fullmatch(slug):
        raise Refused(f'"{printable(slug)}" cannot be the name of a file: small letters, digits and hyphens, such as "harbour-advice".')
    data = entry_in(args.file).data if args.file else {change.path[0]: change.new for change in changes_in(text, {}) if len(change.path) == 1}
    if not data:
        raise Refused('No line says what is in the new listing. The first looks like this: name: nothing becomes "Harbour Advice"')
    refuse_guarded([Change((name,), NOTHING, value) for name, value in data.items()], args.allow)
    return Request(slug, editing.written(data, example_order()), [])


def refuse_guarded(changes, allowed):
    """Refused where a change touches a field that only an editor may change, and the editor did not allow it."""
    for change in changes:
        inside = [part for value in (change.old, change.new) for path, _ in every_value(value) for part in path]
        for field in GUARDED:
            if field in (*change.path, *inside) and field not in allowed:
                raise Refused(f"{problems.field_name(change.path)}: a request from outside cannot change {field}, because {GUARDED[field]}. "
                              f"If you have made sure that it is right, add: --allow {field}")


def every_value(value, path=()):
    """Each value inside a value that is no list and no group, as (path, value)."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from every_value(inner, (*path, key))
    else:
        yield path, value


def example_order():
    """The order in which editors write the fields."""
    return editing.order_in(editing.data_of((_setup.ROOT / "providers/_example.yaml").read_text(encoding="utf-8")))


# ---- a whole file

def changes_to(path, data):
    """A whole file and the data of the listing as it is now -> Changes, or Refused. What only editors write stays where the file has none."""
    return editing.differences(data, entry_in(path).data, stays)


def entry_in(path):
    """A file from outside -> its Entry, or Refused with the words of the check."""
    entry, found = load.entry_of(read_all(path), path.stem, path.name, "provider")
    if not entry:
        raise Refused(printable(found[0]))
    return entry


def stays(path):
    """Whether a field that a whole file leaves out is left as it is: those for editors."""
    return path[-1] in FOR_EDITORS or (path[-1] == "note" and path[-2:-1] in (("checked",), ("website_checked",)))


# ---- a text

def read_all(path):
    """The bytes of a file, or of what is pasted where the path is "-". Refused where it cannot be read."""
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if str(path) == "-" else Path(path).read_bytes()
    except OSError as error:
        raise Refused(f"{path} could not be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise Refused(f"{path} is larger than 1 MiB. Save only the message itself.")
    return data


def words_of_issue(number, repository):
    """The text of an issue, read through gh. Who wrote it is not asked for."""
    by_hand = f"Open issue {number} in your browser, copy its text into a file, and use: --text FILE --channel issue"
    gh = shutil.which("gh")
    if not gh:
        raise Refused(f"GitHub's program gh is not on this computer. {by_hand}")
    answer = subprocess.run([gh, "issue", "view", str(number), "--json", "body"], cwd=repository.top, capture_output=True, encoding="utf-8")
    try:
        if answer.returncode:
            raise ValueError(answer.stderr.strip())
        return plain_text(json.loads(answer.stdout)["body"].encode("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"gh could not read issue {number}: {printable(error)}. {by_hand}") from None


def plain_text(data):
    """The bytes of a text or of a saved e-mail -> its words, with plain spaces and line breaks. The head of an e-mail is not looked at."""
    if MAIL.match(data) and re.search(rb"(?im)^(mime-version|content-type|from|received):", data.partition(b"\n\n")[0]):
        try:
            body = email.message_from_bytes(data, policy=email.policy.default).get_body(("plain",))
            text = body.get_content() if body else ""
        except (LookupError, ValueError, AttributeError) as error:
            raise Refused(f"The e-mail could not be read: {printable(error)}. Copy its words into a file, and use that.") from None
        if not text:
            raise Refused("The e-mail holds no plain text. Copy its words into a file, and use that.")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", SPACES.sub(" ", text))


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


# ---- a new listing, question by question

def new_listing(name, entries, today):
    """Asks for a new listing -> Request, or Refused where the answers end too early."""
    taken = {entry.slug for entry in entries if entry.kind == "provider"}
    validator = shape.schemas(SCHEMA)["provider"]
    proposed = "-".join(re.findall("[a-z0-9]+", name.lower().replace("'", "").replace("’", "")))[:files.LONGEST].strip("-")

    def wrong(data, path):
        """What is wrong with the answer at a path, in the words of the check."""
        entry, found = load.entry_of(editing.written(data, order).encode("utf-8"), slug, f"providers/{slug}.yaml", "provider")
        found = check.of_one(entry, validator, world.World([*entries, entry]), today) if entry else found
        here = problems.field_name(path)
        return [problem for problem in found if not entry or problem.field == here or problem.field.startswith((f"{here} ", f"{here} >"))]

    print("Leave empty what you do not know: it is left out. Never guess, and never name a person.")
    order, slug, asking = example_order(), proposed or "new-listing", Asking(wrong, entries)
    for problem in wrong({"name": name}, ("name",)):
        raise Refused(f"{problem.says} {problem.fix}")
    while True:
        slug = asking.line(f"Short name, for the file and the address of its page [{proposed}]: ") or proposed
        path = Path("providers", f"{slug}.yaml")
        found = list(files.name_problems(path, path.as_posix(), "provider")) if slug not in taken else []
        if not found and slug not in taken:
            break
        print(f"There is a listing called {slug} already." if slug in taken else f"{found[0].says} {found[0].fix}")
    schema = json.loads((SCHEMA / "provider.schema.json").read_text(encoding="utf-8"))
    asking.definitions, asking.data = schema["$defs"], {"name": name}
    asking.group(schema, (), order)
    return Request(slug, editing.written(asking.data, order), [])


class Asking:
    """Asks for the fields of an entry. Each answer goes into `data` once `wrong` finds nothing in it."""

    def __init__(self, wrong, entries):
        self.wrong, self.data, self.definitions = wrong, {}, {}
        slugs = {kind: [entry.slug for entry in entries if entry.kind == kind] for kind in ("crime-type", "area")}
        self.known = {"crime_types": slugs["crime-type"], "coverage": slugs["area"]}

    def line(self, question):
        """One line that the editor types, without spaces around it."""
        try:
            return input(question).strip()
        except EOFError:
            raise Refused("The answers ended before the listing was complete.") from None

    def yes(self, question):
        """Whether the editor says yes; nothing typed is no."""
        return self.line(f"{question} (yes or no) [no]: ").lower() in ("y", "yes")

    def group(self, schema, path, order):
        """Asks for each field of a group at a path: what is needed and what is not, in the order of the example."""
        rank = {name: n for n, name in enumerate(order.get(editing.names_of(path), ()))}
        for name in sorted(schema["properties"], key=lambda name: (name == "services", rank.get(name, len(rank)))):
            field, inner = self.resolved(schema["properties"][name]), (*path, name)
            useless = (name == "message" and editing.at(self.data, (*path, "type")) != "text") or (name == "website_checked" and "website" not in self.data)
            if name in NOT_ASKED or useless or editing.at(self.data, inner) is not NOTHING:
                continue
            self.field(field, inner, name in schema["required"], order)

    def field(self, field, path, needed, order):
        """Asks for one field, of whatever kind."""
        about = f"{field['title']}: {field['description']}"
        item = self.resolved(field.get("items", {}))
        if field.get("type") == "object":
            if needed or self.yes(f"\n{about} Do you know it?"):
                self.put(path, {})
                self.group(field, path, order)
                if not editing.at(self.data, path):
                    self.take(path)
        elif item.get("type") == "object":
            place, title = 0, item["title"].lower()
            while (needed and not place) or self.yes(f"\n{about} {'One more' if place else 'Is there a'} {title}?"):
                print(f"\n{item['title']} {place + 1}")
                if not place:
                    self.put(path, [])
                self.put((*path, place), {})
                self.group(item, (*path, place), order)
                place += 1
        else:
            self.answer(field, path, needed, about)

    def answer(self, field, path, needed, about):
        """Asks for one value until the check has nothing against it, or it is left empty."""
        choices = field.get("enum") or self.resolved(field.get("items", {})).get("enum") or self.known.get(path[-1])
        several = "items" in field or "anyOf" in field
        hint = f" One of: {', '.join(choices)}." if choices and not several else f" Of these, with commas between: {', '.join(choices)}." if choices else ""
        hint += " Several: with commas between." if several and not choices else ""
        while True:
            typed = self.line(f"\n{about}{hint}\n{problems.field_name(path)}{' (needed)' if needed else ''}: ")
            if not typed:
                if not needed:
                    return
                print("This is needed.")
                continue
            self.put(path, value_typed(field, typed))
            found = self.wrong(self.data, path)
            if found and any("editor_note" in problem.fix for problem in found) and "contacts" in path:
                self.owed_note(path, found)
                found = self.wrong(self.data, path)
            if not found:
                return
            for problem in found:
                print(f"{problem.says} {problem.fix}")
            self.take(path)

    def owed_note(self, path, found):
        """A contact that needs a word of explanation: asks for it at once."""
        for problem in found:
            print(f"{problem.says} {problem.fix}")
        note = self.line("Editor's note (empty: another answer): ")
        if note:
            self.put((*path[:-1], "editor_note"), note)

    def resolved(self, field):
        """A field of the schema; a reference leads to what it names."""
        return self.definitions[field["$ref"].rpartition("/")[2]] if "$ref" in field else field

    def put(self, path, value):
        """Puts a value into the data."""
        parent = values.at(self.data, path[:-1])
        if isinstance(parent, list):
            parent.append(value)
        else:
            parent[path[-1]] = value

    def take(self, path):
        """Takes a value out of the data again, with the note that was asked for because of it."""
        parent = values.at(self.data, path[:-1])
        del parent[path[-1]]
        if "contacts" in path and path[-1] == "value":
            parent.pop("editor_note", None)


def value_typed(field, typed):
    """What was typed as an answer -> the value that it means for this field of the schema."""
    if field.get("type") == "boolean":
        return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(typed.lower(), typed)
    words = [one for way in field.get("anyOf", ()) for one in way.get("enum", [way.get("const")]) if one]
    if "items" in field or ("anyOf" in field and typed not in words):
        return [part.strip() for part in typed.split(",") if part.strip()]
    return typed


# ---- git

class Repository:
    """The git repository that a site lies in. Nothing but `commit` and `switch` changes anything in it."""

    def __init__(self, site):
        self.site, self.index, self.site_copy = Path(site).resolve(), None, None
        if not shutil.which("git"):
            raise Refused("git is not on this computer. Install it first.")
        try:
            self.top = self.site
            self.top = Path(self.git("rev-parse", "--show-toplevel"))
            self.prefix = self.site.relative_to(self.top.resolve())
            self.head = self.git("rev-parse", "--verify", "HEAD")
        except (Refused, OSError, ValueError) as error:
            raise Refused(f"{site} is not in a git repository that has a commit. ({printable(error)})") from None

    def git(self, *words, given=None, **environment):
        """Runs git -> what it prints, without the last line break. Refused with git's own words where it fails."""
        index = {"GIT_INDEX_FILE": str(self.index)} if self.index else {}
        answer = subprocess.run(["git", *words], cwd=self.top, input=given, capture_output=True, encoding="utf-8",
                                errors="surrogateescape", env=os.environ | {"LC_ALL": "C"} | index | environment)
        if answer.returncode:
            raise Refused(f"git {words[0]} says: {printable(answer.stderr.strip())}")
        return answer.stdout.removesuffix("\n")

    def path(self, name):
        """A file of the site, as git calls it."""
        return (self.prefix / name).as_posix()

    def must_be_clean(self, name):
        """Refused where the file has changes that are not committed."""
        index, self.index = self.index, None  # here the editor's own index counts
        said = self.git("status", "--porcelain", "-z", "--untracked-files=all", "--", f":(literal){self.path(name)}")
        self.index = index
        if said:
            raise Refused(f"{name} has changes that are not committed. Commit them or take them back first.")

    def copy(self, folder):
        """Writes the site's entries as they are committed into a folder -> the site's folder there. What is not committed does not count."""
        self.index = folder / "index"
        self.git("read-tree", self.head)
        names = self.git("ls-files", "-z", "--", *(f":(literal){self.path(name)}" for name in ("content", "providers")))
        self.git("checkout-index", "-z", "--stdin", f"--prefix={folder / 'site'}{os.sep}", given=names)
        self.site_copy = folder / "site" / self.prefix
        return self.site_copy

    def commit(self, name, text, message, author, branch):
        """Makes a branch with one commit of one file -> the branch's name. The editor's files, index and branch are not touched."""
        blob = self.git("hash-object", "-w", "--stdin", f"--path={self.path(name)}", given=text)
        self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{self.path(name)}")
        tree = self.git("write-tree")
        who = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": NOBODY, "GIT_COMMITTER_NAME": "Editors", "GIT_COMMITTER_EMAIL": NOBODY}
        commit = self.git("commit-tree", tree, "-p", self.head, "-F", "-", given=message, **who)
        branch = self.free_name(branch)
        self.git("update-ref", f"refs/heads/{branch}", commit, "0" * len(commit))  # fails where somebody else has just made it
        return branch

    def free_name(self, branch):
        """The name of a branch that is not there yet, here or on a server."""
        taken = set(self.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n"))
        taken |= set(self.git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes").split("\n"))
        number, name = 1, branch
        while name in taken:
            number, name = number + 1, f"{branch}-{number + 1}"
        return name

    def explain(self, branch, today):
        """Prints what changes for the public, where scripts/explain_changes.py is there."""
        script = _setup.ROOT / "scripts/explain_changes.py"
        if not script.exists():
            return
        sys.stdout.flush()
        command = [sys.executable, str(script), self.head, branch, "--repository", str(self.top), "--date", today.isoformat()]
        answer = subprocess.run(command, cwd=self.top, capture_output=True, encoding="utf-8")
        print(f"\n{answer.stdout.strip()}" if answer.returncode == 0 else
              f"\nWhat changes for the public could not be worked out: {printable((answer.stderr.strip().splitlines() or ['no reason given'])[-1])}")

    def switch(self, branch):
        """Goes to a branch. What it could not do is said: the branch is there all the same."""
        self.index = None
        try:
            self.git("switch", "--quiet", branch)
            print(f"You are on {branch} now.")
        except Refused as refused:
            print(f"{refused}\nYou are still where you were. The branch is there.")


def organisation_of(given, name, known):
    """Who is credited: the organisation itself, or the one that the editor names. Refused where that looks like a person."""
    if given is None or given == name:
        return name
    entry = load.Entry("provider", "", "--organisation", {"about": given}, {(): (1, 1), ("about",): (1, 1)}, {})
    if "@" in given or not given.strip() or len(given) > 120 or load.HIDDEN.search(given) or "\n" in given or list(privacy.persons(entry, known)):
        raise Refused("--organisation is the name of an organisation, and never of a person or an address: the history keeps it for ever.")
    return given


def commit_message(name, before, changes, organisation, args):
    """The text of the commit: who asked, how, when, and which fields; no value, for it could speak to GitHub, and no person."""
    fields = sorted({name_of(change.path, before.data) for change in changes}) if before else []
    return "\n".join([f"{'Change' if before else 'Add'} {name}", "", f"Asked for by: {organisation}", f"Channel: {args.channel}",
                      f"Date: {args.date}", *(["", *fields] if fields else []), ""])


# ---- what is said

def printable(text):
    """Text from anywhere -> the same for a terminal, without what nobody can see or what moves the cursor."""
    return "\n".join(load.HIDDEN.sub("?", line) for line in str(text).split("\n"))


def shown(value):
    """A value as it stands in a line of a request."""
    return "nothing" if value is NOTHING else printable(json.dumps(value, ensure_ascii=False))


def name_of(path, data):
    """A path as a line of a request names it: a service by its slug."""
    slug = editing.at(data, (*path[:2], "slug")) if path[:1] == ("services",) and len(path) > 1 else NOTHING
    if slug is NOTHING:
        return problems.field_name(path)
    rest = problems.field_name(path[2:]) if len(path) > 2 else ""
    return f"services {slug}{f' > {rest}' if rest else ''}"


def report(before, after, changes):
    """The lines that say what was changed, and what an editor has to do about it."""
    if not before:
        yield f"{after.data['name']} is a new listing. Every contact in it is new: ring or write to each once before you send it."
        return
    for change in sorted(changes, key=lambda change: tuple(map(str, change.path))):
        yield f"{name_of(change.path, before.data)}: {shown(change.old)} becomes {shown(change.new)}"
    advice = list(contact_advice(changes, before.data))
    yield from advice
    if advice and not any("checked" in change.path for change in changes):
        yield "The date and the source under checked are still those of the old evidence. Change them to those of the new one."
    lost = collections.Counter(text for *_, text in before.comments) - collections.Counter(text for *_, text in after.comments)
    if lost:
        yield f"These notes went with what was taken away: {' '.join(map(printable, lost.elements()))}"


def contact_advice(changes, data):
    """Data before, Changes -> a sentence for each contact that changes: it is confirmed through the old one, for anybody could have sent the new one."""
    said = {}
    for change in changes:
        path = change.path
        if path == ("website",):
            said[path] = f"Contact changed: the website. {through(known_contacts(data), change.old)}"
        elif "contacts" in path:
            place = path.index("contacts")
            service, contact = path[:place], path[:place + 2]
            if len(path) > place + 2 and path[place + 2] not in ("type", "value"):
                continue
            old = editing.at(data, contact) if len(path) > place + 1 and change.old is not NOTHING else NOTHING
            name = printable(editing.at(data, (*service, "name")))
            if old is NOTHING:
                own = [f"{kind_of(c)} {c['value']}" for c in values.rows(values.at(data, service).get("contacts"))]
                said[contact] = f"New contact of {name}. {through(own or known_contacts(data))}"
            else:
                said[contact] = f"Contact changed: {name}. Confirm it with them through the OLD contact first: {kind_of(old)} {printable(old['value'])}."
        elif len(path) == 2 and path[0] == "services" and change.old is NOTHING:
            said[path] = f"New service. {through(known_contacts(data))}"
    return said.values()


def through(contacts, website=NOTHING):
    """How an editor confirms what has no old contact of its own."""
    if contacts:
        return f"Confirm it with them first, through a contact that we had before: {printable(contacts[0])}."
    if website is not NOTHING:
        return f"Confirm it with them first, through the OLD website: {printable(website)}."
    return "We had no contact before: find one that they print themselves, and confirm it with them first."


def known_contacts(data):
    """The contacts of all services of a listing, in words, those that can be rung first."""
    found = [contact for service in values.rows(data.get("services")) for contact in values.rows(service.get("contacts"))]
    return [f"{kind_of(contact)} {contact['value']}" for contact in sorted(found, key=lambda contact: contact.get("type") != "phone")]


def kind_of(contact):
    """What kind of contact it is, in words."""
    return values.text(contact.get("type")).replace("_", " ")


if __name__ == "__main__":
    sys.exit(main())
