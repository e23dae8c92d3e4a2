"""The form on the page "Is something wrong?": a change in words and as a file, and nothing else of the file touched."""
import difflib
import json
import re
import shutil
import subprocess
import sys
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from browser_tools import ROOT, axe, build, served
from support_directory import contacts, wording

CASES = json.loads((ROOT / "tests/cases/contact-values.json").read_text(encoding="utf-8"))
PHONE = "fieldset.contacts >> nth=0 >> [data-key=value]"
GOOD, REAL = ROOT / "tests/good/providers", ROOT / "providers"


def opened(page, slug):
    """Chooses a provider, as a reader would -> the page with its form."""
    page.select_option("#provider", slug)
    page.click("text=Open the form")
    page.wait_for_selector("form.entry")
    page.evaluate("document.querySelectorAll('details.part').forEach(box => { box.open = true; })")
    return page


def finished(page):
    """Presses the button -> (lines of changes, the new file), each None where it is not there."""
    page.click("text=Show what to send")
    said, made = (page.input_value(box) if page.locator(box).count() else None for box in ("#made-changes", "#made-file"))
    first, _, lines = (said or "").partition("\n\n")
    assert said is None or re.fullmatch("Provider: [a-z0-9-]+", first)
    return said and lines, made


def difference(old, new):
    """The lines that went and the lines that came, as (removed, added)."""
    rows = [row for row in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="") if not row.startswith(("---", "+++", "@@"))]
    return [row[1:] for row in rows if row[0] == "-"], [row[1:] for row in rows if row[0] == "+"]


@pytest.fixture
def form(good, open_page):
    """The page of the made-up force, before anything is chosen."""
    return open_page(good + "/update/", width=1280)


def test_a_changed_phone_is_one_line(form):
    """A new number gives one line of changes and a file that differs in one line; e-mail has no address, so the phone is named."""
    said, made = finished_with(opened(form, "harbour-advice"), {PHONE: "0808 157 0199"})
    assert said == 'services helpline > contacts 1 > value: "0808 157 0123" becomes "0808 157 0199"'
    assert difference((GOOD / "harbour-advice.yaml").read_text(encoding="utf-8"), made) == (["        value: 0808 157 0123"], ["        value: 0808 157 0199"])
    assert "020 7946 0005" in form.inner_text("[data-to-send]") and form.locator("[data-mail]").count() == 0


def finished_with(page, values):
    """Types values into controls, then presses the button."""
    for control, value in values.items():
        page.fill(control, value)
    return finished(page)


@pytest.mark.parametrize(("typed", "says"), [
    ("0808 157 012", "is not a full telephone number"), ("0871 200 2233", "costs extra to ring"), ("", "must be filled in")])
def test_a_wrong_phone_shows_its_problem(form, typed, says):
    """What is wrong stands at the field when it is left, and in a summary that has the focus and leads to the field; there is no file."""
    page = opened(form, "harbour-advice")
    page.fill(PHONE, typed)
    page.press(PHONE, "Tab")
    control = page.locator(PHONE)
    described = page.locator(f"#{control.get_attribute('id')}-wrong")
    assert says in described.inner_text() and control.get_attribute("aria-invalid") == "true"
    assert described.get_attribute("id") in control.get_attribute("aria-describedby").split()
    assert finished(page) == (None, None)
    assert page.evaluate("document.activeElement.className") == "wrong-all"
    link = page.locator(".wrong-all a")
    assert link.count() == 1 and "Contact 1, Value" in link.inner_text()
    link.press("Enter")
    assert page.evaluate("document.activeElement.id") == control.get_attribute("id") and page.url.endswith("#harbour-advice")
    page.fill(PHONE, "0808 157 0199")
    assert finished(page)[0] and page.locator("[aria-invalid]").count() == 0 and page.locator(".wrong-all").is_hidden()


