"""From the form on the site to a branch for an editor: what the browser gives, scripts/propose.py takes."""
import pytest
from test_update import GOOD, PHONE, finished_with, form, opened  # noqa: F401 (form is a fixture)

from test_propose import BRANCH, difference, run, said, site, state  # noqa: F401 (site is a fixture)

NEW = "0808 157 0199"
ONE_LINE = ["-        value: 0808 157 0123", f"+        value: {NEW}"]


@pytest.mark.parametrize("way", ["file", "lines"])
def test_a_phone_changed_in_the_browser_is_one_line_of_a_branch(form, site, tmp_path, way):  # noqa: F811
    """The whole file, and the lines that go by e-mail, each become a commit that differs from main in the line of that number."""
    lines, made = finished_with(opened(form, "harbour-advice"), {PHONE: NEW})
    given = tmp_path / "harbour-advice.yaml"
    given.write_bytes(made.encode() if way == "file" else f"Provider: harbour-advice\n\n{lines}\n".encode())
    arguments = ("--file", given) if way == "file" else ("--text", given, "--channel", "e-mail")
    answer = run(site, *arguments)
    assert answer.returncode == 0, said(answer)
    assert difference(site) == ONE_LINE
    assert "0808 157 0123" in said(answer)  # the old number, to ask by


@pytest.mark.parametrize("slug", sorted(path.stem for path in GOOD.glob("*.yaml")))
def test_a_file_without_a_change_changes_nothing(site, slug):  # noqa: F811
    """The form gives back the very bytes of an entry that nobody changed (test_update.py); with them everything stays as it was."""
    before = state(site)
    answer = run(site, "--file", site / f"providers/{slug}.yaml")
    assert answer.returncode == 1 and "nothing" in said(answer).lower(), said(answer)
    assert state(site) == before and BRANCH not in said(answer)
