"""The files of the open data: Open Referral in the shape of its API, as files that never change between two builds; tables as CSV; our own schemas."""
import json

from . import gaps, open_referral, services_table

BASE = "data/"
# Our own schemas, each at data/schema/ under its name.
SCHEMAS = ("provider.schema.json", "crime-type.schema.json", "area.schema.json")
VERSION = "3.0"
# One for all files, which are trees of ours: nothing in them can hold itself.
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
PROFILES = {"hsds": "https://docs.openreferral.org/en/v3.0.0/", "uk": "https://openreferraluk.org"}


def files(directory, url=""):
    """Directory, and the public address of the site ("" where it has none) -> (path, text) of each file, one after the other: they may be many."""
    services = []
    for listing in directory.every_listing:
        made = open_referral.service(listing, directory)
        services.append(open_referral.in_list(made))
        yield f"{BASE}services/{made['id']}.json", _json(made)
    providers = [open_referral.organization(provider) for provider in directory.providers]
    taxonomies, terms = open_referral.taxonomies(), open_referral.terms(directory)
    for name, rows in (("services", services), ("organizations", providers), ("taxonomies", taxonomies), ("taxonomy_terms", terms)):
        yield from paged(name, rows)
    yield f"{BASE}index.json", _json(about(url))
    yield services_table.PATH, services_table.csv(directory)
    yield gaps.PATH, gaps.csv(gaps.matrix(directory))


def about(url):
    """What the API says of itself at its root."""
    return {"version": VERSION, "profile": PROFILES["hsds"], "openapi_url": f"{PROFILES['hsds']}hsds/api_reference.html",
            **({"services": f"{url}{BASE}services.json"} if url else {})}


def paged(name, rows):
    """A list -> its pages: services.json, then services-2.json and so on."""
    size = open_referral.PAGE_SIZE
    for number in range(1, max(1, -(-len(rows) // size)) + 1):
        path = f"{BASE}{name}.json" if number == 1 else f"{BASE}{name}-{number}.json"
        yield path, _json(open_referral.envelope(rows[(number - 1) * size:number * size], number, len(rows)))


def _json(data):
    return ENCODER.encode(data) + "\n"
