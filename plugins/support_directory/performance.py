"""How the service is doing: the figures of content/performance/*.yaml."""


def of(entries):
    """Entries of this kind -> what the directory holds of them."""
    return ()
