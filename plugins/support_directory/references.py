"""Names that lead from one entry to another: whether the other is there, is open, and is not the same organisation twice."""
import functools
import re
import unicodedata

from . import contacts, problems, values

FOLDERS = {"crime-type": "content/crime-types", "area": "content/areas", "provider": "providers", "page": "content/pages"}
SPOKEN = {"crime-type": "crime type", "area": "area", "provider": "provider", "page": "page"}
# Words that stand alone after the colon and never in a list, and what editors write instead of them.
ALONE = {"crime-type": ("all",), "area": ("force-wide", "national")}
# What organisations add to their names and others leave out.
LEGAL_WORDS = {"the", "ltd", "limited", "cic", "cio", "plc", "llp", "charity", "charitable", "trust", "uk", "and", "foundation", "group", "organisation"}


def services(entry):
    """What others may want to know of the services of an entry, for each (its slug, whether it has ended, whether it helps after any crime and can be rung,
    its crime types where they are a list, whether it has no contact)."""
    if entry.kind != "provider":
        return ()
    rows = values.rows(entry.data.get("services"))
    return tuple((f"{entry.slug}/{row.get('slug')}", values.fields(row.get("status")).get("state") in ("paused", "closed"),
                  row.get("crime_types") == "all" and _has_phone(row), values.texts(crimes) if isinstance(crimes := row.get("crime_types"), list) else None,
                  not row.get("contacts")) for row in rows)


def known_names(abstracts, unread=()):
    """{kind: its slugs}, "service": every provider/service, "ended": those that are not open, "helps": {service: its crime types},
    "unread": providers whose services nobody knows.

    `abstracts`: world.abstract of every entry. `unread`: (kind, slug) of the files that could not be read. Each has its own problem:
    whatever refers to it is not wrong.
    """
    names = {kind: set() for kind in FOLDERS}
    for kind, slug in [*((one.kind, one.slug) for one in abstracts), *unread]:
        if kind in names:
            names[kind].add(slug)
    names |= {"unread": {slug for kind, slug in unread if kind == "provider"}, "helps": {},
              "service": set(), "ended": set(), "for all": set(), "silent": set()}
    for one in abstracts:
        for service, ended, for_all, crimes, silent in one.services:
            names["service"].add(service)
            for name, holds in (("ended", ended), ("for all", for_all), ("silent", silent)):
                if holds:
                    names[name].add(service)
            if crimes is not None:
                names["helps"][service] = crimes
    open_providers = {one.slug for one in abstracts for _, ended, *_ in one.services if not ended}
    names["ended"] |= {one.slug for one in abstracts if one.services and one.slug not in open_providers}
    return names


def _has_phone(service):
    return any(contact.get("type") == "phone" for contact in values.rows(service.get("contacts")))


def references(entry, names):
    """Problems where an entry names another one that does not exist or has ended. `names`: what known_names gives."""
    data = entry.data
    if entry.kind == "provider":
        for n, service in enumerate(values.rows(data.get("services"))):
            at = ("services", n)
            yield from _known(entry, (*at, "crime_types"), service.get("crime_types"), "crime-type", names)
            yield from _known(entry, (*at, "coverage"), service.get("coverage"), "area", names)
            instead = values.fields(service.get("status")).get("instead_use")
            for place, target in enumerate(values.texts(instead)):
                path = (*at, "status", "instead_use", place)
                if target in (entry.slug, f"{entry.slug}/{service.get('slug')}"):
                    yield entry.problem(path, problems.refers_to_itself(target))
                elif target in names["silent"] and target not in names["ended"]:
                    yield entry.problem(path, problems.instead_without_contact(target))
                else:
                    yield from _one_open(entry, path, target, "service" if "/" in target else "provider", names)
    elif entry.kind == "crime-type":
        yield from _known(entry, ("related",), data.get("related"), "crime-type", names)
        for place, target in enumerate(values.texts(data.get("related"))):
            if target == entry.slug:
                yield entry.problem(("related", place), problems.refers_to_itself(target))
        for place, target in enumerate(values.texts(data.get("ring_first"))):
            yield from _one_open(entry, ("ring_first", place), target, "service", names)
            helps = set(names["helps"].get(target, ()))
            if target not in names["ended"] and helps and helps <= names["crime-type"] and entry.slug not in helps:  # a name that is not there is said once
                yield entry.problem(("ring_first", place), problems.ring_first_helps_others(target, entry.slug))
    elif entry.kind == "commissioning":
        for n, service in enumerate(values.rows(data.get("services"))):
            yield from _known(entry, ("services", n, "crime_types"), service.get("crime_types"), "crime-type", names)
            yield from _known(entry, ("services", n, "coverage"), service.get("coverage"), "area", names)
            for m, one in enumerate(values.rows(service.get("delivered_by"))):
                yield from _one_known(entry, ("services", n, "delivered_by", m, "provider"), one.get("provider"), "provider", names)
    elif entry.kind == "search-phrases":
        known = names["crime-type"] | names["page"] | names["provider"]
        for place, phrase in enumerate(values.rows(data.get("phrases"))):
            answer = phrase.get("finds")
            if isinstance(answer, str) and answer.strip() and answer not in known:
                yield entry.problem(("phrases", place, "finds"), problems.unknown_answer(answer, known))
    elif entry.kind == "start":
        for n, question in enumerate(values.rows(data.get("questions"))):
            for m, answer in enumerate(values.rows(question.get("answers"))):
                for way, kind in (("help", "crime-type"), ("page", "page")):
                    yield from _one_known(entry, ("questions", n, "answers", m, way), answer.get(way), kind, names)
    elif entry.kind == "site":
        hub = data.get("hub")
        yield from _one_open(entry, ("hub",), hub, "service", names)
        if isinstance(hub, str) and hub in names["service"] - names["ended"] - names["for all"]:
            yield entry.problem(("hub",), problems.hub_not_for_all(hub))
        yield from _one_open(entry, ("crisis_line",), data.get("crisis_line"), "service", names)
        yield from _one_known(entry, ("not_sure",), data.get("not_sure"), "crime-type", names)
        yield from _known(entry, ("crime_type_order",), data.get("crime_type_order"), "crime-type", names)
        for field in ("first_for_any_crime", "safeguarding_children", "safeguarding_adults"):
            for place, target in enumerate(values.texts(data.get(field))):
                yield from _one_open(entry, (field, place), target, "service", names)
        yield from _known(entry, ("footer",), data.get("footer"), "page", names)


