"""The open data: what we promise of every service, the official schemas, programs that nobody here wrote, and nothing of what is secret.

The official schemas are not ours to copy in. `python3 scripts/test.py --hsds FOLDER` checks against them; the README says where anybody gets them.
"""
import csv
import dataclasses
import io
import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import feedparser
import jsonschema
import pandas
import pytest

from repositories import HARBOUR, NIGHTLINE, Repository
from saltmarsh import GOOD, ROOT, SCHEMA, TODAY
from support_directory import check, directory, gaps, open_data, open_referral, services_table, table

URL = "https://help.example.org/merseyside/"
HSDS = os.environ.get("HSDS", "")
PROFILES = ("hsds-3.0", "oruk-3.0")
SECRET = "17 Lantern Lane, Hilltop, SM9 1QZ"


def read(site):
    """The folder of a site -> its Directory on the tests' day."""
    entries, problems = check.check(site, SCHEMA, TODAY)
    assert problems == []
    return directory.build(entries, TODAY)


@pytest.fixture(scope="module", params=[GOOD, ROOT], ids=["Saltmarsh", "Merseyside"])
def found(request):
    """The directory of each site."""
    return read(request.param)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project's own site, built for a public address."""
    output = tmp_path_factory.mktemp("data") / "output"
    subprocess.run([sys.executable, ROOT / "scripts/build.py", "--output", output, "--url", URL], check=True, capture_output=True)
    return output


def exported(found):
    """Directory -> {path: data} of every JSON file of the open data."""
    return {path: json.loads(text) for path, text in open_data.files(found, URL) if path.endswith(".json")}


# ---- what we promise of every service, beyond any schema

def test_every_service_says_what_we_promise(found):
    """Numbers, whom it is for, hours, areas with their codes, cost, languages, dates, attributes and status are there wherever the entry has them."""
    files = exported(found)
    gss = {area.slug: area.gss for area in found.areas}
    for listing in found.every_listing:
        service, key = listing.service, listing.key
        made = files[f"data/services/{open_referral.identifier('service', key)}.json"]
        assert uuid.UUID(made["id"]).version == 5
        assert made["organization"]["name"] == listing.provider.name and made["organization_id"] == made["organization"]["id"]
        assert made["status"] == {"open": "active", "paused": "temporarily closed", "closed": "defunct"}[service.status.state]
        numbers = [contact.value for contact in service.contacts if contact.type in ("phone", "text", "textphone", "whatsapp")]
        assert [phone["number"] for phone in made.get("phones", [])] == numbers, key
        said = service.eligibility or service.who_for != directory.WhoFor(by_and_for=service.who_for.by_and_for)
        assert ("eligibility_description" in made) == bool(said), key
        rows = len(service.hours.weekly) + service.hours.open_24_hours if service.hours else 0
        assert sum("opens_at" in row for row in made.get("schedules", [])) == rows, key
        codes = {"K02000001"} if service.coverage == "national" else {gss[slug] for slug in gss if service.coverage == "force-wide" or slug in service.coverage}
        assert {area.get("extent", "") for area in made["service_areas"]} == codes, key
        assert ("cost_options" in made) == (service.cost == "free")
        assert [row["name"] for row in made.get("languages", [])] == list(service.languages)
        terms = {row["taxonomy_term"]["code"] for row in made["attributes"]}
        assert {row["taxonomy_term"]["code"] for row in made["attributes"] if row["link_type"] == open_referral.KINDS} == set(service.kinds_of_help), key
        assert terms >= set(service.crime_types if service.crime_types != "all" else [crime.slug for crime in found.crime_types]), key
        dated = re.match(r"\d{4}", service.checked.date) or service.confirmed_with_provider
        assert bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", made.get("assured_date", ""))) == bool(dated), key
        own = made[open_referral.EXTENSION]
        assert own["checked"]["confidence"] == service.checked.confidence and own["checked"]["source"] == service.checked.source
        assert len(own.get("commissioned", [])) == len(service.commissioned)
        for way, contact in zip(own.get("contacts", []), service.contacts, strict=True):
            assert ("cost_bill_and_call_list" in way) == (contact.type in ("phone", "textphone", "text"))
        assert set(own) <= set(open_referral.OWN_FIELDS)


def test_what_the_page_says_of_our_own_fields_is_used(found):
    """No field is described that no service has, and in Merseyside each one is there."""
    own = {name for listing in found.every_listing for name in open_referral.service(listing, found)[open_referral.EXTENSION]}
    assert own <= set(open_referral.OWN_FIELDS)
    if len(found.providers) > 50:
        assert set(open_referral.OWN_FIELDS) - own <= {"confirmed_with_provider"}  # nobody has confirmed an entry yet


