"""Lighthouse, on one page of each template, as a phone with a slow line. How fast they are is measured in tests/bench, not tested."""
import os

import pytest

from bench import lighthouse

TIMELESS = [category for category in lighthouse.CATEGORIES if category != "performance"]


@pytest.mark.long
def test_every_template_is_at_100(real_output):
    """Accessibility, best practices and search engines at 100 - a draft alone may forbid search engines - and nothing moves."""
    wanted = lighthouse.templates(real_output)
    assert len(wanted) > 8
    short = {}
    for row in lighthouse.measured(real_output, wanted, os.environ["CHROMIUM"]):
        below = {name: (row.scores[name], row.failing[name]) for name in TIMELESS if not row.perfect(name)}
        if below or row.cls > 0:
            short[row.page] = (below, f"CLS {row.cls}")
    assert short == {}