@pytest.mark.parametrize("site", ["good", "real"])
def test_every_entry_comes_back_byte_by_byte(site, open_page, request):
    """Every provider, opened and taken without a change: nothing to send. With another name: one line differs, and with the old line in its place no byte."""
    page = open_page(request.getfixturevalue(site) + "/update/", width=1280)
    folder = GOOD if site == "good" else REAL
    slugs = page.evaluate("[...document.querySelectorAll('#provider option')].map(o => o.value).filter(Boolean)")
    assert len(slugs) == len([path for path in folder.glob("*.yaml") if path.name[0] != "_"])
    for slug in slugs:
        text = (folder / f"{slug}.yaml").read_bytes().decode()
        opened(page, slug)
        assert finished(page) == (None, None), slug
        assert page.inner_text(".changing [role=status]") == "Nothing is changed yet.", (slug, page.inner_text(".wrong-all"))
        name = page.input_value("[data-key=name] >> nth=0")
        page.fill("[data-key=name] >> nth=0", name + " X")
        said, made = finished(page)
        assert said == f'name: {json.dumps(name, ensure_ascii=False)} becomes {json.dumps(name + " X", ensure_ascii=False)}', slug
        removed, added = difference(text, made)
        assert len(removed) == len(added) == 1 and made.count("\n") == text.count("\n") and made.replace(added[0], removed[0], 1) == text, slug


def test_contacts_areas_and_kinds_of_crime_come_and_go(form):
    """Lines come and go whole; the rest of the file stays. Items are counted as in the old file."""
    page = opened(form, "harbour-advice")
    text = (GOOD / "harbour-advice.yaml").read_text(encoding="utf-8")
    page.click("fieldset.services >> nth=0 >> text=Take away contact 2")
    assert page.evaluate("document.activeElement.textContent") == "Contact 2"
    page.click("fieldset.services >> nth=0 >> [data-add=contacts]")
    assert page.evaluate("document.activeElement.dataset.key") == "type"
    page.select_option("fieldset.contacts >> nth=2 >> [data-key=type]", "web_chat")
    page.fill("fieldset.contacts >> nth=2 >> [data-key=value]", "https://harbour-advice.example.org/chat")
    page.fill("fieldset.contacts >> nth=2 >> [data-key=label]", "Chat: at night")
    page.check("fieldset.services >> nth=0 >> [data-key=coverage][value=hilltop]")
    page.uncheck("fieldset.services >> nth=0 >> [data-key=crime_types][value=burglary]")
    page.uncheck("fieldset.services >> nth=0 >> [data-key=days][value=friday]")
    said, made = finished(page)
    assert said.splitlines() == [
        'services helpline > crime_types 1: "burglary" becomes nothing',
        'services helpline > coverage 2: nothing becomes "hilltop"',
        'services helpline > contacts 2: {"type":"text","value":"85258","message":"HARBOUR",'
        '"checked":{"date":"not known","source":"A list","confidence":"likely"}} becomes nothing',
        'services helpline > contacts 4: nothing becomes {"type":"web_chat","value":"https://harbour-advice.example.org/chat","label":"Chat: at night"}',
        'services helpline > hours > weekly 1 > days 5: "friday" becomes nothing',
    ]
    removed, added = difference(text, made)
    assert added == ["      - hilltop", "      - type: web_chat", "        value: https://harbour-advice.example.org/chat", '        label: "Chat: at night"']
    assert removed == ["      - burglary", "      - type: text", '        value: "85258"', "        message: HARBOUR", "        checked:",
                       "          date: not known", "          source: A list", "          confidence: likely", "            - friday"]


def test_kinds_of_help_are_ticked(form):
    """Each kind of help is a box to tick, in the schema's order; a new one goes below the others, and an entry that names none gets the field."""
    page = opened(form, "harbour-advice")
    boxes = page.locator("fieldset.services >> nth=0").locator("[data-key=kinds_of_help]")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.value)") == list(wording.KINDS_OF_HELP)
    assert boxes.evaluate_all("boxes => boxes.filter(box => box.checked).map(box => box.value)") == ["advocacy", "emotional-support"]
    page.check("fieldset.services >> nth=0 >> [data-key=kinds_of_help][value=counselling]")
    page.check("fieldset.services >> nth=1 >> [data-key=kinds_of_help][value=court]")
    said, made = finished(page)
    assert said.splitlines() == ['services helpline > kinds_of_help 3: nothing becomes "counselling"',
                                 'services drop-in > kinds_of_help: nothing becomes ["court"]']
    removed, added = difference((GOOD / "harbour-advice.yaml").read_text(encoding="utf-8"), made)
    assert removed == [] and added == ["      - counselling", "    kinds_of_help:", "      - court"]


