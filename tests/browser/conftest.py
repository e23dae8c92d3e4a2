"""Built sites, a server and a browser for the browser tests."""
import os
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

from browser_tools import EXIT_TARGET, FLAGS, PUBLIC_URL, ROOT, build, served


@pytest.fixture(scope="session")
def good_output(tmp_path_factory):
    """The made-up force, built."""
    return build(ROOT / "tests/good", tmp_path_factory.mktemp("good") / "output")


@pytest.fixture(scope="session")
def real_output(tmp_path_factory):
    """The project's own site, built."""
    return build(ROOT, tmp_path_factory.mktemp("real") / "output")


@pytest.fixture(scope="session")
def good(good_output):
    """The address of the made-up force's site."""
    with served(good_output) as address:
        yield address


@pytest.fixture(scope="session")
def real(real_output):
    """The address of the project's own site."""
    with served(real_output) as address:
        yield address


@pytest.fixture(scope="session")
def public(tmp_path_factory):
    """The project's own site, built for a public address, and served -> (its folder, its address)."""
    output = tmp_path_factory.mktemp("public") / "output"
    subprocess.run([sys.executable, ROOT / "scripts/build.py", "--output", output, "--url", PUBLIC_URL], check=True, capture_output=True)
    with served(output) as address:
        yield output, address


@pytest.fixture(scope="session")
def playwright():
    """Playwright itself."""
    with sync_playwright() as it:
        yield it


@pytest.fixture(scope="session")
def browser(playwright):
    """A Chromium, shared by the tests of one worker."""
    it = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
    yield it
    it.close()


@pytest.fixture
def open_page(browser):
    """Opens a page in a context of its own: open_page(address, width=412, javascript=True, **context options) -> page."""
    contexts = []

    def open_it(address, width=412, height=915, javascript=True, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=javascript, service_workers="block", **options)
        contexts.append(context)
        context.route(f"{EXIT_TARGET}/**", lambda route: route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html"))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
