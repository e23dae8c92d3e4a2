"""What an editor is told of a request: each change in a line, and whom to ask before it is sent."""
import collections
import json

from support_directory import editing, load, problems, values
from support_directory.editing import NOTHING


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
