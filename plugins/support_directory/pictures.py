"""Pages of a built site as an editor can look at them without any tool: each as one file that holds all it needs, and as a picture of a phone.

The files have no scripts and no links that lead anywhere, so a page of a proposed change can do nothing.
"""
import base64
import html
import mimetypes
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

MOST = 12
PHONE = {"width": 390, "height": 844}
TALLEST = 12_000  # pixels of a picture; a browser cannot make them as tall as some pages are
NOWHERE = "#leads-nowhere"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
LEFT_OUT = {"script", "base", "iframe", "object", "embed", "template", "noscript"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEPT_META = {"viewport", "description"}
ADDRESSES = {"action", "formaction", "srcset", "poster", "ping", "data", "background", "xlink:href"}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class NoBrowser(Exception):
    """No pictures can be made here. Its words say why."""


def chosen(affected, slugs):
    """Which pages to show, at most MOST: those of the providers that change, then new ones, changed ones, and those that are gone -> paths."""
    own = [page for page in (*affected.gained, *affected.changed, *affected.lost) if page.address.removeprefix("providers/").rstrip("/") in slugs
           and page.address.startswith("providers/")]
    return list(dict.fromkeys(page.path for page in (*own, *affected.gained, *affected.changed, *affected.lost)))[:MOST]


def name_of(path):
    """The path of a page -> the name of the file that shows it: help/burglary/index.html -> help-burglary."""
    return path.removesuffix("/index.html").removesuffix(".html").replace("/", "-").replace("index", "home")


def write(folder, paths, before, after):
    """Writes each page before and after into `folder` as a file of its own, and index.html, which leads to them all -> the files' names.

    `before` is None where there is nothing to compare with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, names = [], []
    for path in paths:
        found = []
        for when, site in (("before", before), ("after", after)):
            if site and (site / path).is_file():
                names.append(f"{name_of(path)}-{when}")
                (folder / f"{names[-1]}.html").write_text(self_contained(site, path), encoding="utf-8")
                found.append((when, names[-1]))
        rows.append((path, found))
    (folder / "index.html").write_text(_index(rows), encoding="utf-8")
    return names


def _index(rows):
    """The page that leads to all others, with the pictures side by side."""
    style = "body{font:1rem/1.5 sans-serif;margin:1.5rem}table{border-spacing:1rem}td{vertical-align:top}img{width:320px;border:1px solid #767676}"
    cells = []
    for path, found in rows:
        shown = {when: f'<td><p><a href="{name}.html">{when.capitalize()}</a></p><img src="{name}.png" alt="The page {when} the change"></td>'
                 for when, name in found}
        parts = [shown.get(when, f"<td><p>Not there {when}</p></td>") for when in ("before", "after")]
        cells.append(f"<tr><th scope=\"row\">/{html.escape(path.removesuffix('index.html'))}</th>{''.join(parts)}</tr>")
    return ('<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Pages before and after</title><style>' + style
            + "</style></head><body><h1>Pages before and after</h1><table>\n" + "\n".join(cells) + "\n</table></body></html>\n")


# ---- one page as one file

def self_contained(site, path):
    """A page of a built site -> the same as one file: styles and pictures inside, no scripts, links that lead nowhere."""
    reader = _Reader(Path(site).resolve(), (Path(site) / path).resolve().parent)
    reader.feed((Path(site) / path).read_text(encoding="utf-8"))
    reader.close()
    return "".join(reader.out)


class _Reader(HTMLParser):
    """Reads a page and writes it again, tag by tag. What it does not know is left out."""

    def __init__(self, site, folder):
        super().__init__(convert_charrefs=False)
        self.site, self.folder, self.out, self.skipped = site, folder, [], 0

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag in LEFT_OUT:
            self.skipped += tag not in VOID
        elif self.skipped:
            return
        elif tag == "link":
            if given.get("rel") == "stylesheet":
                self.out.append(f"<style>{self.style(given.get('href', ''))}</style>")
        elif tag == "meta":
            self.meta(given)
        else:
            self.out.append("<" + tag + "".join(f' {name}="{html.escape(value)}"' for name, value in self.kept(tag, given)) + ">")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag in LEFT_OUT:
            self.skipped = max(0, self.skipped - 1)
        elif not self.skipped and tag not in VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data):
        if not self.skipped:
            self.out.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def handle_decl(self, declaration):
        self.out.append(f"<!{declaration}>")

    def meta(self, given):
        if "charset" in given:
            self.out.append(f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">')
        elif given.get("name") in KEPT_META:
            self.out.append(f'<meta name="{given["name"]}" content="{html.escape(given.get("content", ""))}">')

    def kept(self, tag, given):
        """The attributes of a tag that stay, with addresses made dead or put inside."""
        for name, value in given.items():
            if name.startswith("on") or name in ADDRESSES or name in ("style", "target", "download"):
                continue
            if name == "href":
                value = value if re.fullmatch(r"#[\w-]*", value) else NOWHERE
            elif name == "src":
                value = self.inside(value, self.folder)
            yield name, value

    def style(self, address):
        """The text of a style sheet with its pictures inside."""
        path = self.place(address, self.folder)
        if not path:
            return ""
        text = path.read_text(encoding="utf-8").replace("</", "<\\/")
        return re.sub(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)", lambda found: f"url({self.inside(found[1], path.parent)})", text)

    def inside(self, address, folder):
        """A file of the site as an address that holds it, or an empty one."""
        path = self.place(address, folder)
        kind = mimetypes.guess_type(path.name)[0] if path else ""
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}" if path and (kind or "").startswith("image/") else "data:,"

    def place(self, address, folder):
        """The file of the site that an address names, or None where it names none."""
        if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
            return None
        path = (folder / address).resolve()
        return path if path.is_relative_to(self.site) and path.is_file() else None


# ---- pictures

def photograph(folder, names):
    """Makes a picture <name>.png, as on a phone, of each file <name>.html in a folder. NoBrowser: that cannot be done here."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser("Playwright is not installed here") from None
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
            context = browser.new_context(viewport=PHONE, java_script_enabled=False, offline=True)
            page = context.new_page()
            for name in names:
                page.goto((folder / f"{name}.html").resolve().as_uri())
                height = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": PHONE["width"], "height": max(PHONE["height"], min(height, TALLEST))})
                page.screenshot(path=folder / f"{name}.png")
                page.set_viewport_size(PHONE)
            browser.close()
    except (Error, OSError):
        raise NoBrowser("no browser could be started here (install Chromium, or set CHROMIUM to its path)") from None


def _chromium():
    """The path of a Chromium, or None for Playwright's own. What CHROMIUM names comes first, even where it is not there."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