def test_fields_come_and_go_and_a_word_takes_the_place_of_a_list(form):
    """A field that was empty gets a line of its own where the schema has it; an emptied one goes; "the whole country" takes the place of a list."""
    page = opened(form, "harbour-advice")
    page.fill("fieldset.services >> nth=0 >> [data-key=access_note]", "An interpreter can join: ask.")
    page.fill("fieldset.services >> nth=0 >> [data-key=voicemail]", "")
    page.select_option("fieldset.services >> nth=0 >> [data-key=interpreters]", "yes")
    page.check("fieldset.services >> nth=0 >> [data-key=coverage][value=national]")
    said, made = finished(page)
    assert said.splitlines() == [
        'services helpline > coverage: ["harbour"] becomes "national"',
        'services helpline > on_contact > voicemail: "You can leave a message" becomes nothing',
        'services helpline > interpreters: nothing becomes "yes"',
        'services helpline > access_note: nothing becomes "An interpreter can join: ask."',
    ]
    assert difference((GOOD / "harbour-advice.yaml").read_text(encoding="utf-8"), made) == (
        ["    coverage:", "      - harbour", "      voicemail: You can leave a message"],
        ["    coverage: national", '    interpreters: "yes"', '    access_note: "An interpreter can join: ask."'])


def test_what_is_made_passes_the_check(form, tmp_path):
    """A new organisation, typed from nothing: its file passes scripts/check_listings.py."""
    page = form
    page.click("text=It is not here yet")
    page.wait_for_selector("form.entry")
    assert finished(page) == (None, None) and page.locator(".wrong-all li").count() >= 4
    page.fill("#file-name", "harbour-advice")
    page.fill("[data-key=name] >> nth=0", "Lantern: Help at Night")
    page.fill("[data-key=about]", "A charity that listens to people after a crime.")
    page.fill("[data-key=website]", "https://lantern.example.org")
    page.fill("[data-key=date]", "2025")
    page.fill("[data-key=source]", "https://lantern.example.org/contact")
    page.select_option("[data-key=confidence]", "confirmed")
    page.click("[data-add=services]")
    page.fill("fieldset.services [data-key=slug]", "line")
    page.fill("fieldset.services [data-key=name]", "Lantern line")
    page.fill("fieldset.services [data-key=summary]", "Somebody listens # and helps.")
    page.check("fieldset.services [data-key=crime_types][value=all]")
    page.check("fieldset.services [data-key=coverage][value=harbour]")
    page.click("[data-add=contacts]")
    page.select_option("fieldset.contacts [data-key=type]", "phone")
    page.fill("fieldset.contacts [data-key=value]", "101")
    page.locator("details:has([data-add=weekly]) > summary >> nth=0").click()
    page.locator("fieldset.services").evaluate("box => box.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.locator("fieldset.services > details [data-add=weekly]").last.click()
    weekly = page.locator("fieldset.weekly")
    weekly.locator("[value=monday]").check()
    weekly.locator("[value=tuesday]").check()
    weekly.locator("[data-key=opens]").fill("17:00")
    weekly.locator("[data-key=closes]").fill("09:00")
    assert finished(page) == (None, None)
    wrong = page.inner_text(".wrong-all")
    assert '"harbour-advice" is taken.' in wrong and "It opens at 17:00 and closes at 09:00." in wrong
    page.fill("#file-name", "lantern")
    weekly.locator("[data-key=closes]").fill("21:00")
    said, made = finished(page)
    assert said and "      - type: phone" in made and "days: [monday, tuesday]" in made, page.inner_text(".wrong-all")
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    (site / "providers/lantern.yaml").write_text(made, encoding="utf-8")
    answer = subprocess.run([sys.executable, str(ROOT / "scripts/check_listings.py"), "--site", str(site)], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout
    assert page.get_attribute("[data-editor]", "href") == "https://github.com/saltmarsh-office/directory/new/main/providers?filename=lantern.yaml"


def test_the_ways_to_send(form):
    """The file can be downloaded as it is shown; GitHub's editor opens that very file; the issue form has the lines in it; copying works or marks the text."""
    page = opened(form, "nightline")
    said, made = finished_with(page, {PHONE: "020 7946 0019"})
    with page.expect_download() as download:
        page.click("[data-download]")
    assert download.value.suggested_filename == "nightline.yaml" and download.value.path().read_bytes().decode() == made
    assert page.get_attribute("[data-editor]", "href") == "https://github.com/saltmarsh-office/directory/edit/main/providers/nightline.yaml"
    issue = urlsplit(page.get_attribute("[data-issue]", "href"))
    assert issue.path == "/saltmarsh-office/directory/issues/new"
    fields = {name: texts[0] for name, texts in parse_qs(issue.query).items()}
    assert fields == {"template": "change-a-listing.yml", "title": "Change: providers/nightline.yaml", "provider": "providers/nightline.yaml", "changes": said}
    template = (ROOT / ".github/ISSUE_TEMPLATE/change-a-listing.yml").read_text(encoding="utf-8")
    assert all(f'id: "{name}"\n' in template for name in ("provider", "changes"))
    page.click("[data-copy=file]")
    said = "document.querySelector('.changing [role=status]').textContent"
    page.wait_for_function(f"() => ['Copied.', 'The text is marked'].some(words => {said}.startsWith(words))")


def test_the_e_mail_of_the_office(tmp_path, open_page):
    """Where the office has an e-mail address, a button writes it, with the lines in it; too many lines are to be copied.

    Without a repository nothing leads to GitHub.
    """
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    settings = site / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('email: ""', "email: office@opcc.saltmarsh.example.org").replace("repository: saltmarsh-office/directory\n", "")
    settings.write_text(text, encoding="utf-8")
    with served(build(site, tmp_path / "output")) as address:
        page = opened(open_page(address + "/update/", width=1280), "nightline")
        said, _ = finished_with(page, {PHONE: "020 7946 0019"})
        mail = page.get_attribute("[data-mail]", "href")
        assert mail.startswith("mailto:office@opcc.saltmarsh.example.org?subject=Change%20to%20a%20listing%3A%20Nightline&body=")
        assert unquote(mail.partition("&body=")[2]) == f"Provider: nightline\r\n\r\n{said}\r\n"
        assert page.locator("a[href*=github]").count() == 0
        page.fill("[data-key=about]", "Words and words. " * 35)
        page.fill("[data-key=summary]", "More words here. " * 18)
        page.fill("[data-key=eligibility]", "Many words here. " * 18)
        page.fill("[data-key=referral_note]", "Many words here. " * 18)
        assert finished(page)[0]
        assert page.locator("[data-mail]").count() == 0 and "too long" in page.inner_text("[data-to-send]")


def test_no_address_of_a_confidential_place(form):
    """A refuge has no address to choose and says why; that of a place that becomes confidential goes from the file; a postcode in its words is refused."""
    page = opened(form, "hilltop-refuge")
    page.click("[data-add=contacts]")
    assert page.locator("[data-why]").is_visible()
    assert page.locator("[data-key=type] option[value=address]").evaluate("option => option.disabled && option.hidden")
    page.select_option("[data-key=type]", "email")
    page.fill("fieldset.contacts [data-key=value]", "help@hilltop.example.org")
    page.fill("fieldset.contacts [data-key=note]", "Come to ZZ1 1AB.")
    assert finished(page) == (None, None) and "may tell where it is" in page.inner_text(".wrong-all")
    page = opened(form, "harbour-advice")
    assert not page.locator("[data-why] >> nth=1").is_visible()
    page.check("fieldset.services >> nth=1 >> [data-key=confidential_location]")
    assert page.locator("[data-why] >> nth=1").is_visible()
    assert not page.locator("fieldset.services >> nth=1 >> fieldset.contacts [data-key=value]").is_visible()
    said, made = finished(page)
    assert 'services drop-in > contacts: [{"type":"address","value":"1 Old Quay, Fishgate"}] becomes nothing' in said and "Old Quay" not in made


def test_notes_for_editors_are_not_shown(form):
    """What is written for editors stays in the file and off the page."""
    page = opened(form, "harbour-advice")
    values = page.evaluate("[...document.querySelectorAll('form.entry input, form.entry textarea')].map(e => e.value).join(' ')") + page.inner_text("main")
    assert "A charity that listens" in values
    assert [words for words in ("secret of the editors", "only editors see", "583231") if words in values] == []
    assert "A secret of the editors" in finished_with(page, {PHONE: "0808 157 0199"})[1]


def test_the_browser_and_the_check_agree_on_contacts(form):
    """Of each value that may stand in a contact, both say the same, in the same words."""
    assert len(CASES) > 40
    script = """async ([address, cases]) => {
        const { contactProblem } = await import(address);
        return cases.map(([type, value]) => contactProblem(type, value)?.[0] ?? null);
    }"""
    address = form.evaluate("document.querySelector('script[src*=\"update.js\"]').src.replace('update.js', 'update-problems.js')")
    assert form.evaluate(script, [address, CASES]) == [says for _, _, says in CASES]
    assert [(contacts.value(kind, typed) or [None])[0] for kind, typed, _ in CASES] == [says for _, _, says in CASES]


@pytest.mark.parametrize("typed", [
    "no", "true", "2024", "09:30", "a: b", "a #b", "- a", "'quoted'", 'say "hello"', "ends with:", "[list]", "{map}", "*star",
    "&and", "!bang", "%percent", "@at", "`tick`", "| bar", "> more", "? who", "naïve café – „quotes“", "x" * 119, "back\\slash", "~", "null", "1e3", "0x1F",
    "<b>bold</b>", "#1 helpline", "Łódź", "½ price", "...", "---",
])
def test_hard_names_survive(form, tmp_path, typed):
    """Whatever is typed as a name is read back by the strict reader as just that."""
    from support_directory import load
    _, made = finished_with(opened(form, "nightline"), {"[data-key=name] >> nth=0": typed})
    entry, refused = load.entry_of(made.encode(), "nightline", "providers/nightline.yaml", "provider")
    assert refused == [] and entry.data["name"] == typed
    assert len(difference((GOOD / "nightline.yaml").read_text(encoding="utf-8"), made)[1]) == 1


def test_a_text_is_given_only_where_it_says_what_was_meant(form):
    """What would be read otherwise (two spaces at the start of a folded line) is written in quotation marks; what cannot be done gives no text."""
    script = """async ([path, text, place, value]) => {
        const yaml = await import(new URL(document.querySelector('[data-update]').dataset.yaml, document.baseURI).href);
        const { changed } = await import(path);
        return changed(yaml, text, place, value, () => []);
    }"""
    path = form.evaluate("document.querySelector('script[src*=\"update.js\"]').src.replace('update.js', 'update-text.js')")
    assert form.evaluate(script, [path, "a: >-\n  one\n  two\n", ["a"], "  three"]) == 'a: "  three"\n'
    assert form.evaluate(script, [path, "a: >-\n  one\n  two\n", ["a"], "one three"]) == "a: >-\n  one\n  three\n"
    assert form.evaluate(script, [path, "a: {b: c}\n", ["a", "d"], "e"]) is None


def test_what_cannot_be_made_is_said(tmp_path, open_page):
    """A file in a form that editors do not use (fields in braces): the changes are there to send, the file is not, and the page says whom to ring."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "tests/good", site)
    file = site / "providers/nightline.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    coverage: national\n", "    coverage: national\n    who_for: {gender: women}\n"), encoding="utf-8")
    with served(build(site, tmp_path / "output")) as address:
        page = opened(open_page(address + "/update/", width=1280), "nightline")
        said, made = finished_with(page, {"[data-key=minimum_age]": "18"})
        assert said == 'services chat > who_for > minimum_age: nothing becomes "18"' and made is None
        assert "020 7946 0005" in page.inner_text("[data-impossible]")


def test_without_javascript(good, open_page):
    """The page says whom to ring and what to say; the form is not there, and that is said."""
    page = open_page(good + "/update/#nightline", javascript=False)
    assert page.locator("[data-choose]").is_hidden() and page.locator("a[href='tel:+442079460005']").is_visible()
    assert "what stands here now" in page.inner_text("main") and "JavaScript, and it is off" in page.inner_text("main")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (412, 915)])
def test_a_reader_who_comes_from_a_listing_sees_whom_to_ring(real, browser, width, height):
    """On the first screen stands the office's number, and nothing has moved: no form, no focus, no file loaded. The form is one press below the words."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.clock.set_fixed_time("2026-03-02")  # the day after the build: the page does not say yet that it is old
    page.goto(real + "/providers/savera-uk/")
    page.locator("a[href$='update/#savera-uk']").last.click()
    page.wait_for_url("**/update/#savera-uk", wait_until="networkidle")
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "BODY"]
    assert page.evaluate("""() => {
        const number = document.querySelector("main a[href='tel:+441517775155']");
        const { x, y, width, height } = number.getBoundingClientRect();
        return y + height <= innerHeight && number.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }""")
    assert page.locator("form.entry").count() == 0
    assert page.evaluate("performance.getEntriesByType('resource').filter(({ name }) => /vendor|\\.json/.test(name)).length") == 0
    assert page.inner_text(".changing h2") == "Are you from Savera UK?"
    page.click("text=Open the form")
    page.wait_for_selector("form.entry")
    assert page.inner_text("[data-form] h3") == "Savera UK"
    page.go_back()
    assert page.url == real + "/providers/savera-uk/"  # one step, as they came
    context.close()


def test_another_address_chooses_another_organisation(form):
    """Whoever types another name behind the # sees it chosen, and no form of the one before; a name that is not here changes nothing."""
    opened(form, "nightline")
    form.evaluate("location.hash = 'harbour-advice'")
    form.wait_for_function("() => document.querySelector('#provider').value === 'harbour-advice'")
    assert form.locator("form.entry").count() == 0 and form.inner_text(".changing h2") == "Are you from Harbour Advice?"
    opened(form, "harbour-advice")
    for other in ("nobody", "%3Cb%3E", "form", ""):
        form.evaluate("other => { location.hash = other; }", other)
        form.wait_for_timeout(50)
        assert form.locator("form.entry").count() == 1 and form.input_value("#provider") == "harbour-advice"


def test_keyboard_alone(good, open_page):
    """From a provider's page to the file with no mouse: the form opens with one key, and focus goes to it and to what was made of it."""
    page = open_page(good + "/providers/nightline/", width=412)
    page.locator("a[href*='update/#nightline']").first.press("Enter")
    page.wait_for_function("() => document.querySelector('#provider')?.value === 'nightline'")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Open the form":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("form.entry")
    assert page.evaluate("document.activeElement.textContent") == "Nightline"
    control = page.locator(PHONE).get_attribute("id")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == control:
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("020 7946 0019")
    page.keyboard.press("Enter")
    page.wait_for_selector("#made-file")
    assert page.evaluate("document.activeElement.textContent") == "What to send"
    assert "020 7946 0019" in page.input_value("#made-file")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_no_sideways_scroll(good, open_page, width, scheme):
    """Before a choice, with the form, with what is wrong and with what is made: no fault, and nothing wider than the page."""
    page = open_page(good + "/update/", width=width, color_scheme=scheme)
    faults = [axe(page)]
    opened(page, "harbour-advice")
    faults.append(axe(page))
    page.fill(PHONE, "12")
    finished(page)
    faults.append(axe(page))
    page.fill(PHONE, "0808 157 0199")
    assert finished(page)[1]
    faults.append(axe(page))
    assert faults == [[]] * 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_stored_and_nothing_goes_elsewhere(good_output, browser):
    """Before a choice no file of the form is asked for; after it only this site's; nothing is stored, and nothing that was typed is in an address."""
    asked = []
    with served(good_output, asked) as address:
        context = browser.new_context()
        page = context.new_page()
        elsewhere, errors = [], []
        page.on("request", lambda request: request.url.startswith((address, "blob:")) or elsewhere.append(request.url))
        page.on("console", lambda message: message.type in ("error", "warning") and errors.append(message.text))
        page.goto(address + "/update/", wait_until="networkidle")
        assert [path for path in asked if "vendor" in path or path.endswith(".json")] == []
        finished_with(opened(page, "nightline"), {PHONE: "020 7946 0019"})
        stored = page.evaluate("""async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
            document.cookie, history.state]""")
        assert stored == [0, 0, 0, 0, "", None] and context.cookies() == []
        assert elsewhere == [] and errors == []
        assert [path for path in asked if "0019" in path] == [] and page.url == address + "/update/#nightline"
        loaded = [path for path in asked if path.startswith("/update/") and path.endswith(".json")]
        assert sorted(re.sub(r"\..*", "", path) for path in loaded) == ["/update/all/choices", "/update/all/schema", "/update/nightline"]
        context.close()


def test_the_served_schema_is_the_one_of_the_check(good_output):
    """The form checks by the very schema of the editors' check."""
    served_schema, = (good_output / "update/all").glob("schema.*.json")
    assert served_schema.read_bytes() == (ROOT / "schema/provider.schema.json").read_bytes()


@pytest.mark.parametrize(("vendored", "package", "version"), [("yaml", "yaml/browser", "2.9.1"), ("json-schema", "@cfworker/json-schema/dist/esm", "4.1.6")])
def test_vendored_libraries_are_the_published_ones(vendored, package, version):
    """Each script of the two libraries is byte for byte the package's."""
    folder, published = ROOT / "theme/static/vendor" / vendored, ROOT / "node_modules" / package
    scripts = sorted(path.relative_to(folder) for path in folder.rglob("*.js"))
    assert scripts == sorted(path.relative_to(published) for path in published.rglob("*.js"))
    assert [name for name in scripts if (folder / name).read_bytes() != (published / name).read_bytes()] == []
    owner, name, *_ = (*package.split("/"), "")
    home = ROOT / "node_modules" / (f"{owner}/{name}" if owner[0] == "@" else owner)
    assert json.loads((home / "package.json").read_text())["version"] == version
    pinned = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert pinned[home.relative_to(ROOT / "node_modules").as_posix()] == version
