"""The file to carry: every listing, the pages of words and the search in one HTML file that asks for nothing, not even for a network.

It opens from a memory stick, where a browser runs no modules and loads no second file. So all that it needs stands in it, and its policy
(Content-Security-Policy) allows exactly these scripts and styles by their fingerprints. A link within it leads to a number, "#c3":
an address that says what somebody read would stay in the browser's history.
"""
import base64
import datetime
import functools
import hashlib
import json
import re
import urllib.parse
from types import SimpleNamespace

from markupsafe import Markup, escape

from . import addresses, parts, ranges, statement, wording

MOST_SERVICES = 500  # where there are more, each area has a file of its own
DAYS = 30  # after so many the numbers should be checked before somebody relies on them
ROOT = "../"  # the root of the site from where the file lies; no link that begins so is left in it
LINK = re.compile(rf'<a ([^>]*?)href="{re.escape(ROOT)}([^"#]*)(?:#([^"]*))?"([^>]*)>(.*?)</a>', re.DOTALL)
UP = re.compile(r'href="(?:\.\./)+(\./)?')
IDS = re.compile(r' id="([^"]*)"')
ICON = re.compile(r"url\((icons/[\w-]+\.svg)\)")
PLACE, PLACES = "\0{}\0", re.compile("\0(.+?)\0")  # where something comes in later; no text has such a character (load.py)
PARTLY = {statement.SLUG, "update"}  # pages of words that are more than their words; the rest of them is on the website


def is_too_large(directory):
    """Whether one file with every listing would be too large for a phone to open."""
    return len(directory.every_listing) > MOST_SERVICES


class Whole:
    """What the files of a site share, worked out once. `planner`: of its pages; `paths`: of the files of the search, by name; `text_of`: path -> the text
    of such a file.
    """

    def __init__(self, planner, paths, text_of):
        self.planner, self.directory, self.paths, self.text_of = planner, planner.directory, paths, text_of
        self.part = functools.lru_cache(2)(self._part)  # the widest part, and that of an area

    @functools.cached_property
    def pages(self):
        """Those that are the same in each file, by address: the first one, those of words, and those of help for all areas."""
        own = (self.planner.home(), *map(self.planner.written, self.directory.written_pages))
        return {page.address: page for page in (*own, *(self.planner.help(crime_type, None) for crime_type in self.directory.crime_types))}

    @functools.cached_property
    def reaching(self):
        """{slug of an area: the providers that stand in its file}; None: in that of all."""
        found = {None: list(self.directory.providers), **{area.slug: [] for area in self.directory.areas}}
        for provider in self.directory.providers:
            places = {place for service in provider.services for place in ([None] if isinstance(service.coverage, str) else service.coverage)}
            for slug in (area.slug for area in self.directory.areas) if None in places else places:
                found[slug].append(provider)
        return found

    @functools.cached_property
    def names(self):
        """The rows of the names that the search knows, by slug; they come with the first answer, or after it where they are many."""
        rows = self.read("names") if "names" in self.paths else self.first["names"]
        return {row[0]: row for row in rows}

    @functools.cached_property
    def first(self):
        """What the search needs for a first answer."""
        return self.read("first")

    def read(self, name):
        """What a file of the search holds."""
        return json.loads(self.text_of(self.paths[name]))

    @functools.cached_property
    def in_each(self):
        """{path: its text, fit to stand in a page} of the files of the search that are the same in each file to carry."""
        return {path: fit(self.text_of(path)) for name, path in self.paths.items() if "/" not in name and name not in ("first", "names")}

    def _part(self, name):
        """The name of a part of the search -> what its listings hold, and {path: text} of its files, without the listings, fit to stand in a page."""
        listings, texts = (self.paths[f"{kind}/{name}"] for kind in ("listings", "texts"))
        held = json.loads(self.text_of(listings))
        return held, {listings: fit(_json({**held, "listings": []})), texts: fit(self.text_of(texts))}


