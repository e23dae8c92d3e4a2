"""A new listing, asked for question by question. Each answer is checked at once."""
import json
from pathlib import Path

from _changing import SCHEMA, example_order
from _request import Request
from support_directory import check, editing, files, load, problems, shape, values, world
from support_directory.editing import NOTHING, Refused

NOT_ASKED = {"maintainers"}


def new_listing(name, entries, today):
    """Asks for a new listing -> Request, or Refused where the answers end too early."""
    taken = {entry.slug for entry in entries if entry.kind == "provider"}
    validator = shape.schemas(SCHEMA)["provider"]
    proposed = files.slug_of(name)[:files.LONGEST].strip("-")

    def wrong(data, path):
        """What is wrong with the answer at a path, in the words of the check."""
        entry, found = load.entry_of(editing.written(data, order).encode("utf-8"), slug, f"providers/{slug}.yaml", "provider")
        found = check.of_one(entry, validator, world.World.of([*entries, entry]), today) if entry else found
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
