"""What content/commissioning/ must hold to beyond its schema: dates within the year, entries that are there, and no contradiction with providers/."""
import datetime
import re

from . import problems, values
from .dates import earliest_day, latest_day
from .references import fold

KIND = "commissioning"
MONEY = re.compile(r"£ ?[0-9]")
FIRST, LAST = datetime.date.min, datetime.date.max


def duties(entry, world):
    """Problems of one year's file. `world`: what is known of all other entries."""
    year = values.fields(entry.data)
    for n, service in enumerate(values.rows(year.get("services"))):
        at = ("services", n)
        yield from _deliverers(entry, at, service, world)
        yield from _within(entry, at, service, year)
        amount = values.text(service.get("amount"))
        if amount.strip() and not (MONEY.search(amount) and len(amount.split()) > 1):
            yield entry.problem((*at, "amount"), problems.amount_without_its_meaning(amount))
    yield from _names(entry, values.rows(year.get("services")))
    yield from _other_years(entry, world)


def _deliverers(entry, at, service, world):
    for m, one in enumerate(values.rows(service.get("delivered_by"))):
        path, slug, name = (*at, "delivered_by", m), values.text(one.get("provider")), values.text(one.get("name"))
        if slug.strip():
            yield from _contradictions(entry, at, service, world.of_kind("provider"), slug)
        elif name.strip():
            same = world.organisations.get(fold(name))
            if same:
                yield entry.problem((*path, "name"), problems.organisation_with_an_entry(name, same))
        elif not {"provider", "name"} & set(one):
            yield entry.problem(path, problems.deliverer_without_a_name())


def _within(entry, at, service, year):
    """A service belongs to a year in which it was paid for. A date that names only a year can be any day of it."""
    begins, ends = span(year)
    since, until = span(service)
    if begins > ends:  # said already
        return
    if until < begins:
        yield entry.problem((*at, "until"), problems.service_outside_its_year("ended", service["until"], "began", year["since"]))
    elif since > ends:
        yield entry.problem((*at, "since"), problems.service_outside_its_year("began", service["since"], "ended", year["until"]))


def span(row):
    """The first and the last day that a beginning and an end can mean; what is not known has no bound."""
    return earliest_day(values.text(row.get("since"))) or FIRST, latest_day(values.text(row.get("until"))) or LAST


def _names(entry, services):
    """One name for two services at the same time, and one strand that is written in two ways."""
    names, strands = {}, {}
    for n, service in enumerate(services):
        name, strand = values.text(service.get("name")), values.text(service.get("strand"))
        since, until = span(service)
        for other, begins, ends in names.setdefault(fold(name), []) if name.strip() else ():
            if since <= ends and begins <= until:
                yield entry.problem(("services", n, "name"), problems.second_time(f'The service "{name}"', entry.places[("services", other, "name")][0]))
                break
        names.setdefault(fold(name), []).append((n, since, until))
        if strand.strip() and strands.setdefault(fold(strand), strand) != strand:
            yield entry.problem(("services", n, "strand"), problems.strand_spelt_otherwise(strand, strands[fold(strand)], entry.path))


def _other_years(entry, world):
    """Two files for the same time, or a strand that another file writes in another way."""
    strands = [values.text(service.get("strand")) for service in values.rows(entry.data.get("services"))]
    own = {fold(strand): (n, strand) for n, strand in enumerate(strands)}
    for other in world.of_kind(KIND):
        if other.path >= entry.path:
            continue
        if _surely_overlap(entry.data, other.data):
            yield entry.problem(("since",), problems.years_overlap(other.path))
        for service in values.rows(other.data.get("services")):
            theirs = values.text(service.get("strand"))
            n, ours = own.get(fold(theirs), (0, theirs))
            if ours != theirs:
                yield entry.problem(("services", n, "strand"), problems.strand_spelt_otherwise(ours, theirs, other.path))
                break


def _surely_overlap(one, other):
    """Whether two years overlap whichever days their dates mean: "2022" may have ended before a year that began in October 2022."""
    def sure(row):
        return latest_day(values.text(row.get("since"))) or LAST, earliest_day(values.text(row.get("until"))) or LAST

    (a, b), (c, d) = sure(one), sure(other)
    return a < d and c < b


# ---- never two answers to who was paid when

def _contradictions(entry, at, service, providers, slug):
    provider = next((provider for provider in providers if provider.slug == slug), None)
    wrong = contradiction(service, provider) if provider else None
    if wrong:
        field, path = wrong
        where = f"{provider.path}, line {provider.places[path][0]}"
        yield entry.problem((*at, field), problems.contradicts_the_provider(field, service[field], values.at(provider.data, path), where))


def of_provider(entry, world):
    """Problems of a provider's entry that says otherwise than a year's file, for whoever changes the entry."""
    for year in world.of_kind(KIND):
        for n, service in enumerate(values.rows(year.data.get("services"))):
            slugs = [values.text(one.get("provider")) for one in values.rows(service.get("delivered_by"))]
            wrong = contradiction(service, entry) if entry.slug in slugs else None
            if wrong:
                field, path = wrong
                where = f"{year.path}, line {year.places[('services', n, field)][0]}"
                yield entry.problem(path, problems.contradicts_the_year(field, values.at(entry.data, path), service[field], where))


def contradiction(service, provider):
    """A service of a year and the entry of a provider -> (since or until, the path of the same in the entry) where both cannot be true, or None.

    Money of the same funder for the provider must have begun by the day when the year's file has it begin, and must not have ended before.
    Dates are read as widely as they can: "2017" is any day of 2017, and what is not known contradicts nothing.
    Contracts that follow each other count as one.
    """
    rows = [(*span(row), row, ("services", n, "commissioned", m)) for n, offered in enumerate(values.rows(provider.data.get("services")))
            for m, row in enumerate(values.rows(offered.get("commissioned"))) if _same_funder(row, service)]
    if not rows:
        return None
    since, until = latest_day(values.text(service.get("since"))), earliest_day(values.text(service.get("until")))
    merged = []
    for begins, ends, row, path in sorted(rows, key=lambda found: found[:2]):
        if merged and begins <= merged[-1][1] + datetime.timedelta(days=1 if merged[-1][1] < LAST else 0):
            if ends > merged[-1][1]:
                merged[-1] = (merged[-1][0], ends, *merged[-1][2:4], row, path)
        else:
            merged.append((begins, ends, row, path, row, path))
    if any((since is None or since >= begins) and (until is None or until <= ends) for begins, ends, *_ in merged):
        return None
    begins, _, first, at_first, last, at_last = merged[0] if since and since < merged[0][0] else merged[-1]
    field, row, path = ("since", first, at_first) if since and since < begins else ("until", last, at_last)
    return (field, (*path, field)) if field in row and field in service else None


def _same_funder(row, service):
    funder = values.text(service.get("funder"))
    return not funder or fold(funder) == fold(values.text(row.get("by")))
