"""What is asked for, as the new text of one entry: out of a whole file, or out of the lines of a text."""
from typing import NamedTuple

from _changing import example_order
from _lines import changes_in, every_value, named_in
from _message import plain_text, read_all, words_of_issue
from _saying import printable
from support_directory import editing, files, load, problems
from support_directory.editing import NOTHING, Change, Refused

# What nobody outside may change by what they send, and why. An editor can allow it.
GUARDED = {
    "maintainers": "it says who may propose changes for an organisation",
    "confirmed_with_provider": "only an editor who asked them can say so",
    "confidential_location": "a secret place could become known",
}
FOR_EDITORS = {*GUARDED, "editor_note"}  # a file that leaves these out does not ask for them to go


class Request(NamedTuple):
    """What is asked for: a provider's slug, its new text, and the Changes that led to it (none for a new listing)."""

    slug: str
    text: str
    changes: list


def change_of(args, entries, repository):
    """A request from outside for a listing that is there -> Request, or Refused."""
    text = "" if args.file else words_of_issue(args.issue, repository.top) if args.issue else plain_text(read_all(args.text))
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
