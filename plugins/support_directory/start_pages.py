"""Plans pages: the questions of content/start.yaml, each on a page of its own."""


def pages(planner):
    """The Planner of a site -> pages, none where the site has nothing to show on them."""
    return []
