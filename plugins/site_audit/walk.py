"""Goes through a page with the Tab key as somebody without a mouse does: is the focus to be seen, is it covered, does it get stuck?

Sees, in a window of 320 by 256 pixels: what has the focus and looks as before (pixels are compared, in light and in dark: those that
changed by 3 to 1 or more must be about as many as a line of 2 pixels around it has); focus beneath a bar that stays in place, also
after somebody scrolled an element to the upper or lower edge; focus outside the window; focus that cannot leave.
Does not see: an order that is merely odd (order.js compares it with the screen), and what opens only when something is pressed.
"""
from . import faults
from .browser import LOW, OWN, read, tools

# How much of a line of two pixels must have changed: corners are round, lines of several rows share edges.
ENOUGH = .7
MARGIN = 14
ROOM = 6
MOST = 400

_DIFFERENCE = """async pictures => {
    const pixels = async text => {
        const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
        const canvas = new OffscreenCanvas(image.width, image.height), ink = canvas.getContext('2d');
        ink.drawImage(image, 0, 0);
        return ink.getImageData(...pictures[2]).data;
    };
    const [a, b] = [await pixels(pictures[0]), await pixels(pictures[1])];
    const part = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    const light = (p, i) => .2126 * part(p[i]) + .7152 * part(p[i + 1]) + .0722 * part(p[i + 2]);
    let strong = 0, any = 0;
    for (let i = 0; i < Math.min(a.length, b.length); i += 4) {
        if (a[i] === b[i] && a[i + 1] === b[i + 1] && a[i + 2] === b[i + 2]) continue;
        any += 1;
        const x = light(a, i), y = light(b, i);
        if ((Math.max(x, y) + .05) / (Math.min(x, y) + .05) >= 3) strong += 1;
    }
    return [strong, any];
}"""
# Every element that Tab could reach, moved to the upper and to the lower edge and given the focus: what covers it then?
_EDGES = """() => {
    const tools = (TOOLS)(), look = FOCUS, seen = new Map(), found = [];
    for (const element of document.querySelectorAll(tools.INTERACTIVE)) {
        const shape = tools.shapeOf(element);
        if (element.tabIndex < 0 || !tools.seen(element) || (seen.get(shape) || 0) >= 3) continue;
        seen.set(shape, (seen.get(shape) || 0) + 1);
        for (const upper of [true, false]) {
            document.activeElement.blur();
            const box = element.getBoundingClientRect();
            window.scrollTo({top: scrollY + (upper ? box.top : box.bottom - innerHeight), behavior: 'instant'});
            element.focus();
            const state = document.activeElement === element && look(tools);
            if (state && state.covered && !state.big) { found.push(state); break; }
        }
    }
    document.activeElement.blur();
    window.scrollTo(0, 0);
    return found;
}"""


def walk(browser, address, measured):
    """Walks through the page at an address -> faults. `measured`: styles and shapes whose focus was compared already, added to here."""
    browser.open(address, LOW)
    page = browser.page
    look = f"() => ({read('focus').rstrip(';')})(({tools()})())"
    tabbable = page.evaluate(f"""() => {{
        const t = ({tools()})();
        return t.all(t.INTERACTIVE).filter(e => e.tabIndex >= 0 && !e.disabled && t.seen(e)).length;
    }}""")
    # The same shape under the same styles looks the same on every page.
    styles = page.evaluate("() => [...document.styleSheets].map(sheet => sheet.href || sheet.ownerNode.textContent).join()")
    found, visited = [], []
    for _ in range(min(MOST, tabbable * 2 + 12)):
        page.keyboard.press("Tab")
        state = page.evaluate(look)
        if not state or not page.url.startswith(browser.address):
            break
        key = (state["tag"], state["number"])
        if key in visited:
            if len(visited) < tabbable * .8 and key != visited[0]:
                said = f"Tab goes round among {len(visited) - visited.index(key)} of {tabbable} elements"
                found.append(faults.in_page("focus-trap", OWN, address, said, state))
            break
        visited.append(key)
        found += _hidden(address, state)
        if (styles, state["shape"]) not in measured and not state["covered"] and state["tag"] != "iframe":
            measured.add((styles, state["shape"]))
            found += _invisible(browser, address, look)
    edges = page.evaluate(_EDGES.replace("TOOLS", tools()).replace("FOCUS", f"({read('focus').rstrip(';')})"))
    return found + [fault for state in edges for fault in _hidden(address, state)]


def _hidden(address, state):
    """What is wrong with where the focus is."""
    if state["covered"] and not state["big"]:
        yield faults.in_page("focus-hidden", OWN, address, f"{state['covered']} lies over “{state['words']}” while it has the focus", state)
    elif state["gone"]:
        yield faults.in_page("focus-hidden", OWN, address, f"“{state['words']}” has the focus and cannot be seen", state)


def _invisible(browser, address, look):
    """What is wrong with how the focus looks, in light and in dark, in the middle of the window."""
    state = browser.page.evaluate(f"() => {{ document.activeElement.scrollIntoView({{block: 'center', behavior: 'instant'}}); return ({look})(); }}")
    for colours in ("light", "dark"):
        browser.page.emulate_media(color_scheme=colours)
        focused = _picture(browser)
        browser.page.evaluate("window.__had = document.activeElement; window.__had.blur()")
        plain = _picture(browser)
        # Chromium shows the focus that a script gives as it showed the last one: the keyboard's.
        browser.page.evaluate("window.__had.focus({preventScroll: true})")
        strong, any_at_all = browser.meter.evaluate(_DIFFERENCE, [focused, plain, _around(state["box"])])
        needed = _edge(state) * 2 * ENOUGH
        if strong < needed:
            said = "nothing changes" if any_at_all < 20 else f"{strong} pixels change by 3 to 1; a line of 2 pixels around it has {round(_edge(state) * 2)}"
            yield faults.in_page("no-visible-focus", OWN, address, f"when “{state['words']}” gets the focus, {said} ({colours})", state)
            break
    browser.page.emulate_media(color_scheme="light")


def _edge(state):
    """How long the line around an element is, as far as it is in the window."""
    box = state["box"]
    left, right = max(box["x"], 0), min(box["x"] + box["width"], LOW["width"])
    top, bottom = max(box["y"], 0), min(box["y"] + box["height"], LOW["height"])
    width, height = max(right - left, 0), max(bottom - top, 0)
    # A side counts where there is room for a line outside of it.
    across = (box["y"] >= ROOM) + (box["y"] + box["height"] <= LOW["height"] - ROOM)
    down = (box["x"] >= ROOM) + (box["x"] + box["width"] <= LOW["width"] - ROOM)
    around = across * width + down * height
    return min(around, state["edge"] * .6) if state["lines"] > 1 else around


def _around(box):
    """An element's box and a little around it, as whole pixels of the window: left, top, width, height."""
    left, top = max(int(box["x"]) - MARGIN, 0), max(int(box["y"]) - MARGIN, 0)
    right, bottom = min(int(box["x"] + box["width"]) + MARGIN, LOW["width"]), min(int(box["y"] + box["height"]) + MARGIN, LOW["height"])
    return [left, top, max(right - left, 1), max(bottom - top, 1)]


def _picture(browser):
    """A picture of the window -> PNG as base64. Asked of the browser itself: it takes a thirtieth of a second, with Playwright's care two."""
    return browser.devtools.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})["data"]
