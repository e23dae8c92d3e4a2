"""What a change does for the public: every change is said, every contact is flagged with the old one, and pages are those that really change."""
import copy
import dataclasses
import random
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import yaml
from markdown_it import MarkdownIt

from saltmarsh import GOOD, ROOT, TODAY
from support_directory import addresses, affected, changes, directory, explanation

# What stands in an entry as one of a few words -> another of them.
OTHER_WORD = {"yes": "no", "no": "yes", "not known": "yes", "free": "costs money", "confirmed": "likely", "likely": "confirmed", "women": "men",
              "force-wide": "national", "national": "force-wide", "all": ["burglary"], "self": "police", "professional": "police", "open": "closed",
              "closed": "open", "young-people": "deaf", "lgbt": "deaf", "burglary": "stalking", "stalking": "burglary", "harbour": "hilltop",
              "hilltop": "harbour", "high": "usual", "phone": "textphone", "text": "whatsapp", "email": "web_form", "web_chat": "web_form",
              "textphone": "phone", "address": "web_form", "draft": "live", "saltmarsh-hub/hub": "nightline/chat", "nightline/chat": "saltmarsh-hub/hub",
              "https://www.equalityadvisoryservice.com/": "https://www.equalityadvisoryservice.com/contact",
              "harbour-advice/helpline": "nightline/chat", "saltmarsh-police/report": "nightline/chat", "saltmarsh-hub": "nightline"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def other(value):
    """A value of an entry -> another one of the same kind."""
    if isinstance(value, bool):
        return not value
    if value in OTHER_WORD:
        return OTHER_WORD[value]
    if value in DAYS:
        return "sunday"
    if re.fullmatch(r"\d{4}(-\d\d)*", value):
        return f"20{'19' if value[2:4] != '19' else '18'}{value[4:]}"
    if re.fullmatch(r"[\d: ]+", value):
        return value[:-1] + ("1" if value[-1] != "1" else "2") if ":" not in value else "03:00"
    return f"{value} again" if "://" not in value and "@" not in value else value.replace("example", "sample")


def leaves(value, path=()):
    """Every text, True and False inside an entry's data, as (path, value)."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def with_value(entries, entry, path, value):
    """The entries with one value of one of them replaced, or taken away where it is None."""
    data = copy.deepcopy(entry.data)
    place = data
    for part in path[:-1]:
        place = place[part]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return [replace(one, data=data) if one is entry else one for one in entries]


def told(base, head):
    """Entries before and after -> the groups of changes."""
    return changes.between(directory.build(base), directory.build(head), base, head)


def texts(groups):
    """Every sentence of some groups, flags included."""
    return [f"{change.text} {change.careful}".strip() for group in groups for change in group.changes]


def provider_with(entries, slug, change):
    """The entries with the data of one provider changed by a function."""
    found = []
    for entry in entries:
        if (entry.kind, entry.slug) == ("provider", slug):
            entry = replace(entry, data=copy.deepcopy(entry.data))
            change(entry.data)
        found.append(entry)
    return found


# ---- nothing is missed

def test_nothing_changes_nothing_is_said(good_entries, good_directory):
    """Two equal states differ in nothing, and no page is touched."""
    assert told(good_entries, copy.deepcopy(good_entries)) == ()
    assert affected.between(good_directory, directory.build(good_entries))[0].count == 0


def test_every_change_of_any_value_is_said(good_entries):
    """Whatever one value of an entry becomes, something is said, and only of that entry."""
    tried = 0
    for entry in good_entries:
        for path, value in leaves(entry.data):
            if path[-1] == "slug" or (entry.kind == "site" and path[0] in ("not_sure", "footer")):
                continue  # the name of a thing: a new one is a new thing
            groups = told(good_entries, with_value(good_entries, entry, path, other(value)))
            assert [(group.kind, group.slug) for group in groups] == [(entry.kind, entry.slug)], (entry.path, path)
            assert all(change.text[0].isupper() or not change.text[0].isalpha() for change in groups[0].changes), (path, groups)
            tried += 1
    assert tried > 250


def test_every_change_of_a_contact_is_flagged_with_the_old_one(good_entries):
    """A number, an e-mail or a web address that changes anywhere in an entry is flagged, and the old one is named in the flag."""
    tried = 0
    for entry in good_entries:
        for path, value in leaves(entry.data):
            is_contact = path[-1] in ("website", "phone", "email", "exit_target", "number") or (path[-1] == "value" and "contacts" in path)
            if not is_contact or not value:
                continue
            flags = [change.careful for group in told(good_entries, with_value(good_entries, entry, path, other(value))) for change in group.changes]
            assert any(value in flag and "Contact changed" in flag for flag in flags), (entry.path, path, flags)
            tried += 1
    assert tried > 15


def test_every_field_of_a_service_has_a_speaker():
    """A field that is added to a service must be spoken of."""
    assert {field.name for field in dataclasses.fields(directory.Service)} == changes.SPOKEN_OF


def test_the_order_of_the_entries_changes_nothing(good_entries):
    """The same two states always give the same groups, however their entries are ordered."""
    head = provider_with(good_entries, "harbour-advice", lambda data: data.update(name="Harbour Friends"))
    head = [entry for entry in head if entry.slug not in ("old-lamp", "saltmarsh-police") or entry.kind != "provider"]
    head = [replace(e, data=e.data | {"first_for_any_crime": ["saltmarsh-hub/hub"]}) if e.kind == "site" else e for e in head]
    shuffled = list(head)
    random.Random(2).shuffle(shuffled)
    assert told(good_entries, head) == told(good_entries, shuffled)


# ---- in words

def _changed(field, value):
    return lambda data: data["services"][0].update({field: value})


@pytest.mark.parametrize(("slug", "change", "said"), [
    ("harbour-advice", lambda data: data["services"][0]["contacts"][0].update(value="0808 157 0124"),
     "Harbour helpline: phone 0808 157 0123 becomes 0808 157 0124. Contact changed: ring the old number, 0808 157 0123, to make sure."),
    ("nightline", lambda data: data["services"][0]["contacts"].pop(0),
     "Phone 020 7946 0018 is taken off. Contact taken off: ring the old number, 020 7946 0018, to make sure that it has ended."),
    ("nightline", lambda data: data["services"][0]["contacts"].append({"type": "email", "value": "talk@nightline.example.org"}),
     "New e-mail talk@nightline.example.org. Contact added: ring the old number, 020 7946 0018, to make sure that it is theirs."),
    ("nightline", lambda data: data["services"][0]["contacts"].reverse(),
     "The first way to get in touch is now chat https://nightline.example.org/chat (before: phone 020 7946 0018)."),
    ("saltmarsh-police", lambda data: data["services"][0]["contacts"][0].update(value="105"),
     "Phone 101 becomes 105. Contact changed: ring the old number, 101, to make sure. This is a crisis line."),
    ("nightline", lambda data: data.pop("website"), "Website: no longer says “https://nightline.example.org”. "
                                                    "Contact changed: ask through the old web address, https://nightline.example.org, to make sure."),
    ("nightline", _changed("crime_types", ["stalking", "burglary"]), "Now also helps with Burglary."),
    ("nightline", _changed("crime_types", "all"), "Now helps with any crime (before: Stalking)."),
    ("harbour-advice", _changed("crime_types", ["burglary"]), "Harbour helpline: no longer helps with Stalking."),
    ("harbour-advice", _changed("coverage", ["harbour", "hilltop"]), "Harbour helpline: now also in Hilltop."),
    ("nightline", _changed("coverage", ["harbour"]), "Now in Harbour (before: anywhere in the UK)."),
    ("nightline", _changed("coverage", "force-wide"), "Now anywhere in Saltmarsh (before: anywhere in the UK)."),
    ("saltmarsh-hub", lambda data: data["services"][0]["hours"]["weekly"][0].update(closes="20:00"),
     "Open: “Monday to Friday, 8am to 6pm. Closed on bank holidays.” becomes “Monday to Friday, 8am to 8pm. Closed on bank holidays.”"),
    ("saltmarsh-hub", lambda data: data["services"][0].pop("cost"), "Cost of the help: “free” becomes “not known”."),
    ("nightline", _changed("status", {"state": "closed", "since": "2026-03", "note": "It ended.", "instead_use": ["saltmarsh-hub"]}),
     "Closed since March 2026: It ended. Its page sends people to: Saltmarsh hub. Out of the lists: ring the old number, 020 7946 0018, to make sure."),
    ("old-lamp", lambda data: data["services"][0].pop("status"), "Open again: it is back in the lists. "
                                                                 "Open again: ring the old number, 020 7946 0999, to make sure."),
    ("hilltop-refuge", lambda data: data["services"][0].pop("confidential_location"),
     "Its place is no longer marked as secret. Never publish where a refuge is: ask them before this goes out."),
    ("harbour-advice", lambda data: data["services"].pop(), "No longer offers: Drop-in. It is in no list any more. "
     "Taken off: ring the old number, 0808 157 0123, to make sure that it is right."),
    ("harbour-advice", lambda data: data["services"][0]["who_for"].update(minimum_age="18"),
     "Harbour helpline: for: “Women: young people, aged 16 or over. Run by and for LGBT+ people.” "
     "becomes “Women: young people, aged 18 or over. Run by and for LGBT+ people.”"),
    ("harbour-advice", lambda data: data["services"][0].update(editor_note="Another."), "Harbour helpline: a note for editors changes. Readers do not see it."),
    ("harbour-advice", lambda data: data["maintainers"].append("7"),
     "Who may look after this entry changes: 583231 becomes 583231 and 7. Readers do not see it."),
    ("harbour-advice", lambda data: data["checked"].update(date="2026"),
     "Evidence: “https://harbour-advice.example.org/contact” (March 2025) becomes “https://harbour-advice.example.org/contact” (2026)."),
    ("nightline", lambda data: data["confirmed_with_provider"].update(date="2026-11-02"), "Confirmed with them on 2 November 2026 (rang)."),
    ("saltmarsh-police", lambda data: data["services"][0]["hours"].update(bank_holidays="open"), "Hours: something changes that no page shows."),
    ("nightline", lambda data: data.update(about="Ring 0800 001 0001 at night."),
     "About them: “A national line for the night.” becomes “Ring 0800 001 0001 at night.” "
     "Contact added: make sure of 0800 001 0001 in another place than this proposal."),
])
def test_a_change_in_words(good_entries, slug, change, said):
    """One change to one provider is one sentence that an office worker understands, with a flag where somebody has to be asked."""
    assert texts(told(good_entries, provider_with(good_entries, slug, change))) == [said]


def test_long_texts_show_the_pieces_that_differ(good_entries):
    """Of a long text only the changed pieces are shown, with words around them, each old and new."""
    def long(word):
        about = " ".join(f"Sentence {n} says what they do." for n in range(18)).replace("Sentence 9 says", f"Sentence 9 {word}")
        return lambda data: data.update(about=about)

    before, after = (provider_with(good_entries, "nightline", long(word)) for word in ("explains", "denies"))
    assert texts(told(before, after)) == [
        "About them: “they do. Sentence 9 explains what they do. Sentence” becomes “they do. Sentence 9 denies what they do. Sentence”."]


def test_a_new_provider_and_one_that_goes(good_entries):
    """Of a new provider everything that matters is said, each contact flagged; of one that goes, whom to ask. A renamed file is seen as one."""
    lamp = next(entry for entry in good_entries if entry.slug == "old-lamp")
    head = [replace(entry, slug="new-lamp", path="providers/new-lamp.yaml") if entry is lamp else entry for entry in good_entries]
    new, old = told(good_entries, head)
    assert (new.state, old.state) == (changes.NEW, changes.GONE)
    assert "same name as an entry that was there before (“old-lamp”)" in new.changes[0].text
    assert ["020 7946 0999" in change.text and bool(change.careful) for change in new.changes].count(True) == 1
    assert "“new-lamp”" in old.changes[0].text and "020 7946 0999" in old.changes[0].careful


def test_contacts_inside_texts_are_found():
    """Numbers that can be dialled, e-mail and web addresses; years, ages and times are none."""
    assert changes.contacts_in("Ring 0808 157 0123 or 116 123, text 85258, write to a.b@c.org.uk, see www.x.org/y, https://z.example and help.org.uk.") == (
        "0808 157 0123", "116 123", "85258", "a.b@c.org.uk", "www.x.org/y", "https://z.example", "help.org.uk")
    assert changes.contacts_in("From 2018 to 2022, aged 16 to 25, 9am to 5pm, 24 hours, 1,234 people and £500.") == ()


@pytest.mark.parametrize("piece", ["0", "0 ", "a.", "a-", "www.", "@", "a@", "+1", "a.b-", "1800 ", "116 ", "“", "`", "a:", "(", ")", ":a", "https://", "a/"])
def test_no_text_takes_long(piece):
    """A long text of any kind is searched and made harmless at once, whatever it repeats."""
    started = time.process_time()
    text = piece * (60_000 // len(piece))
    changes.contacts_in(text)
    explanation.harmless(text + "@")
    explanation.harmless("@" + text + "x")
    assert time.process_time() - started < 5


def test_long_texts_are_compared_within_a_bound():
    """Two long texts that share many words, in no order, are compared at once."""
    random.seed(3)
    started = time.process_time()
    before, after = (directory.WrittenPage("a", "A", "A", " ".join(random.choices([f"w{n}" for n in range(110)], k=15_000))) for _ in range(2))
    found = list(changes._noun_changes(before, after, {}))
    assert len(found) == 1 and len(found[0].text) < 10 * changes.LONGEST_SHOWN
    assert time.process_time() - started < 5


# ---- pages

PAGES = [
    ("nightline", lambda data: data.update(about="A line for everybody.")),
    ("nightline", lambda data: data.update(also_known_as=["NL"])),
    ("nightline", _changed("summary", "You can talk all night.")),
    ("nightline", _changed("crime_types", ["stalking", "burglary"])),
    ("nightline", _changed("commissioned", [{"by": "Somebody"}])),
    ("nightline", _changed("coverage", ["harbour"])),
    ("harbour-advice", _changed("editor_note", "Another.")),
    ("harbour-advice", _changed("referral_routes", ["police"])),
    ("saltmarsh-hub", _changed("cost", "costs money")),
    ("saltmarsh-hub", lambda data: data["services"][0]["contacts"][0].update(value="0808 157 0101")),
    ("old-lamp", lambda data: data["services"][0]["status"].update(note="It ended in spring.")),
]


@pytest.fixture(scope="session")
def builds(tmp_path_factory):
    """Builds Saltmarsh with other entries -> {address: the page without what every build of other listings changes}."""
    def build(entries):
        site = tmp_path_factory.mktemp("site")
        shutil.copytree(GOOD, site, dirs_exist_ok=True)
        for entry in entries:
            if entry.kind == "provider":
                (site / entry.path).write_text(yaml.safe_dump(entry.data, sort_keys=False), encoding="utf-8")
        command = [sys.executable, str(ROOT / "scripts/build.py"), "--site", str(site), "--output", str(site / "output"), "--date", TODAY.isoformat()]
        answer = subprocess.run(command, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return {path.relative_to(site / "output").as_posix(): re.sub(r'(data-[a-z-]+|href)="[^"]*\.json"', "", path.read_text(encoding="utf-8"))
                for path in (site / "output").rglob("*.html")}
    return build


@pytest.fixture(scope="session")
def good_pages(builds, good_entries):
    """The pages of Saltmarsh as it is."""
    return builds(good_entries)


@pytest.mark.parametrize(("slug", "change"), PAGES)
def test_the_pages_said_to_change_are_those_that_do(builds, good_pages, good_entries, slug, change):
    """Built before and after, exactly the pages that are named differ."""
    head = provider_with(good_entries, slug, change)
    found, _, _ = affected.between(directory.build(good_entries, TODAY), directory.build(head, TODAY))
    pages = builds(head)
    assert sorted(page.path for page in found.changed) == sorted(
        path for path in pages if pages[path] != good_pages[path] and path != addresses.ONE_FILE)  # that one holds every listing
    assert (found.gained, found.lost) == ((), ())


def test_pages_that_gain_and_lose_a_provider(good_entries):
    """A provider that helps with one more crime is on the pages of that crime, and not before."""
    head = provider_with(good_entries, "nightline", _changed("crime_types", ["burglary"]))
    found, old, new = affected.between(directory.build(good_entries), directory.build(head))
    gained, lost, shown = affected.of_provider("nightline", old, new, found.changed)
    assert [page.address for page in gained] == ["help/burglary/", "help/burglary/harbour/", "help/burglary/hilltop/"]
    assert [page.address for page in lost] == ["help/stalking/", "help/stalking/harbour/", "help/stalking/hilltop/"]
    assert [page.address for page in shown] == ["professionals/", "providers/nightline/"]


# ---- harmless

HOSTILE = ["::error::forged", "a\n::error::forged", "##[error]forged", "a ##[group]b", "%0A::warning::x", "<script>alert(1)</script>", "<img src=x onerror=y>",
           "![a](https://example.org/a.png)",
           "[a](https://example.org)", "[a]: https://example.org", "https://example.org", "www.example.org", "a@b.org", "@somebody",
           "@a/team", "#1", "GH-1", "a/b#1", "a/b@0123456789abcdef", "0123456789abcdef0123456789abcdef01234567", ":tada:", "**a**", "__a__", "~~a~~", "`a`",
           "``", "` @somebody `", "a`@somebody`b", "`@x", "@x`", "- a", "1. a", "1) a", "# a", "> a", "===", "---", "+ a", "    a", "| a | b |", "&lt;b&gt;",
           "&#64;somebody", "$a$", "\\", "\\`@somebody", "a\\", "<!-- a", "[ ] a", "\u202ea", "a\u2028::error::b", "```", "~~~", "mailto:a", "//a.org", "ftp://a",
           "“@somebody”", "(https://example.org)", "x:@y", "@x.,;", "``@a``", "*@a*", "\x1b[31m", "a\r::error::b", "[^1]", "<a@b.org>", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_harmless_in_markdown(text):
    """As Markdown, in a line of a list and in bold, a text is text or code, one line, and no line of it is a command."""
    said = explanation.harmless(text)
    assert len(said.splitlines()) <= 1 and "##[" not in said and not said.lstrip().startswith("::") and said.isprintable()
    tags, loose, inside = [], [], []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            tags.append(tag)
            inside.append(tag)

        def handle_endtag(self, tag):
            inside.pop()

        def handle_data(self, data):
            if "code" not in inside:
                loose.append(data)

    Reader().feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"# {said}\n\n- {said} **{said}**\n  - {said}\n\nb"))
    assert set(tags) <= {"h1", "ul", "li", "p", "strong", "code"}, tags
    live = r"@\w|#\d|://|www\.|GH-\d|:\w+:|\b[0-9a-f]{7,40}\b"
    assert not re.search(live, " ".join(loose)), loose


def test_a_line_of_the_check_is_code():
    """What the check says stands in a block of code, and is no command to GitHub."""
    assert explanation.as_code("providers/a.yaml:1:1: ##[error]a\n::error::b") == "    providers/a.yaml:1:1: # # [error]a ::error::b"


@pytest.mark.parametrize(("kind", "slug", "said"), [
    ("area", "harbour", ["New: Fishgate and Old Quay", "Council, website: now says “https://council.harbour.example.org”. "
                         "Contact added: make sure of https://council.harbour.example.org in another place than this proposal."]),
    ("crime-type", "stalking", ["New: Somebody keeps following or watching you when you do not want it."]),
    ("page", "about", None),
    ("commissioning", "2024-25", None),
    ("performance", "2025-26-q1", ["New: What the Saltmarsh hub did in spring."]),
])
def test_new_areas_crime_types_and_pages(good_entries, kind, slug, said):
    """Of a new area, crime type or page it is said what it is, with a flag on each contact in it; of one that goes, that it goes."""
    entry = next(entry for entry in good_entries if (entry.kind, entry.slug) == (kind, slug))
    head = [*good_entries, replace(entry, slug="another", data=entry.data | {"name" if kind == "area" else "title": "Another"})]
    new, = told(good_entries, head)
    gone, = told(head, good_entries)
    assert (new.kind, new.slug, new.state, gone.state) == (kind, "another", changes.NEW, changes.GONE)
    assert said is None or texts([new]) == said
    assert texts([gone]) == ["Taken off: it has no page any more."]


def entry_with(entries, kind, slug, change):
    """The entries with the data of one of them changed by a function."""
    found = copy.deepcopy(entries)
    change(next(entry.data for entry in found if (entry.kind, entry.slug) == (kind, slug)))
    return found


@pytest.mark.parametrize(("kind", "slug", "change", "said", "touched"), [
    ("performance", "2025-26-q2", lambda data: data["figures"][0].update(value="1300"), ["People supported, value: “1200” becomes “1300”."],
     ["performance/", "performance/2025-26-q2/"]),
    ("performance", "2025-26-q2", lambda data: data["figures"][0]["checked"].update(source="https://opcc.saltmarsh.example.org/report-of-summer"),
     ["People supported, evidence: “https://opcc.saltmarsh.example.org/report-q2” (14 October 2025, found in lists only) becomes "
      "“https://opcc.saltmarsh.example.org/report-of-summer” (14 October 2025, found in lists only)."], ["performance/", "performance/2025-26-q2/"]),
    ("performance", "2025-26-q2", lambda data: data["figures"].pop(1),
     ["Figures: no longer “Have a care plan – 95 – people – People with a written plan of their help – the people who got help from the hub”."], None),
    ("performance", "2025-26-q2", lambda data: data["figures"].reverse(),
     ["Figures: the same, in another order: “Calls that nobody took”, “Have a care plan” and “People supported”."], None),
    ("performance", "2025-26-q2", lambda data: data["not_published"][0].update(note="The office has it."),
     ["The report of the night line, note: “The office speaks of it.” becomes “The office has it.”"], ["performance/2025-26-q2/"]),
    ("performance", "2025-26-q1", lambda data: data.update(until="2025-07-31"), ["Until: 30 June 2025 becomes 31 July 2025."], None),
    ("monitoring", "monitoring", lambda data: data["sections"][1]["facts"][0].update(figure="nearly 400"),
     ["Nearly 300, figure: “nearly 300” becomes “nearly 400”."], ["performance/monitoring/"]),
    ("monitoring", "monitoring", lambda data: data["sections"][1]["facts"].append(data["sections"][1]["facts"][0] | {"means": "Another thing."}),
     ["How it began, facts: now also “nearly 300 – Another thing.”"], ["performance/monitoring/"]),
])
def test_changes_of_figures(good_entries, kind, slug, change, said, touched):
    """What changes in a figure is said of that figure, a web address in its source is no contact, and the pages that show it are named."""
    head = entry_with(good_entries, kind, slug, change)
    assert texts(told(good_entries, head)) == said
    found, _, _ = affected.between(directory.build(good_entries), directory.build(head))
    assert touched is None or [page.address for page in found.changed if page.address.startswith("performance/")] == touched


def test_figures_and_monitoring_come_and_go(good_entries):
    """A new period has a page of its own; what is said beside the figures comes and goes as a whole."""
    without = [entry for entry in good_entries if entry.slug != "2025-26-q2"]
    found, _, _ = affected.between(directory.build(without), directory.build(good_entries))
    assert [page.address for page in found.gained] == ["performance/2025-26-q2/"]
    assert {"performance/", "performance/2025-26-q1/"} <= {page.address for page in found.changed}
    without = [entry for entry in good_entries if entry.kind != "monitoring"]
    assert texts(told(without, good_entries)) == ["New: how services are monitored, beside the figures."]
    assert texts(told(good_entries, without)) == ["Taken off: the page no longer says how services are monitored."]