def test_lists_are_paged_and_whole(found):
    """The pages of a list hold everything once, each says where it stands, and each service has a file of its own."""
    files = exported(found)
    for name, count in (("services", len(found.every_listing)), ("organizations", len(found.providers)), ("taxonomies", len(open_referral.TAXONOMIES))):
        pages = [data for path, data in sorted(files.items()) if re.fullmatch(rf"data/{name}(-\d+)?\.json", path)]
        rows = [row for page in pages for row in page["contents"]]
        assert len(rows) == len({row["id"] for row in rows}) == count == pages[0]["total_items"]
        assert name != "services" or all(f"data/services/{row['id']}.json" in files for row in rows)
        assert (pages[0]["first_page"], pages[-1]["last_page"], pages[0]["total_pages"]) == (True, True, len(pages))


def test_ids_are_those_of_the_standard():
    """An id is what Python's own uuid5 makes of the same names."""
    for names in (("service", "a/b"), ("attribute", "é", "x", 3), ("phone", "harbour-advice/helpline", 0)):
        assert open_referral.identifier(*names) == str(uuid.uuid5(open_referral.NAMESPACE, "/".join(map(str, names))))


def test_a_long_list_has_more_pages(found, monkeypatch):
    """More than a page holds goes on in further files."""
    count, size = len(found.every_listing), len(found.every_listing) // 2
    monkeypatch.setattr(open_referral, "PAGE_SIZE", size)
    pages = {path: text for path, text in open_data.files(found) if path.startswith("data/services") and path.count("/") == 1 and path.endswith("json")}
    assert list(pages) == ["data/services.json", *(f"data/services-{number}.json" for number in range(2, -(-count // size) + 1))] and count > size
    assert [len(json.loads(text)["contents"]) for text in pages.values()] == [size] * (count // size) + [count % size] * (count % size > 0)
    assert json.loads(pages["data/services-2.json"])["first_page"] is False


def test_two_builds_give_the_same_files(found):
    """Nothing in the data depends on the moment of the build."""
    assert list(open_data.files(found, URL)) == list(open_data.files(found, URL))


# ---- the official schemas

@pytest.mark.skipif(not HSDS, reason="needs Open Referral's schemas, which are not ours to copy in: scripts/test.py --hsds FOLDER (see README)")
@pytest.mark.parametrize("profile", PROFILES)
def test_every_service_holds_to_the_official_schemas(found, profile):
    """HSDS 3.0 and the UK profile have nothing to say, neither of a service nor of its row in the list."""
    whole, row = (jsonschema.Draft202012Validator(json.loads(Path(HSDS, profile, "schema", f"{name}.json").read_text(encoding="utf-8")),
                                                  format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER) for name in ("service", "service_list"))
    files = exported(found)
    for data in (data for path, data in files.items() if path.startswith("data/services/")):
        assert [error.message for error in whole.iter_errors(data)] == []
    for data in files["data/services.json"]["contents"]:
        assert [error.message for error in row.iter_errors(data)] == []
    broken = next(data for path, data in files.items() if path.startswith("data/services/"))
    assert list(whole.iter_errors({**broken, "status": "open"}))  # so it would have something to say


@pytest.mark.skipif(not HSDS, reason="needs Open Referral's schemas, which are not ours to copy in: scripts/test.py --hsds FOLDER (see README)")
@pytest.mark.parametrize("profile", PROFILES)
def test_pages_of_lists_hold_to_the_official_api(found, profile):
    """What the OpenAPI file calls a Page fits each page of each list."""
    page = json.loads(Path(HSDS, profile, "schema", "openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]["Page"]
    files = exported(found)
    for name in ("services", "organizations", "taxonomies", "taxonomy_terms"):
        data = files[f"data/{name}.json"]
        jsonschema.validate(data, page, jsonschema.Draft202012Validator)
        assert set(page["properties"]) <= set(data)


# ---- what is secret

def test_a_secret_place_has_no_location(found):
    """Of a service at a secret place no format says where it is."""
    secret = [listing for listing in found.every_listing if listing.service.confidential_location]
    assert secret
    for listing in secret:
        made = open_referral.service(listing, found)
        assert "service_at_locations" not in made and not any(way["type"] == "address" for way in made[open_referral.EXTENSION].get("contacts", []))
    rows = {row["service"]: row for row in csv.DictReader(io.StringIO(services_table.csv(found), newline=""))}
    assert {rows[listing.key]["address"] for listing in secret} == {""}


def texts(data, path=()):
    """Every place of an entry where somebody may type freely, as paths."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            yield from texts(value, (*path, key))
        elif isinstance(value, str) and " " in value:
            yield (*path, key)


def refuge():
    """The paths of all free texts in Saltmarsh's entry of a refuge."""
    entries, _ = check.check(GOOD, SCHEMA, TODAY)
    return next(entry for entry in entries if entry.slug == "hilltop-refuge")


@pytest.mark.parametrize("path", list(texts(refuge().data)), ids=lambda path: ".".join(map(str, path)))
def test_a_planted_address_stops_the_build(tmp_path, path):
    """The address of a refuge, in whatever text of its entry: the build refuses, and the last good site stays as it was."""
    site, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(GOOD, site)
    file = site / "providers/hilltop-refuge.yaml"
    entry = refuge()
    line = entry.places[path][0] - 1
    lines = file.read_text(encoding="utf-8").splitlines()
    value = entry.data
    for part in path:
        value = value[part]
    first = value.split(" ")[0]
    at = next(n for n in range(line, len(lines)) if first in lines[n])
    lines[at] = lines[at].replace(first, f"{first} {SECRET}", 1)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check.check(site, SCHEMA, TODAY)[1], lines[at]
    answer = subprocess.run([sys.executable, ROOT / "scripts/build.py", "--site", site, "--output", output], capture_output=True, text=True)
    assert answer.returncode == 1 and not output.exists(), answer.stdout
    assert "hilltop-refuge.yaml" in answer.stdout + answer.stderr


def test_a_secret_address_that_came_past_the_check_is_in_no_file(found):
    """The export does not rely on the check: a service that is marked as secret gives no address away."""
    listing = next(one for one in found.every_listing if one.service.confidential_location)
    told = dataclasses.replace(listing.service, contacts=(*listing.service.contacts, directory.Contact("address", SECRET, checked=listing.service.checked)))
    planted = dataclasses.replace(listing, service=told)
    assert SECRET not in json.dumps(open_referral.service(planted, found))
    titles, areas = {crime.slug: crime.title for crime in found.crime_types}, {area.slug: area.name for area in found.areas}
    assert SECRET not in "".join(map(str, services_table.row(planted, titles, areas, "Merseyside")))


# ---- tables

def test_the_table_counts_as_the_site_does(found):
    """One row for each service, and the columns that the page describes."""
    rows = list(csv.DictReader(io.StringIO(services_table.csv(found), newline="")))
    assert [row["service"] for row in rows] == [listing.key for listing in found.every_listing]
    assert list(rows[0]) == list(services_table.COLUMNS)
    assert sum(row["status"] == "open" for row in rows) == len(found.listings().specialists)


def test_pandas_reads_the_tables(built):
    """pandas reads both tables, and counts in them what the built site says of itself."""
    services = pandas.read_csv(built / services_table.PATH, dtype=str, keep_default_na=False)
    counts = json.loads((built / "version.json").read_text(encoding="utf-8"))["counts"]
    assert (services["status"] == "open").sum() == counts["services"]
    assert services["organisation"].nunique() <= counts["providers"]
    assert (services["phone"] == "0808 175 3080").any()  # with its first 0, and its spaces
    matrix = pandas.read_csv(built / gaps.PATH)
    assert len(matrix) == counts["crime_types"] * counts["areas"]
    for page in matrix["page"]:
        assert (built / page / "index.html").exists()


@pytest.mark.parametrize("cell", ["=1+1", "+441512345678", "-5", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(\"https://x\")"])
def test_no_cell_is_a_formula(cell):
    """What a spreadsheet would work out begins with an apostrophe; a number of ours stays a number."""
    row, = csv.reader(io.StringIO(table.text(["a", "b"], [[cell, -5]]).split("\r\n", 1)[1], newline=""))
    assert row == [f"'{cell}", "-5"]


def test_rows_of_tables_end_as_rfc_4180_says():
    """CR LF ends each row, and what needs quotes has them."""
    assert table.text(["a", "b"], [["x, y", 'say "z"'], ["one\ntwo", ""]]) == 'a,b\r\n"x, y","say ""z"""\r\n"one\ntwo",\r\n'


# ---- the matrix

def test_the_matrix_says_what_the_pages_say(found):
    """Each cell counts the listings of its page, and is as near as the nearest of them."""
    for crime_type, cells in gaps.matrix(found):
        for area, one in zip(found.areas, cells, strict=True):
            here = found.listings(crime_type.slug, area.slug)
            assert (one.local, one.force_wide, one.national, one.any_crime) == tuple(map(len, here))
            nearest = "local" if here.local else "force-wide" if here.force_wide else "national only" if here.national else "none"
            assert one.nearest == nearest


def test_the_page_of_the_matrix_leads_to_each_pair(built):
    """Every cell on the page links to its page of help."""
    page = (built / "data/gaps/index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="\.\./\.\./(help/[^"/]+/[^"/]+/)"', page))
    assert len(links) == len(pandas.read_csv(built / gaps.PATH))
    assert all((built / link / "index.html").exists() for link in links)


def test_many_areas_are_counted_on_the_page(tmp_path):
    """With more areas than a table can show, each crime has a cell for each answer, which sum up to the areas, and the table as CSV names them all."""
    site, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(GOOD, site)
    checked = "checked:\n  date: 2025-03\n  source: https://council.example.org\n  confidence: likely\n"
    for n in range(30):
        (site / f"content/areas/village-{n}.yaml").write_text(f"name: Village {n}\nplaces:\n  - Lane {n}\n{checked}", encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "scripts/build.py", "--site", site, "--output", output, "--date", "2026-03-01"], check=True, capture_output=True)
    matrix = pandas.read_csv(output / gaps.PATH)
    page = (output / "data/gaps/index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr><th scope="row"><a href="../../help/([^/]+)/">[^<]+</a></th>(.*?)</tr>', page)
    assert [slug for slug, _ in rows] == list(dict.fromkeys(matrix["crime_type"]))
    for slug, cells in rows:
        here = matrix[matrix["crime_type"] == slug]["nearest"]
        assert list(map(int, re.findall(r">(\d+)</td>", cells))) == [(here == kind).sum() for kind in ("local", "force-wide", "national only", "none")]
    assert "Village" not in page


# ---- the feed of changes

def saltmarsh(tmp_path):
    """Saltmarsh in a real repository."""
    return Repository(tmp_path / "project")


def feed_of(repository, output):
    """Builds a repository's site for a public address -> (the parsed feed, the text of it, what the build said)."""
    answer = subprocess.run([sys.executable, ROOT / "scripts/build.py", "--site", repository, "--output", output, "--url", URL, "--date", "2026-03-01"],
                            capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    path = output / "data/changes.atom"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return feedparser.parse(text), text, answer.stdout


def test_the_feed_tells_what_happened(tmp_path):
    """Added, a changed number, closed and taken off come out of git's history, newest first; feedparser reads them; no number and no lost name is in it."""
    project = saltmarsh(tmp_path)
    number = re.search(r"value: (0\d[\d ]+)", project.read(HARBOUR))[1]
    project.replace(HARBOUR, number, "020 7946 0958")
    project.commit("A new number")
    project.write("providers/nightline-two.yaml", project.read(NIGHTLINE).replace("name: Nightline", "name: Nightline Two", 1))
    project.commit("One more")
    (project.folder / "providers/nightline-two.yaml").unlink()
    project.commit("And off again")
    feed, text, _ = feed_of(project.folder, tmp_path / "output")
    assert feed.bozo == 0 and feed.version == "atom10"
    titles = [entry.title for entry in feed.entries]
    assert titles[0] == "An organisation was taken off" and titles[1] == "An organisation was added"
    assert "a contact has changed" in titles[2]
    assert "Nightline Two" not in text and number not in text and "020 7946 0958" not in text
    assert all(entry.link.startswith(URL) for entry in feed.entries)
    assert [entry.updated for entry in feed.entries] == sorted((entry.updated for entry in feed.entries), reverse=True)
    assert feed_of(project.folder, tmp_path / "again")[1] == text


def test_without_history_there_is_no_feed(tmp_path):
    """A site outside git, and one whose history is cut: the build says so, the feed is not there, and the page about the data does not lead to it."""
    outside = tmp_path / "outside"
    shutil.copytree(GOOD, outside)
    project = saltmarsh(tmp_path)
    project.write("README.md", "More.\n")
    project.commit("More")
    cut = tmp_path / "cut"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{project.folder}", cut], check=True)
    for site in (outside, cut):
        _, text, said = feed_of(site, tmp_path / f"output-{site.name}")
        assert text == "" and "No feed of changes:" in said
        assert "changes.atom" not in (tmp_path / f"output-{site.name}/data/index.html").read_text(encoding="utf-8")
