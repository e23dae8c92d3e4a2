"""Tries the controls of a page: types into its fields, chooses, presses its buttons, and looks whether what changes is announced.

Sees: words that appear outside of every live region while no live region says anything and the focus stays where it was.
Does not count: what a button with aria-expanded, or a <summary>, unfolds; what stands beside the field as a label; pages that are left.
"""
import time

from . import faults
from .browser import OWN, SMALL, read, tools

MOST = 10
WAIT = 1.2
_CONTROLS = """() => {
    const tools = (TOOLS)();
    const skip = '[aria-expanded], [aria-haspopup], [data-exit], [type=reset], [disabled], [readonly]';
    const wanted = 'input:not([type=hidden]):not([type=file]):not([type=password]), textarea, select, button, '
        + '[role=button][tabindex], [role=switch], [role=checkbox]';
    const chosen = new Map();
    window.__controls = [...document.querySelectorAll(wanted)].filter(e => tools.seen(e) && !e.matches(skip)).filter(e => {
        const shape = tools.shapeOf(e) + (e.type || '');
        chosen.set(shape, (chosen.get(shape) || 0) + 1);
        return chosen.get(shape) <= 1;
    });
    const pressed = ['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'image', 'reset'];
    const kind = e => e.localName === 'select' ? 'select' : e.matches('textarea') || (e.matches('input') && !pressed.includes(e.type)) ? e.type : 'press';
    return window.__controls.map(e => ({kind: kind(e), ...tools.place(e)}));
}"""
_NEW = """before => {
    const tools = (TOOLS)(), now = (SAID)(tools), old = new Map(before.outside);
    const fresh = now.outside.filter(([words, count]) => count > (old.get(words) || 0)).map(([words]) => words);
    return {fresh, announced: now.inside !== before.inside && now.inside !== ''};
}"""
_WHERE = """words => {
    const tools = (TOOLS)();
    const node = tools.textNodes(document.body).find(n => tools.tidy(n.data) === words);
    const up = node ? node.parentElement : document.body;
    const now = document.activeElement, moved = now !== window.__control && now !== document.body;
    return {...tools.place(up), focus: moved && (now.contains(up) || up.contains(now) || !document.contains(window.__control))};
}"""


def tried(browser, address):
    """Tries the controls of the page at an address -> faults."""
    said = f"({read('trying').rstrip(';')})"
    controls = _controls(browser, address)
    for index in range(min(len(controls), MOST)):
        if index and (browser.page.url != browser.address + address or len(_controls(browser, address)) <= index):
            break
        before = browser.page.evaluate(f"() => {said}(({tools()})())")
        if not _use(browser.page, index, controls[index]["kind"]):
            continue
        end, fresh = time.monotonic() + WAIT, []
        while time.monotonic() < end:
            try:
                state = browser.page.evaluate(_NEW.replace("TOOLS", tools()).replace("SAID", said), before)
            except Exception:  # the page was left
                return
            if state["announced"]:
                fresh = []
                break
            fresh = state["fresh"]
            browser.page.wait_for_timeout(100)
        if fresh and browser.page.url.split("#")[0] == browser.address + address:
            place = browser.page.evaluate(_WHERE.replace("TOOLS", tools()), fresh[0])
            if not place["focus"]:
                done = "a press on" if controls[index]["kind"] == "press" else "a change of"
                what = f"after {done} {controls[index]['selector']} “{fresh[0][:60]}” appears, and no live region says so"
                yield faults.in_page("change-not-announced", OWN, address, what, place)
                return


def _controls(browser, address):
    """Opens the page anew -> its controls, one of each shape."""
    browser.open(address, SMALL)
    return browser.page.evaluate(_CONTROLS.replace("TOOLS", tools()))


def _use(page, index, kind):
    """Uses a control as a reader does -> whether that could be done."""
    handle = page.evaluate_handle("index => (window.__control = window.__controls[index])", index).as_element()
    try:
        if kind == "select":
            options = page.evaluate("() => [...window.__control.options].filter(o => !o.disabled && !o.selected).map(o => o.value)")
            if not options:
                return False
            handle.select_option(options[0], timeout=1000)
        elif kind == "press":
            handle.click(timeout=1000)
        else:
            handle.focus()
            page.keyboard.type({"number": "7", "tel": "01", "email": "a@b.uk", "date": "01012026"}.get(kind, "help with stalking"))
            page.keyboard.press("Enter")
    except Exception:  # covered, moved or gone: then no reader can use it either
        return False
    return True
