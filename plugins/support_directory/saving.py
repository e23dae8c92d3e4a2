"""What a reader saves on a device: the list of files that theme/static/js/copy.js saves by, and the worker that shows them without a connection.

- offline/list.json: every page, all static files and the search's files, each with its size and a hash. It has no fingerprint: it is what is asked for
  to learn whether something has changed.
- worker.js: at an address that never changes, or browsers that have it would keep it for ever. What it shares with the pages (copy.js) is built in.

The day of the build stands on every page. It is left out of the hashes, or a daily build would make each saved copy fetch all pages again.
"""
import hashlib
import json
import re

from . import addresses

LIST, WORKER = "offline/list.json", "worker.js"
# The same piece of a page, and the same digits of a hash, as in copy.js.
MADE = re.compile(r'<span data-made="[^"]*">[^<]*</span>')
DIGITS = 16
# The form for changes sends somebody to e-mail or to GitHub: nobody needs its data and its libraries without a connection.
OF_THE_FORM = re.compile(r"static/[^/]+/(js/update[^/]*\.js|vendor/(yaml|json-schema)/.*)")
# What partners and professionals use: nobody in need wants it without a connection.
FOR_PARTNERS = (addresses.DATA, addresses.HANDOUTS)
NEVER = {addresses.ONE_FILE, addresses.REMOVED + "index.html"}
IMPORT = re.compile(r"^import \{[^}]*\} from \"\./static/js/copy\.js\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)
MEGABYTE = 1_000_000
MOST_PAGES = 3000  # more of them no phone saves in a time that somebody would wait, and a change to one would be looked for in all


def is_saved(path):
    """Whether a file of the site belongs to the saved copy: pages, static files, the search. Whatever else a site has does not, unless it is named here."""
    if path in NEVER or path.startswith((*FOR_PARTNERS, addresses.ONE_FILE_BEGINS)) or OF_THE_FORM.fullmatch(path):
        return False
    return path.endswith(".html") or path.startswith(("static/", "search/"))


def is_too_large(pages):
    """Whether so many pages are too many to be saved on a device."""
    return pages > MOST_PAGES


def is_offered(directory):
    """Whether a site may be saved, as far as the number of its largest kinds of pages says so: then each file is noted for the list."""
    areas = len(directory.areas)
    return directory.site.saving == "allowed" and not is_too_large(len(directory.crime_types) * (areas + 1) + areas + len(directory.providers))


def row(path, content):
    """A file's path and bytes -> [its address, its size, its hash]."""
    told = MADE.sub("", content.decode("utf-8")).encode() if path.endswith(".html") else content
    return [re.sub(r"(^|/)index\.html$", r"\1", path), len(content), hashlib.sha256(told).hexdigest()[:DIGITS]]


def size(rows):
    """How much there is to save, for the page that offers it: {pages, megabytes}; that page itself is counted, and hardly weighs."""
    pages = sum(is_page(address) for address, _, _ in rows) + 1
    return {"pages": pages, "megabytes": max(1, round(sum(size for _, size, _ in rows) / MEGABYTE))}


def is_page(address):
    """Whether an address of the list is that of a page."""
    return address.endswith(("/", ".html")) or not address


def listed(rows, made):
    """Rows, and the piece of a page that says when it was made -> the list as JSON. ValueError: pages say that in another way, so none could be renewed."""
    if not MADE.fullmatch(made):
        raise ValueError(f"pages say when they were made in another way than {MADE.pattern}: {made}")
    files = sorted(rows)
    version = hashlib.sha256(json.dumps([files, made]).encode()).hexdigest()[:DIGITS]
    return json.dumps({"version": version, "made": made, "files": files}, ensure_ascii=False, separators=(",", ":")) + "\n"


def worker(source, shared):
    """The texts of worker.js and of copy.js -> one script without modules. ValueError: the line to replace is not there."""
    found = IMPORT.search(source)
    if not found:
        raise ValueError("theme/worker.js has no line that imports ./static/js/copy.js")
    return EXPORT.sub("", shared) + source.replace(found.group(), "")
