"""Plans pages: how to refer somebody, and a shortlist."""


def pages(planner):
    """The Planner of a site -> pages, none where the site has nothing to show on them."""
    return []
