"""Which files of a site are read, and what they may be called. Whatever would be silently left out is refused."""
import os
import re
import unicodedata
from pathlib import Path

from . import problems
from .problems import Problem

KINDS = {"providers": "provider", "content/crime-types": "crime-type", "content/areas": "area", "content/pages": "page",
         "content/commissioning": "commissioning", "content/performance": "performance", "content/news": "news"}
IN_MARKDOWN = {"page", "news"}
SITE = "content/site.yaml"
# Files of which there is one: those of NEEDED must be there, the others may.
SINGLE = {SITE: "site", "content/accessibility.yaml": "accessibility", "content/search.yaml": "search", "content/search-phrases.yaml": "search-phrases",
          "content/bank-holidays.yaml": "bank-holidays", "content/start.yaml": "start", "content/monitoring.yaml": "monitoring"}
NEEDED = {SITE, "content/accessibility.yaml"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
# Addresses that the site itself needs (pages.py); a page of that name would take their place.
RESERVED_PAGES = {"help", "areas", "providers", "search", "offline", "start", "commissioning", "performance", "news", "self-help", "professionals", "data",
                  "handouts", "static"}
# Pages of words that every page leads to (theme/templates), or that the law asks for.
NEEDED_PAGES = ("emergency", "safety", "update", "accessibility", "privacy")
# Words that mean something of their own where an entry is named.
RESERVED = {"page": RESERVED_PAGES, "area": {"force-wide", "national", "all"}, "crime-type": {"all"}}
# Files that Windows cannot hold, whatever their ending.
# Names of files that somebody has not finished naming.
NO_NAMES = {"untitled", "new", "copy", "test", "temp", "example", "template", "provider", "document", "draft"}
RESERVED_BY_WINDOWS = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def mark(path):
    """What the disk says of a file: it is another when the file has changed."""
    status = os.lstat(path)
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode


def ending_of(kind):
    """The ending that files of this kind have."""
    return ".md" if kind in IN_MARKDOWN else ".yaml"


def files(site, wanted=None):
    """The files to read under the folder `site`, as (path, name, kind), sorted. _example.yaml, README.md and what programs leave (.DS_Store) are none.

    `name` is what messages show; kind is None where the ending is a wrong one. `wanted`: only these paths (files or folders), or None for all.
    """
    found = []
    for folder, kind in KINDS.items():
        base = Path(site, folder)
        if base.is_symlink():
            continue
        for path in sorted(base.iterdir()) if base.is_dir() else ():
            if not _ours(path):
                found.append((path, path.relative_to(site).as_posix(), kind if path.suffix == ending_of(kind) else None))
    found += [(Path(site, name), name, kind) for name, kind in SINGLE.items() if name in NEEDED or os.path.lexists(Path(site, name))]
    return [row for row in found if _is_wanted(row[0], wanted)]


def _ours(path):
    """Whether a file is there for editors or for a program, and no entry. An entry whose name begins with _ or . would be left out without a word."""
    hidden = path.name.startswith((".", "_")) and path.suffix not in (".yaml", ".yml", ".md") and not path.is_symlink()
    return hidden or path.name in ("_example.yaml", "README.md")


def _is_wanted(path, wanted):
    if wanted is None:
        return True
    roots = {_place_of(Path(item)) for item in wanted} | {Path(item).resolve() for item in wanted}
    return bool(roots & {_place_of(path), *_place_of(path).parents})


def _place_of(path):
    """Where a file stands; a link is not followed, for it is a problem of the place where it stands."""
    return path.parent.resolve() / path.name


def strays(site, wanted=None):
    """Problems of what stands in content/ and would never be read, and of folders that are links."""
    content = Path(site, "content")
    folders = [Path(site, folder) for folder in KINDS]
    for path in sorted({*(content.iterdir() if content.is_dir() else ()), *folders, content}):
        name = path.relative_to(site).as_posix()
        if not _is_wanted(path, wanted):
            continue
        if path.is_symlink() and name not in SINGLE:
            yield Problem(name, 1, 1, "", *problems.not_a_regular_file())
        elif path.parent == content and path not in folders and name not in SINGLE and not _ours(path):
            known = [folder.removeprefix("content/") for folder in KINDS if folder.startswith("content/")]
            yield Problem(name, 1, 1, "", *problems.never_read(path.name, known, [Path(single).name for single in SINGLE]))


def name_problems(path, name, kind):
    """Problems of one file's name. `kind` is what `files` gave."""
    if name in SINGLE:
        return
    place = next(kind for folder, kind in KINDS.items() if name.startswith(f"{folder}/"))
    ending = ending_of(place)
    if path.is_dir() and not path.is_symlink():
        yield Problem(name, 1, 1, "", *problems.folder_inside(Path(name).parent.name))
    elif re.search(r"(\(\d+\)|[ -]copy( \d+)?|^copy of .*)\.[a-z]+$", path.name, re.IGNORECASE):
        yield Problem(name, 1, 1, "", *problems.copy_of_a_file(path.name))
    elif path.stem in NO_NAMES:
        yield Problem(name, 1, 1, "", *problems.reserved_name(path.stem, "says nothing"))
    elif kind is None or not SLUG.fullmatch(path.stem) or len(path.stem) > LONGEST:
        yield Problem(name, 1, 1, "", *problems.bad_file_name(path.name, ending, _meant(path.name, ending)))
    elif path.stem in RESERVED_BY_WINDOWS:
        yield Problem(name, 1, 1, "", *problems.reserved_name(path.stem, "cannot be that of a file on Windows"))
    elif path.stem == "index" or path.stem in RESERVED.get(place, set()):
        yield Problem(name, 1, 1, "", *problems.reserved_name(path.stem))


def slug_of(name):
    """A name as a slug: "Women's Café 24" -> "womens-cafe-24"; "" where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", name.lower())).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _meant(name, ending):
    """The name that a file should have had: Age UK.yml -> age-uk.yaml, or None."""
    stem = slug_of(re.sub(r"(\.(ya?ml|md|txt|bak|docx?|html?|json|csv|pdf|odt))+[ ~]*$", "", name[:80].lower()))
    return stem + ending if stem and len(stem) <= LONGEST else None
