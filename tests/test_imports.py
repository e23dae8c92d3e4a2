"""The two wings never meet, and each library has one room."""
import ast

import pytest

from saltmarsh import ROOT

PACKAGE = ROOT / "plugins" / "support_directory"
EDITORS = set(("accessibility articles check codepoint contacts editing files hubs journey links lists load markup measures paid "
               "plain privacy problems promises references reminders sense shape times values world").split())
MODULES = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
SHARED = {"anchors", "dates"}  # what both wings count and link by; they know neither
BOTH = {"plugin", "happened"}  # the front door, and what has happened to the entries themselves
WRITING = {"output", "state"}  # what is made becomes files of a site: they may also know what publishes it
READERS = MODULES - EDITORS - SHARED - BOTH - WRITING - {"publish"}
AUDIT = ROOT / "plugins" / "site_audit"
SOURCES = sorted([*PACKAGE.glob("*.py"), *AUDIT.glob("*.py"), *(ROOT / "scripts").glob("*.py")])
# Each library that does one thing for us, and the files that may know it.
ROOMS = {"pelican": {"plugin.py", "_builder.py"}, "rich": {"_progress.py"}, "yaml": {"load.py", "_sample.py"},
         "ruamel": {"editing.py"}, "jsonschema": {"shape.py"},
         "phonenumbers": {"contacts.py"}, "lunr": {"indexing.py"}, "markdown": {"page.py"}, "nh3": {"page.py"}, "watchfiles": {"serve.py"},
         "playwright": {"pictures.py", "audit.py"}, "stopwordsiso": {"languages.py"}}


def imported(path):
    """Every module that a file imports, wherever the line stands: ours by its short name, libraries by their first name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ("support_directory." if node.level else "") + (f"{node.module}." if node.module else "")
            names = [start + alias.name for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            yield rest[0] if first == "support_directory" and rest else first


def test_both_wings_are_there():
    """The modules that the rules below speak of exist."""
    assert EDITORS < MODULES
    assert {"directory", "pages", "search", "phone", "wording"} <= READERS


@pytest.mark.parametrize("module", sorted(EDITORS))
def test_the_editors_wing_knows_no_web_page(module):
    """What checks listings knows files, lines and words, and has never heard of a web page."""
    assert set(imported(PACKAGE / f"{module}.py")) & (MODULES - EDITORS - SHARED) == set()


@pytest.mark.parametrize("module", sorted(READERS | WRITING))
def test_the_readers_wing_knows_no_yaml(module):
    """What makes pages knows services, areas and addresses, and has never heard of YAML, of schemas or of problems."""
    known = set() if module in WRITING else {"publish"}
    assert set(imported(PACKAGE / f"{module}.py")) & (EDITORS | known | {"plugin", "yaml", "jsonschema", "pelican"}) == set()


@pytest.mark.parametrize("module", sorted(SHARED | {"publish"}))
def test_what_stands_beside_the_wings_knows_neither(module):
    """Dates are counted, and a finished site is put in place of the old one, without knowing what is in an entry or on a page."""
    assert set(imported(PACKAGE / f"{module}.py")) & MODULES == set()


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_one_library_one_room(library):
    """Each library is known to the files named above and to no other."""
    assert {path.name for path in SOURCES if library in imported(path)} == ROOMS[library]


def test_the_editors_check_needs_neither_pelican_nor_pages():
    """scripts/check_listings.py loads the editors' wing and nothing else of ours."""
    assert set(imported(ROOT / "scripts" / "check_listings.py")) & (MODULES | set(ROOMS)) == {"check"}
