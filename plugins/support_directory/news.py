"""News: the articles of content/news/*.md."""


def of(entries):
    """Entries of this kind -> what the directory holds of them."""
    return ()