def _one_open(entry, path, target, kind, names):
    """A service, or a provider, that is there and has not ended."""
    if isinstance(target, str) and target in names["ended"]:
        yield entry.problem(path, problems.leads_to_what_ended(target))
    else:
        yield from _one_known(entry, path, target, kind, names)


def _one_known(entry, path, value, kind, names):
    if not isinstance(value, str) or not value.strip() or value in names[kind]:
        return
    if kind == "service":
        if value.split("/")[0] not in names["unread"]:
            yield entry.problem(path, problems.unknown_service(value, names[kind]))
    elif value in ALONE.get(kind, ()):
        yield entry.problem(path, problems.word_that_stands_alone(value, path[-2] if isinstance(path[-1], int) else path[-1]))
    else:
        yield entry.problem(path, problems.unknown_reference(value, SPOKEN[kind], FOLDERS[kind], names[kind]))


def _known(entry, path, given, kind, names):
    for place, value in enumerate(values.texts(given)):
        yield from _one_known(entry, (*path, place), value, kind, names)


def groups(entry, site):
    """A crime type's group must be one of content/site.yaml."""
    known = values.texts([group.get("slug") for group in values.rows(site.data.get("crime_type_groups"))]) if site else []
    group = entry.data.get("group")
    if entry.kind == "crime-type" and known and isinstance(group, str) and group.strip() and group not in known:
        yield entry.problem(("group",), problems.not_allowed(group, known))


# ---- one organisation, one file

def twins(abstracts):
    """What seems to be the same thing twice, as (file, path, words): both are named, for either may be the one to go. `abstracts`: of every entry."""
    seen = {}  # what marks a thing -> where it stood first
    for one in abstracts:
        for mark, path in one.marks:
            first, at = seen.setdefault(mark, (one.path, path))
            if first == one.path:
                continue
            what = mark[1]
            yield one.path, path, problems.stands_in_two_files(what, first)
            yield first, at, problems.stands_in_two_files(what, one.path)


def marks(entry):
    """What marks the thing that an entry is about, each as ((kind, what it is, its value), path)."""
    data = entry.data
    if entry.kind == "provider":
        for field, what in (("charity_number", "charity number"), ("company_number", "company number")):
            if values.text(data.get(field)).strip():
                yield ("provider", what, data[field]), (field,)
        website = values.text(data.get("website"))
        if contacts.web(website) is None:
            yield ("provider", "website", _page_of(website)), ("website",)
    elif entry.kind not in ("crime-type", "area", "page", "commissioning"):
        return
    name = "title" if entry.kind in ("crime-type", "page", "commissioning") else "name"
    folded = fold(values.text(data.get(name)))
    if folded:
        yield (entry.kind, name, folded), (name,)
    if entry.kind == "area" and values.text(data.get("gss")).strip():
        yield ("area", "ONS code", data["gss"]), ("gss",)


def _page_of(website):
    """A web address without what two people may write in two ways: www, the first page's name, the last slash, what follows ? or #."""
    path = re.split("[?#]", website.removeprefix("https://"))[0].partition("/")[2].lower()
    return contacts.host_of(website) + "/" + re.sub("(home|index[.][a-z]+)?/?$", "", path)


@functools.lru_cache(1 << 15)
def fold(name):
    """A name as somebody else may write it: small letters without accents, without words such as Ltd."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and "))
    words = re.findall("[a-z0-9]+", re.sub(r"\([^)]*\)|[ –-]+$", "", plain).encode("ascii", "ignore").decode().replace("'", ""))
    kept = [re.sub("s$", "", word) if len(word) > 3 else word for word in words if word not in LEGAL_WORDS]
    return "".join(kept) or "".join(words)
