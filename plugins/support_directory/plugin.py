"""The one file that knows Pelican: settings in, a written site out.

Pelican's own readers and writers are left empty-handed (pelicanconf.py): entries are read by load, and pages written here,
so that nothing an editor types can become a setting, a path or a template.
"""
import datetime
import functools
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import rcssmin
import rjsmin
from pelican import signals
from pelican.generators import Generator

from . import (
    addresses,
    around,
    bundle,
    cards,
    change_feed,
    directory,
    gates,
    headers,
    one_file,
    open_data,
    pages,
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

MENU = (Link("Home", addresses.HOME), Link("Search", addresses.SEARCH), Link("Providers", addresses.PROVIDERS),
        Link("Stay safe here", addresses.SAFETY))


# Comments are for whoever reads the sources: no phone has to load them. What is in vendor/ stays as its makers wrote it.
LIGHTER, AS_IT_IS = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}, "vendor"


class ProblemsFound(Exception):
    """The entries have problems, so nothing was built. `problems` are the values that check gave."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems in the listings")
        self.problems = problems


def register():
    """Called by Pelican when it loads the plugin."""
    signals.get_generators.connect(generators)


def generators(pelican):
    """Names our generator to Pelican. A function of its own: Pelican holds it only as long as something else does."""
    return DirectoryGenerator


class DirectoryGenerator(Generator):
    """Reads and checks the entries, plans the pages and writes them."""

    def generate_context(self):
        """The entries, as DIRECTORY_READ gives them or read from DIRECTORY_SITE on DIRECTORY_DATE, -> the directory."""
        entries, problems = self.settings.get("DIRECTORY_READ", self.read)()
        if problems:
            raise ProblemsFound(problems)
        self.directory = directory.build(entries, self.settings["DIRECTORY_DATE"])
        self.searching = self.settings.get("DIRECTORY_START", later)(search.build, self.directory)
        self.sources = sources(entries, self.settings["DIRECTORY_SITE"])

    def read(self):
        """Reads and checks the entries -> (entries, problems)."""
        from . import check  # only here: scripts/build.py has done this already, elsewhere

        return check.check(self.settings["DIRECTORY_SITE"], self.settings["DIRECTORY_SCHEMA"], self.settings["DIRECTORY_DATE"])

    def generate_output(self, writer):
        """Writes every page, the search's file, the static files, version.json, security.txt, with a public address the sitemap, _headers, and the manifest."""
        found, site, output = self.directory, self.directory.site, Output(self.output_path)
        url, today = self.settings["DIRECTORY_URL"], self.settings["DIRECTORY_DATE"]
        static = Path(self.theme, "static")
        assets = f"static/{fingerprint(static)}"
        output.copy(static, assets)
        root = "/" + url.split("/", 3)[3] if url else "/"
        planned = pages.plan(found, root, url)
        hub = cards.card(found.hub, today)
        frame = {
            "directory": found, "site": site, "rendered": RenderedListings(self.env, site, hub), "hub": hub, "assets": assets, "canonical": url, "menu": MENU,
            "interpreters": wording.interpreters(found.hub.service),
            "crisis": found.crisis and cards.card(found.crisis, today),
            "made": today.isoformat(), "made_on": wording.date(today.isoformat()),
            "footer": footer(found), "policy": headers.POLICY, "emergency_cost": phone.what_a_call_shows(site.emergency.number),
        }
        templates = {name: self.env.get_template(name) for name in {page.template for page in planned}}
        searching = self.searching()
        frame["search_files"] = {name: path for name, (path, _) in searching.items()}
        schema = Path(self.settings["DIRECTORY_SCHEMA"], "provider.schema.json").read_text(encoding="utf-8")
        proposing = proposal.files(found, self.sources, schema)
        frame["form_files"] = {name: path for name, (path, _) in proposing.items()}
        for path, text in (*searching.values(), *proposing.values()):
            output.write(path, text)
        for path, text in around.files(found, planned, url):
            output.write(path, text)
        for name in open_data.SCHEMAS:
            output.write(f"{addresses.DATA}schema/{name}", Path(self.settings["DIRECTORY_SCHEMA"], name).read_bytes())
        events = self.settings.get("DIRECTORY_EVENTS")
        frame["changes_feed"] = change_feed.PATH if url and events is not None else ""
        if frame["changes_feed"]:
            output.write(change_feed.PATH, change_feed.feed(found, events, url))
        rows = []
        for page in sorted(planned, key=lambda page: page.template == "offline.html"):  # that one last: it says how much all others weigh
            if page.template == "offline.html":
                rows = [saving.row(path, (output.folder / path).read_bytes()) for path in output.files if saving.is_saved(path)]
                frame["saved_size"] = saving.size(rows)
            rendered = templates[page.template].render(page=page, **frame)
            lacking = statement.missing(page.content.statement.required, rendered) if getattr(page.content, "statement", None) else []
            if lacking:
                raise publish.Unfit(f"{page.path} lacks what the law asks of an accessibility statement: {'; '.join(lacking)}")
            output.write(page.path, rendered)
        self.write_saving(output, [*rows, saving.row(page.path, rendered.encode())], saving.MADE.search(rendered).group())
        output.write(addresses.ONE_FILE, one_file.page(found, planned, self.env.get_template("one_file.html"), frame, searching, carried(self.theme)))
        output.write(security.PATH, security.text(site, url))
        output.write("version.json", json.dumps(version(found, self.settings["DIRECTORY_COMMIT"], today), indent=1) + "\n")
        if url and site.stage == "live":
            listed = [url + page.address for page in planned if not page.file]
            output.write("sitemap.xml", self.env.get_template("sitemap.xml").render(addresses=listed))
        output.write(headers.PATH, headers.text([*output.files, publish.MANIFEST], root))
        output.write(publish.MANIFEST, publish.manifest(output.files))

    def write_saving(self, output, rows, made):
        """Writes the worker and, where saving is allowed, the list that it and the pages go by. `made`: the piece of a page that says when it was made."""
        theme = Path(self.theme)
        if self.directory.site.saving == "allowed":
            output.write(saving.LIST, saving.listed(rows, made))
            script = saving.worker((theme / "worker.js").read_text(encoding="utf-8"), (theme / "static/js/copy.js").read_text(encoding="utf-8"))
        else:
            script = (theme / "worker-stopped.js").read_text(encoding="utf-8")
        output.write(saving.WORKER, rjsmin.jsmin(script) + "\n")