def plan(whole, item, area=None):
    """What the files share -> what the template shows. `item`: card -> its HTML. `area`: the one that the file is for, or None for all.

    Every part has a code, which is its id here: "c3" a crime type, "a2" an area, "o5" an organisation, "w4" a page of words.
    """
    directory, by_address, of = whole.directory, whole.pages, area.slug if area else None
    crimes = _coded("c", directory.crime_types, addresses.help_page)
    areas = _coded("a", (area,) if area else directory.areas, addresses.area)
    providers = _coded("o", whole.reaching[of], addresses.provider)
    words = _coded("w", directory.written_pages, addresses.written_page)
    codes = dict.fromkeys((addresses.HOME, addresses.SEARCH, addresses.HELP, addresses.AREAS), "start") | {addresses.PROVIDERS: "providers"}
    codes |= {address: code for rows in (crimes, areas, providers, words) for code, address, _ in rows}
    if area:  # what happened, in the one area of this file: its number is 1 (carried.js)
        codes |= {address: f"{code}-1" for code, address, _ in crimes}
    anchors = {address: _numbered(code, by_address[address].content.body) for code, address, _ in words}
    home = by_address[addresses.HOME].content
    is_open, not_open = ([(one, whole.planner.provider_link(one)) for _, _, one in providers if one.is_open == wanted] for wanted in (True, False))

    def provider(one, link):
        """What is shown of a provider: its listings, or what to use instead of it."""
        services = [(service, whole.planner.cards[f"{one.slug}/{service.slug}"]) for service in one.services if not area or _reaches(service, area)]
        not_open = [SimpleNamespace(name=card.name, status=service.status, instead=whole.planner.instead(service))
                    for service, card in services if not service.is_open]
        listings = [item(card) for service, card in services if service.is_open]
        return SimpleNamespace(code=codes[link.address], address=link.address, name=link.text, where=link.note, listings=listings, not_open=not_open)

    return SimpleNamespace(
        codes=codes, anchors={(address, anchor): code for address, found in anchors.items() for anchor, code in found.items()},
        crimes=[SimpleNamespace(code=code, address=address, crime_type=_explained(by_address[address].content.crime_type),
                                names=_names(directory.listings(crime_type.slug, of).specialists)) for code, address, crime_type in crimes],
        areas=[SimpleNamespace(code=code, address=address, name=area.name, places=area.places, names=_names(directory.listings(area=area.slug).local))
               for code, address, area in areas],
        words=[SimpleNamespace(code=code, address=address, title=by_address[address].heading, description=page.description,
                               body=_carried(by_address[address], anchors[address]), is_partly=page.slug in PARTLY) for code, address, page in words],
        letters=[(letter, [provider(*row) for row in rows]) for letter, rows in ranges.letters(is_open, lambda row: row[0].name)],
        not_open=[provider(*row) for row in not_open],
        any_crime=_names(directory.listings(directory.site.not_sure, of).any_crime), groups=home.groups, not_sure=home.not_sure, area=area)


def _reaches(service, area):
    return isinstance(service.coverage, str) or area.slug in service.coverage


def _coded(letter, things, address):
    """[(code, address, thing)]: the things numbered from 1; `address`: slug -> address."""
    return [(f"{letter}{number}", address(thing.slug), thing) for number, thing in enumerate(things, 1)]


def _names(listings):
    """Listings -> their providers' links, each provider once."""
    return list({listing.provider.slug: addresses.Link(listing.provider.name, addresses.provider(listing.provider.slug)) for listing in listings}.values())


def _explained(crime_type):
    """A crime type whose texts may link to the glossary -> the same, with links as they are needed here."""
    texts = {name: _here(getattr(crime_type, name)) for name in ("title", "description", "reassurance", "emergency")}
    steps = [SimpleNamespace(step=step.step, more=_here(step.more)) for step in crime_type.do_now]
    return SimpleNamespace(slug=crime_type.slug, do_now=steps, extra_safety=crime_type.extra_safety, **texts)


def _here(text):
    """A text, or Markup with links that lead up to the root of the site -> Markup whose links begin there."""
    return Markup(UP.sub(f'href="{ROOT}', str(escape(text or ""))))


def _numbered(code, body):
    """The anchors of a page of words -> {anchor: its number in this file}."""
    return {anchor: f"{code}-{number}" for number, anchor in enumerate(IDS.findall(body), 1)}


def _carried(page, anchors):
    """The words of a page as they stand in this file: its anchors are numbers, its links begin at the root of the site."""
    body = IDS.sub(lambda match: f' id="{anchors[match[1]]}"', str(page.content.body))
    return Markup(UP.sub(f'href="{ROOT}', body.replace('href="#', f'href="{ROOT}{page.address}#')))


def numbered_links(html, plan):
    """HTML -> the same, with numbers instead of addresses of the site. What a link leads to and is not in this file loses its link, not its words."""
    def number(match):
        before, address, anchor, after, text = match.groups()
        code = plan.anchors.get((address, anchor)) or plan.codes.get(address)
        return f'<a {before}href="#{code}"{after}>{text}</a>' if code else f"<span>{text}</span>"

    return LINK.sub(number, html)


