"""One state of a site: its directory, and every file that comes of it."""
import datetime
import functools
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import rcssmin
import rjsmin

from . import (
    addresses,
    around,
    bundle,
    change_feed,
    gates,
    headers,
    one_file,
    open_data,
    pages,
    parts,
    phone,
    proposal,
    publish,
    saving,
    search,
    security,
    statement,
    wording,
)
from .addresses import Link
from .making import Piece
from .output import copied, static_files

MENU = (Link("Home", addresses.HOME), Link("Search", addresses.SEARCH), Link("Providers", addresses.PROVIDERS),
        Link("Stay safe here", addresses.SAFETY))
MOST_RENDERED = 512  # listings of which the HTML is kept: pages of one area are made one after the other, and show the same ones


class State:
    """`env`: Jinja's; `settings`: Pelican's, with those of DIRECTORY_ (pelicanconf.py). `before`: the state before this one, if any: what still holds is
    taken from it; `keeps`: whether there may be one after it.

    `shared`: what decides what is on every page; `is_like_before`: whether it is equal to that of `before`: then a Piece with equal inputs gives the
    same files.
    """

    def __init__(self, directory, env, settings, before=None, keeps=False):
        self.keeps = keeps
        self.directory, self.site, self.env, self.settings = directory, directory.site, env, settings
        self.url, self.today, self.theme = settings["DIRECTORY_URL"], settings["DIRECTORY_DATE"], Path(settings["THEME"])
        self.root = "/" + self.url.split("/", 3)[3] if self.url else "/"
        self.planner = pages.Planner(directory, self.url, before and before.planner)
        self.assets = before.assets if before else f"static/{fingerprint(self.theme / 'static')}"
        hub, crisis = self.planner.hub, directory.crisis and self.planner.cards[directory.crisis.key]
        self.shared = (directory.all_but_providers, self.url, self.today, directory.hub, directory.crisis)
        self.is_like_before = bool(before) and before.shared == self.shared
        self.rendered = before.rendered if self.is_like_before else RenderedListings(env, self.site, hub)
        self.frame = {
            "directory": directory, "site": self.site, "rendered": self.rendered, "hub": hub, "assets": self.assets, "canonical": self.url, "menu": MENU,
            "interpreters": wording.interpreters(directory.hub.service), "crisis": crisis,
            "made": self.today.isoformat(), "made_on": wording.date(self.today.isoformat()),
            "footer": footer(directory), "policy": headers.POLICY, "emergency_cost": phone.what_a_call_shows(self.site.emergency.number),
        }

    # ---- pieces, which need nothing of each other

    def pages(self):
        """The pages that show listings, as Pieces."""
        return [Piece(batch.name, batch.inputs, functools.partial(self.rendered_batch, batch)) for batch in pages.batches(self.planner)]

    def others(self):
        """The static files, the open data, what the form for changes loads, and the parts of the search, as Pieces."""
        found = self.directory
        yield Piece("static", self.assets, functools.partial(copied, self.theme / "static", self.assets))
        for number in range(1, open_data.pages(found.every_listing) + 1):
            inputs = tuple(open_data.on_page(found.every_listing, number)), len(found.every_listing)
            yield Piece(f"data {number}", inputs, functools.partial(open_data.of_page, found, number))
        yield Piece("data", None, functools.partial(open_data.for_all, found, self.url))
        for start in range(0, len(found.providers), pages.TOGETHER):
            yield self.form(found.providers[start:start + pages.TOGETHER])
        schema = Path(self.settings["DIRECTORY_SCHEMA"], "provider.schema.json").read_text(encoding="utf-8")
        yield Piece("form", None, functools.partial(proposal.for_all, found, schema))
        at_first = parts.keys_at_first(found)
        for part in parts.names(found):
            inputs = (at_first, parts.of(found, part)) if part != parts.WIDE else None  # with the widest part come the filters of all
            yield Piece(f"search {part}", inputs, functools.partial(search.of_part, found, part, at_first))

    def form(self, providers):
        """What the form loads of some providers, as a Piece: the exact text of their files, comments too. The readers' wing knows no other files."""
        slugs = [provider.slug for provider in providers]
        on_disk = {slug: self.file_of(slug).stat() for slug in slugs} if self.keeps else {}
        marks = tuple((slug, found.st_mtime_ns, found.st_size, found.st_ino) for slug, found in on_disk.items()) or None
        return Piece(f"form of {slugs[0]}", marks, lambda: proposal.of_providers(
            {slug: (f"providers/{slug}.yaml", self.file_of(slug).read_bytes().decode("utf-8")) for slug in slugs}))

    def file_of(self, slug):
        """The file of a provider's entry."""
        return Path(self.settings["DIRECTORY_SITE"], "providers", f"{slug}.yaml")

    def rendered_batch(self, batch):
        """As rendered_pages, of a Batch, whose pages are planned only now."""
        return self.rendered_pages(batch.pages())

    def rendered_pages(self, planned):
        """(path, HTML) of each page. publish.Unfit: a page lacks what it must have."""
        for page in planned:
            html = self.env.get_template(page.template).render(page=page, **self.frame)
            lacking = statement.missing(page.content.statement.required, html) if getattr(page.content, "statement", None) else []
            if lacking:
                raise publish.Unfit(f"{page.path} lacks what the law asks of an accessibility statement: {'; '.join(lacking)}")
            yield page.path, html

    # ---- the rest, which needs to know what came of the pieces

    def write_rest(self, output):
        """Writes whatever names or counts other files of the output."""
        found, url = self.directory, self.url
        for name in open_data.SCHEMAS:
            output.write(f"{addresses.DATA}schema/{name}", Path(self.settings["DIRECTORY_SCHEMA"], name).read_bytes())
        events = self.settings.get("DIRECTORY_EVENTS")
        self.frame["changes_feed"] = change_feed.PATH if url and events is not None else ""
        if self.frame["changes_feed"]:
            output.write(change_feed.PATH, change_feed.feed(found, events, url))
        for path, text in search.for_every_part(found, search.fingerprints(output.files)):
            output.write(path, text)
        self.frame["search_files"] = search.names_of(output.files)
        self.frame["form_files"] = proposal.names_of(output.files)
        for path, text in around.files(self.planner, url):
            output.write(path, text)
        for path, html in self.rendered_pages(pages.rest(self.planner, self.root)):
            output.write(path, html)
        offline = self.planner.offline(1 + sum(saving.is_saved(path) for path in output.files if path.endswith(".html")))
        if offline.content.is_allowed:
            self.frame["saved_size"] = saving.size(output.rows.values())
        for path, html in self.rendered_pages([offline]):  # it says how much all others weigh
            output.write(path, html)
        self.write_saving(output, output.rows.values() if offline.content.is_allowed else [], saving.MADE.search(html).group())
        self.to_carry = one_file.Whole(self.planner, self.frame["search_files"], lambda path: output.read(path).decode())

    def files_to_carry(self):
        """The file to carry, or those of each area, as Pieces. They come of files that are written already."""
        template, sources = self.env.get_template("one_file.html"), carried(self.theme)
        for area in one_file.areas(self.directory):
            yield Piece(f"to carry {area.slug if area else ''}", None,
                        lambda area=area: [one_file.written(self.to_carry, template, self.frame, sources, area)])

    def write_last(self, output):
        """Writes what names all other files."""
        found, site, url = self.directory, self.site, self.url
        output.write(security.PATH, security.text(site, url))
        output.write("version.json", json.dumps(version(found, self.settings["DIRECTORY_COMMIT"], self.today), indent=1) + "\n")
        if url and site.stage == "live":
            listed = sorted(url + path.removesuffix("index.html") for path in output.files if is_an_address(path))
            output.write("sitemap.xml", self.env.get_template("sitemap.xml").render(addresses=listed))
        output.write(headers.PATH, headers.text([*output.files, publish.MANIFEST], self.root))

    def write_saving(self, output, rows, made):
        """Writes the worker and, where saving is offered (there are rows), the list that it and the pages go by. `made`: what a page says of its making."""
        if rows:
            output.write(saving.LIST, saving.listed(rows, made))
            script = saving.worker((self.theme / "worker.js").read_text(encoding="utf-8"), (self.theme / "static/js/copy.js").read_text(encoding="utf-8"))
        else:
            script = (self.theme / "worker-stopped.js").read_text(encoding="utf-8")
        output.write(saving.WORKER, rjsmin.jsmin(script) + "\n")