def later(function, *arguments):
    """How a piece of work is started where nobody gave another way (DIRECTORY_START): not before its result is wanted."""
    return functools.partial(function, *arguments)


def sources(entries, site):
    """Entries and the folder that they were read from -> {provider's slug: (path, exact text) of its file}. The readers' wing knows no files."""
    providers = [entry for entry in entries if entry.kind == "provider"]
    return {entry.slug: (entry.path, Path(site, entry.path).read_bytes().decode("utf-8")) for entry in providers}


def footer(found):
    """The links at the foot of every page, in the order that content/site.yaml gives."""
    pages_of_words = [page for page in found.written_pages if page.slug in found.site.footer]
    own = Link("All areas", addresses.AREAS), Link("Save these pages", addresses.OFFLINE)
    return (*own, *around.links(found), *(Link(page.title, addresses.written_page(page.slug)) for page in pages_of_words))


class RenderedListings:
    """Renders each listing once for each depth of page: the same card stands on many pages."""

    def __init__(self, env, site, hub):
        parts = env.get_template("listing.html").module
        self.item = functools.cache(lambda card, to_root: parts.item(card, site, hub, to_root))
        self.row = functools.cache(lambda card, to_root, where="": parts.row(card, site, hub, to_root, where))


class Output:
    """The folder that a site is written to. `files` holds for each path what the manifest says of it, noted while it is written."""

    def __init__(self, folder):
        self.folder, self.files, self._folders = Path(folder), {}, set()

    def write(self, path, content):
        """Writes text or bytes to a path relative to the folder, making its folders. publish.Unfit: the path leaves the folder, or was written before."""
        if not publish.is_inside(path):
            raise publish.Unfit(f"{publish.shown(path)} would be outside the site")
        if path in self.files:
            raise publish.Unfit(f"{publish.shown(path)} would be written twice")
        content = content.encode() if isinstance(content, str) else content
        target = self.folder / path
        if target.parent not in self._folders:  # asking the disk for each of many thousand files costs more than remembering
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(content)
        self.files[path] = publish.facts(content)

    def copy(self, source, path):
        """Copies the contents of the regular files under the folder `source`, and nothing else of them (no modes, no links, no comments)."""
        for file in static_files(source):
            name = file.relative_to(source)
            lighter = LIGHTER.get(file.suffix) if name.parts[0] != AS_IT_IS else None
            self.write(f"{path}/{name.as_posix()}", lighter(file.read_text(encoding="utf-8")) if lighter else file.read_bytes())


def carried(theme):
    """The folder of the theme -> what of it stands in the file to carry, as texts."""
    def read(path):
        return Path(theme, path).read_text(encoding="utf-8")

    modules = {path.stem: read(path) for path in (*sorted(Path(theme, "static/js").glob("*.js")), Path(theme, "carried.js"))}
    icons = {f"icons/{path.name}": read(path) for path in sorted(Path(theme, "static/icons").glob("*.svg"))}
    leaving, showing = (rjsmin.jsmin(bundle.classic(modules, name)) for name in ("exit", "carried"))
    style = one_file.styled(rcssmin.cssmin(read("static/site.css") + read("one_file.css")), icons)
    return SimpleNamespace(exit_script=leaving, scripts=[read("static/vendor/lunr/lunr.min.js"), showing], style=style, mark=icons["icons/mark.svg"])


def static_files(folder):
    """The regular files under a folder, sorted; names that begin with a dot are left out."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and not path.name.startswith(".")]


def fingerprint(folder):
    """A short fingerprint of all static files: the folder that they are served from carries it, so that a browser never mixes old and new."""
    digest = hashlib.sha256()
    for path in static_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


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
