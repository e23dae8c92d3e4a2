"""Every page of the project's own site: the long version of test_pages.py."""
import pytest

from browser_tools import axe, html_faults

# Pages are shared out among the test's cases, so that they run side by side.
PARTS = 8


def pages(output, part):
    """The addresses of every PARTS-th page."""
    found = sorted("/" + path.relative_to(output).as_posix().removesuffix("index.html") for path in output.rglob("*.html"))
    assert len(found) > 250
    return found[part::PARTS]


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_accessibility_faults_on_any_page(real, real_output, open_page, part, colours):
    """axe-core finds nothing on any page, and nothing runs out of it at 320 pixels, in light and dark."""
    page = open_page(real, width=320, color_scheme=colours)
    faults = {}
    for path in pages(real_output, part):
        page.goto(real + path)
        found = axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append("runs out of the page")
        if found:
            faults[path] = found
    assert faults == {}


@pytest.mark.long
def test_every_page_is_valid_html(real_output):
    """html-validate finds nothing on any page."""
    assert html_faults(real_output) == []