def files(whole, area=None):
    """The files of the search -> one JSON text of those that are needed, {path: what it holds}, fit to stand in a page. Most stand in it as they are.

    All listings come with the first of them here: nothing is waited for, and a listing of several areas stands here once. They stand in the order
    of the pages of help; "any-crime" holds the keys of those for any crime, whose order does not go by how near they are.
    """
    directory, of = whole.directory, area.slug if area else None
    own = [of] if area else [one.slug for one in directory.areas]
    first = {**whole.first, **(_of_area(whole, area) if area else {})}
    rows, found = {row[0]: row for row in first["listings"]}, dict(whole.in_each)
    for part in (parts.WIDE, *own):
        listings, text = whole.part(part)
        rows |= {row[0]: row for row in listings["listings"]}
        found |= text
    first["listings"] = [_row_of_area(rows[listing.key], area) for listing in directory.listings(area=of).specialists]
    if "names" in whole.paths:
        found[whole.paths["names"]] = fit(_json(_names_of_area(whole, area)) if area else whole.text_of(whole.paths["names"]))
    found[whole.paths["first"]] = fit(_json(first))
    found["any-crime"] = fit(_json([listing.key for listing in directory.listings(directory.site.not_sure, of).any_crime]))
    return "{" + ",".join(f"{_json(path)}:{found[path]}" for path in sorted(found)) + "}"


def fit(text):
    """JSON that can stand in a page: nothing in it can end its element."""
    return text.replace("<", "\\u003c")


def _json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _of_area(whole, area):
    """What a first answer needs that is other in a file for one area. A postcode of another area "is not in" this one."""
    first, held = whole.first, {parts.WIDE, area.slug}
    shares = {name: {code: [share for share in rows if share[0] == area.slug] for code, rows in first[name].items()} for name in ("outward", "sectors")}
    return {
        "areaName": area.name, "areas": {area.slug: area.name}, "places": {place: slug for place, slug in first["places"].items() if slug == area.slug},
        "parts": {part: fingerprint for part, fingerprint in first["parts"].items() if part in held},
        **{name: {code: rows for code, rows in by_code.items() if rows} for name, by_code in shares.items()},
        **({"names": _names_of_area(whole, area)} if "names" in first else {}),
    }


def _names_of_area(whole, area):
    held, rows = {parts.WIDE, area.slug}, (whole.names[provider.slug] for provider in whole.reaching[area.slug])
    return [[*row[:4], [part for part in row[4] if part in held]] for row in rows]


def _row_of_area(row, area):
    """The row of a listing; in a file for one area it names no other (parts.rows has the reach in this place)."""
    return row if area is None or isinstance(row[9], str) else [*row[:9], [area.slug], *row[10:]]


def styled(sheet, icons):
    """A stylesheet and {path of an icon: its text} -> the sheet with the icons in it."""
    return ICON.sub(lambda match: f'url("{picture(icons[match[1]])}")', sheet)


def picture(svg):
    """The text of an SVG -> an address that holds it."""
    return "data:image/svg+xml," + urllib.parse.quote(svg.strip(), safe="=:/()',;")


def policy(scripts, styles):
    """The scripts and styles of the file -> its Content-Security-Policy: these, pictures that stand in it, and nothing else."""
    def allowed(texts):
        return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts)

    return f"default-src 'none'; script-src {allowed(scripts)}; style-src {allowed(styles)}; img-src data:; form-action 'none'; base-uri 'none'"


def areas(directory):
    """The areas that have a file of their own, or None alone where one file holds all."""
    return directory.areas if is_too_large(directory) else (None,)


def written(whole, template, frame, sources, area):
    """-> (path, text) of the file of an area, or (None) of the one that holds all.

    `template`: that of the file; `frame`: what all templates get (state.py); `sources`: texts that stand in the file: `exit_script`, `scripts` (in
    their order), `style`, and `mark`, an SVG.
    """
    path = addresses.one_file(area.slug) if area else addresses.ONE_FILE
    after = (whole.directory.today + datetime.timedelta(days=DAYS)).isoformat()
    mark = Markup(sources.mark.replace("<svg ", '<svg width="28" height="28" aria-hidden="true" ', 1))
    planned_here = plan(whole, lambda card: frame["rendered"].item(card, ROOT), area)
    held = {"files": files(whole, area), "style": sources.style, "exit": sources.exit_script,
            **{f"script {number}": text for number, text in enumerate(sources.scripts)}}
    places = {name: Markup(PLACE.format(name)) for name in held}
    shown = template.render(
        frame, page=SimpleNamespace(to_root=ROOT, address=path, content=planned_here), files=places["files"],
        policy=policy([sources.exit_script, *sources.scripts], [sources.style]), mark=mark, style=places["style"], exit_script=places["exit"],
        scripts=[place for name, place in places.items() if name.startswith("script")], check_after=after, check_after_on=wording.date(after))
    # What is most of the file, and has no links, comes in last: nothing has to look through it.
    return path, PLACES.sub(lambda match: held[match[1]], numbered_links(shown, planned_here))
