"""What looks into profiles sees what a browser wrote: every kind of storage, packed or not, in both browsers."""
import pytest
from profiles import BROWSERS, found, numbers, profile

KEEP = """async () => {
    const text = kind => `${kind}-` + 'filler of a text that packs well, '.repeat(3) + `zyx${kind}wombat `.repeat(4);
    localStorage.setItem('a', text('local'));
    document.cookie = 'zyxcookiewombat=1; max-age=86400';
    await (await caches.open('zyxcachewombat')).put('/zyxkeywombat', new Response(text('body') + 'filler '.repeat(5000)));
    await new Promise((done, failed) => {
        const asked = indexedDB.open('it', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('s');
        asked.onsuccess = () => {
            const change = asked.result.transaction('s', 'readwrite');
            change.objectStore('s').put(text('database') + 'filler '.repeat(3000), 'k');
            change.oncomplete = done;
            change.onerror = failed;
        };
    });
    history.replaceState(null, '', '#zyxaddresswombat');
    document.title = 'zyxtitlewombat';
}"""
KINDS = ("local", "cookie", "cache", "key", "body", "database", "address", "title")


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] if name == "firefox" else []) for name in BROWSERS])
def test_whatever_a_browser_keeps_is_found(good, good_output, playwright, tmp_path, name):
    """A number on a page that was visited, an address, a title, and each kind of storage are found; words that were nowhere are not."""
    with profile(playwright, name, tmp_path / "profile") as context:
        page = context.new_page()
        page.goto(good + "/providers/nightline/")
        page.evaluate(KEEP)
        page.goto(good + "/providers/saltmarsh-hub/")
        page.wait_for_timeout(1500)
    on_the_page = numbers(good_output / "providers/nightline/index.html")
    assert on_the_page
    held = found(tmp_path / "profile", [*on_the_page.values(), *(f"zyx{kind}wombat" for kind in KINDS), "zyxneverwombat"])
    assert sorted(held) == sorted([*on_the_page.values(), *(f"zyx{kind}wombat" for kind in KINDS)])
