"""Plans pages: services by year, and who delivered what when."""


def pages(planner):
    """The Planner of a site -> pages, none where the site has nothing to show on them."""
    return []
