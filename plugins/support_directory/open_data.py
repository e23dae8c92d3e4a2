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
    for number in range(1, pages(directory.every_listing) + 1):
        yield from of_page(directory, number)
    yield from for_all(directory, url)


def pages(rows):
    """How many pages a list has; there is always one."""
    return max(1, -(-len(rows) // open_referral.PAGE_SIZE))


def on_page(rows, number):
    """What stands on a page of a list, counted from 1."""
    return rows[(number - 1) * open_referral.PAGE_SIZE:number * open_referral.PAGE_SIZE]


def of_page(directory, number):
    """Directory, number of a page of the list of services -> (path, text) of this page and of each service on it."""
    made = []
    for listing in on_page(directory.every_listing, number):
        service = open_referral.service(listing, directory)
        made.append(open_referral.in_list(service))
        yield f"{BASE}services/{service['id']}.json", _json(service)
    yield _page("services", number, made, len(directory.every_listing))


def for_all(directory, url):
    """Directory, public address -> (path, text) of the files that there are once."""
    for number in range(1, pages(directory.providers) + 1):
        yield _page("organizations", number, list(map(open_referral.organization, on_page(directory.providers, number))), len(directory.providers))
    for name, rows in (("taxonomies", open_referral.taxonomies()), ("taxonomy_terms", open_referral.terms(directory))):
        for number in range(1, pages(rows) + 1):
            yield _page(name, number, on_page(rows, number), len(rows))
    yield f"{BASE}index.json", _json(about(url))
    yield services_table.PATH, services_table.csv(directory)
    yield gaps.PATH, gaps.csv(gaps.matrix(directory))


def about(url):
    """What the API says of itself at its root."""
    return {"version": VERSION, "profile": PROFILES["hsds"], "openapi_url": f"{PROFILES['hsds']}hsds/api_reference.html",
            **({"services": f"{url}{BASE}services.json"} if url else {})}


def _page(name, number, rows, total):
    """A page of a list: services.json, then services-2.json and so on."""
    return f"{BASE}{name}.json" if number == 1 else f"{BASE}{name}-{number}.json", _json(open_referral.envelope(rows, number, total))


def _json(data):
    return ENCODER.encode(data) + "\n"
