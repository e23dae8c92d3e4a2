"""Makes the first page of several sites: a page that leads to each built site in a folder.

    python3 scripts/make_index_of_forces.py FOLDER

Each folder in FOLDER holds one built site, as scripts/build.py --output makes it. The page is FOLDER/index.html. It needs no script, has the number
for emergencies and the way out of the site, and asks search engines to stay away while any of the sites is a draft. docs/growing.md says more.
"""
import argparse
import json
import os
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote

import _setup

_setup.ready()

from support_directory import gates, headers, publish  # noqa: E402

VERSION, TITLE = "version.json", "Find your area"
PAGE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Choose your area.">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="format-detection" content="telephone=no">{robots}
<link rel="stylesheet" href="{assets}/site.css">
<link rel="icon" href="{assets}/icons/mark.svg">
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header class="bar"><div class="wrap"><p class="name">{title}</p>
<a class="exit" href="{exit}" rel="nofollow noreferrer">Leave this site</a></div></header>
<main id="main" tabindex="-1"><div class="top"><div class="wrap"><h1>{title}</h1>
<p class="lead">Help after a crime is different in each area. Choose where you live, or where it happened.</p></div></div>
<div class="wrap"><p class="gap-s"><a class="btn red icon phone" href="tel:{emergency}">
<span>In danger now? Call <span class="num">{emergency}</span></span></a></p>
<ul class="rows">
{rows}
</ul>
</div></main>
</body>
</html>
"""
ROW = '<li><a href="{address}/"><b>{name}</b>{draft}</a></li>'
DRAFT = " <span>Being prepared: numbers not yet confirmed</span>"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder whose folders are built sites")
    args = parser.parse_args()
    if not args.folder.is_dir():
        parser.error(f"there is no folder called {args.folder}")
    if (args.folder / VERSION).exists():
        parser.error(f"{args.folder} is a built site itself. Name the folder that it is in: its first page would be written over.")
    sites, faults = read(args.folder)
    for fault in faults:
        print(fault)
    if faults:
        print("No page was written.")
        return 1
    fresh = args.folder / ".index.html.new"
    fresh.write_text(page(sites), encoding="utf-8", newline="\n")
    os.replace(fresh, args.folder / "index.html")
    print(f"{len(sites)} sites on {args.folder / 'index.html'}")
    return 0


def read(folder):
    """A folder -> ({name of each folder in it: (what its version.json says, where its static files are)}, what is wrong, in words)."""
    sites, faults = {}, []
    for path in sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")):
        try:
            version = json.loads((path / VERSION).read_text(encoding="utf-8"))
            styles = sorted((path / headers.ASSETS).glob("*/site.css"))
            if not (is_ours(version) and styles):
                raise ValueError
            sites[path.name] = version, styles[0].parent.relative_to(folder).as_posix()
        except (OSError, ValueError):
            shown = publish.shown(str(path))
            faults.append(f"{shown} is not a built site: it needs the {VERSION} and the static/ of a new build. Take it away, or build it: "
                          f"python3 scripts/build.py --site FORCE --output {shown}")
    if not (sites or faults):
        faults = [f"There is no built site in {folder}. Build each into a folder of its own: python3 scripts/build.py --site FORCE --output {folder}/NAME"]
    return sites, faults


def is_ours(version):
    """Whether a version.json says what the page needs: a name, the stage, where the exit leads, the number for emergencies."""
    return (gates.is_version(version) and all(isinstance(version.get(name), str) for name in ("name", "stage", "exit"))
            and version["exit"].startswith("https://") and "".join(version["crisis_lines"][gates.EMERGENCY][:1]).isdecimal())


def page(sites):
    """What `read` gave -> the page, the sites in the order of their names."""
    (first, assets), *_ = sites.values()
    in_order = sorted(sites.items(), key=lambda site: (site[1][0]["name"].casefold(), site[0]))
    rows = [ROW.format(address=quote(folder), name=escape(version["name"]), draft=DRAFT * is_draft(version))
            for folder, (version, _) in in_order]
    robots = '\n<meta name="robots" content="noindex">' * any(is_draft(version) for version, _ in sites.values())
    return PAGE.format(title=TITLE, policy=escape(headers.POLICY), robots=robots, assets=quote(assets), exit=escape(first["exit"]),
                       emergency=escape(first["crisis_lines"][gates.EMERGENCY][0]), rows="\n".join(rows))


def is_draft(version):
    return version["stage"] != "live"


if __name__ == "__main__":
    sys.exit(main())