class RenderedListings:
    """Renders each listing once for each depth of page: the same card stands on many pages."""

    def __init__(self, env, site, hub):
        parts = env.get_template("listing.html").module
        self.item = functools.lru_cache(MOST_RENDERED)(lambda card, to_root: parts.item(card, site, hub, to_root))
        self.row = functools.lru_cache(MOST_RENDERED)(lambda card, to_root, where="": parts.row(card, site, hub, to_root, where))


def footer(found):
    """The links at the foot of every page, in the order that content/site.yaml gives."""
    pages_of_words = [page for page in found.written_pages if page.slug in found.site.footer]
    own = Link("All areas", addresses.AREAS), Link("Save these pages", addresses.OFFLINE)
    return (*own, *around.links(found), *(Link(page.title, addresses.written_page(page.slug)) for page in pages_of_words))


def carried(theme):
    """The folder of the theme -> what of it stands in the file to carry, as texts."""
    def read(path):
        return Path(theme, path).read_text(encoding="utf-8")

    modules = {path.stem: read(path) for path in (*sorted(Path(theme, "static/js").glob("*.js")), Path(theme, "carried.js"))}
    icons = {f"icons/{path.name}": read(path) for path in sorted(Path(theme, "static/icons").glob("*.svg"))}
    leaving, showing = (rjsmin.jsmin(bundle.classic(modules, name)) for name in ("exit", "carried"))
    style = one_file.styled(rcssmin.cssmin(read("static/site.css") + read("one_file.css")), icons)
    return SimpleNamespace(exit_script=leaving, scripts=[read("static/vendor/lunr/lunr.min.js"), showing], style=style, mark=icons["icons/mark.svg"])


def fingerprint(folder):
    """A short fingerprint of all static files: the folder that they are served from carries it, so that a browser never mixes old and new."""
    digest = hashlib.sha256()
    for path in static_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def is_an_address(path):
    """Whether a file is a page that somebody may be sent to."""
    return path.endswith("index.html") and path.removesuffix("index.html") not in (addresses.NOT_SAVED, addresses.REMOVED)


def version(found, commit, today):
    """What a check of the published site compares: commit, day, counts, the oldest evidence, the numbers of crisis lines; and what a page above
    several sites needs: its name, where its exit leads.
    """
    services = [listing.service for listing in found.every_listing if listing.service.is_open]
    dated = [service.checked.date for service in services if service.checked.date != wording.UNKNOWN]
    return {
        "commit": commit, "built": today.isoformat() if isinstance(today, datetime.date) else str(today), "stage": found.site.stage,
        "name": found.site.name, "exit": found.site.exit_target,
        "counts": {"providers": len(found.providers), "services": len(services), "crime_types": len(found.crime_types), "areas": len(found.areas)},
        "oldest_check": min(dated, default=wording.UNKNOWN),
        "crisis_lines": gates.crisis_lines(found),
    }
