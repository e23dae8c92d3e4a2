"""An entry that is taken off the site is gone from every file of the next build."""
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from browser_tools import ROOT, build

SLUG = "zqx-listing"
# Fields that take certain words or times only. Every other field of providers/_example.yaml gets a value that stands nowhere else.
FIXED = re.compile(r"/(confidence|how|slug|crime_types/\d|coverage/\d|minimum_age|maximum_age|gender|groups/\d|by_and_for/\d|cost|needs_police_report"
                   r"|kinds_of_help/\d|referral_routes/\d|type|open_24_hours|days/\d|opens|closes|bank_holidays|interpreters|bsl|text_relay|easy_read|step_free"
                   r"|confidential_location|crisis_line|state|instead_use/\d|date|since|until)$")
# Values that have a form of their own.
FORMED = {"/website": "https://{}.example.org", "/charity_number": "1099871", "/company_number": "09876543", "/maintainers/0": "98765432109",
          "/contacts/0/value": "020 7946 0871", "/contacts/1/value": "87871", "/contacts/2/value": "{}@example.org"}
# What no page, no file of the search and none of the open data holds: words for editors (directory.EDITORS_ONLY).
# They stand in the entry's own text, which the form for changes loads (update/*.json).
NOT_SHOWN = ("/editor_note", "/maintainers/0", "/checked/note")


def filled(value, path="", made=None):
    """The example of all fields -> (the same with a value of its own in each free field, {path of the field: that value})."""
    made = {} if made is None else made
    if isinstance(value, dict):
        return {key: filled(inner, f"{path}/{key}", made)[0] for key, inner in value.items()}, made
    if isinstance(value, list):
        return [filled(inner, f"{path}/{number}", made)[0] for number, inner in enumerate(value)], made
    if FIXED.search(path):
        return {"true": True, "false": False}.get(value, value), made
    form = next((form for end, form in FORMED.items() if path.endswith(end)), "{} words" if " " in value else "{}")
    token = f"zqx{len(made)}q"
    made[path] = token if "{}" in form else form
    return form.format(token), made


def mentions(output, words):
    """The words, small or capital, that stand in the bytes or in the path of some file of a folder, as (word, path)."""
    found = []
    for path in output.rglob("*"):
        name = path.relative_to(output).as_posix()
        content = name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"")
        found += [(word, name) for word in words if word.encode().lower() in content.lower()]
    return found


def spellings(value):
    """A value, and a number also without spaces and as it is dialled."""
    digits = value.replace(" ", "")
    return {value, digits, "+44" + digits[1:]} if re.fullmatch("0[0-9 ]{9,}", value) else {value}


@pytest.fixture
def site(tmp_path):
    """A copy of the made-up force with one more entry, to which another one and the site's settings lead, and the words of that entry."""
    folder = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", folder)
    text = (ROOT / "providers/_example.yaml").read_text(encoding="utf-8").replace("2026-", "2025-")  # the tests take place early in 2026
    example = yaml.load(text, Loader=yaml.BaseLoader)
    service = example["services"][0]
    service.pop("status")  # an open service stands on more pages
    service["crime_types"], service["slug"] = ["burglary", "stalking"], "zqxservice"
    entry, made = filled(example)
    (folder / f"providers/{SLUG}.yaml").write_text(yaml.safe_dump(entry, sort_keys=False), encoding="utf-8")
    replace(folder / "providers/old-lamp.yaml", "        - saltmarsh-hub\n", f"        - saltmarsh-hub\n        - {SLUG}/zqxservice\n")
    replace(folder / "content/site.yaml", "  - saltmarsh-police/report\n", f"  - saltmarsh-police/report\n  - {SLUG}/zqxservice\n")
    return folder, made


def replace(path, old, new):
    """Changes a text that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_entry_that_is_taken_off_is_gone_from_every_file(site, tmp_path):
    """Every word of an entry is on the site, but what is for editors; with its file and what leads to it deleted, none is left anywhere, nor its address."""
    folder, made = site
    output = build(folder, tmp_path / "output")
    words = {path: spellings(value) for path, value in made.items()}
    assert len(words) >= 30
    unseen = [path for path, some in words.items() if all(name.startswith("update/") for _, name in mentions(output, some))]
    assert unseen == [path for path in words if path.endswith(NOT_SHOWN)]
    found = {path.relative_to(output).as_posix() for folder in ("", "texts") for path in (output / "search" / folder).glob("*.json")
             if path.name.split(".")[0] in ("first", "harbour")}
    assert len(found) == 2
    everywhere = {"manifest.json", f"providers/{SLUG}/index.html", "help/burglary/index.html", *found}
    assert everywhere <= {name for _, name in mentions(output, {SLUG})}

    (folder / f"providers/{SLUG}.yaml").unlink()
    said = refused(folder, output)
    assert "providers/old-lamp.yaml:" in said and "content/site.yaml:" in said and said.count(f'There is no service called "{SLUG}/zqxservice"') == 2
    replace(folder / "providers/old-lamp.yaml", f"        - {SLUG}/zqxservice\n", "")
    replace(folder / "content/site.yaml", f"  - {SLUG}/zqxservice\n", "")
    build(folder, output)
    assert mentions(output, {SLUG, "zqxservice", "zqx"}.union(*words.values())) == []
    assert not (output / f"providers/{SLUG}").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "site"]


def refused(folder, output):
    """A build that must fail -> what it prints."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(folder), "--output", str(output), "--date", "2026-03-01"]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 1, answer.stderr
    return answer.stdout


def test_the_page_for_an_address_that_is_gone_gives_nothing_away(site, tmp_path):
    """404.html, which the host shows at an address that is gone, names no organisation, and shows the hub's number."""
    folder, _ = site
    text = (build(folder, tmp_path / "output") / "404.html").read_text(encoding="utf-8")
    assert "0808 157 0100" in text and 'href="tel:+448081570100"' in text
    names = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["name"] for path in (folder / "providers").glob("*.yaml")]
    assert len(names) == 7
    assert [name for name in names if name in text] == []
    words = re.sub("<[^>]+>", " ", text).lower()
    assert "could not find that page" in words
    assert [word for word in ("removed", "deleted", "taken", "no longer", "secret", "refuge") if word in words] == []


def test_the_paper_leads_somewhere():
    """Links in docs/taking-down.md to files of the project lead to one that is there, and README.md leads to the paper."""
    paper = ROOT / "docs/taking-down.md"
    text = paper.read_text(encoding="utf-8")
    assert [target for target in re.findall(r"\]\((?!https?:)([^)#]+)", text) if not paper.parent.joinpath(target).exists()] == []
    assert "(docs/taking-down.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
