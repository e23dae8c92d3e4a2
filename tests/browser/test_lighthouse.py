"""Lighthouse, on one page of each template, as a phone with a slow line. How fast they are is measured in tests/bench, not tested."""
import os

import pytest

from bench import lighthouse
from browser_tools import ROOT, build

TIMELESS = [category for category in lighthouse.CATEGORIES if category != "performance"]


@pytest.mark.long
def test_every_template_is_at_100(tmp_path):
    """Accessibility, best practices and search engines at 100 - a draft alone may forbid search engines - and nothing moves.

    Built today: a site that is old says so at its top once its script runs, and that moves the rest.
    """
    output = build(ROOT, tmp_path / "output", date=None)
    wanted = lighthouse.templates(output)
    assert len(wanted) > 8
    short = {}
    for row in lighthouse.measured(output, wanted, os.environ["CHROMIUM"]):
        below = {name: (row.scores[name], row.failing[name]) for name in TIMELESS if not row.perfect(name)}
        if below or row.cls > 0:
            short[row.page] = (below, f"CLS {row.cls}")
    assert short == {}
