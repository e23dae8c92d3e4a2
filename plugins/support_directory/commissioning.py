"""Which services were paid for, year by year: content/commissioning/<year>.yaml."""


def of(entries):
    """Entries of this kind -> what the directory holds of them."""
    return ()
