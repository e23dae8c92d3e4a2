"""The feed of what has happened to listings (happened.py), for those who keep a copy of the data.

Whatever is no longer listed has no name in it: it may have been taken off because somebody was in danger through it.
"""
from . import addresses, atom, open_referral, wording

PATH = "data/changes.atom"
TITLES = {"added": "{} was added", "taken off": "{} was taken off", "closed": "{} was closed", "paused": "{} was paused", "open again": "{} is open again",
          "contact changed": "{}: a contact has changed"}
TEXTS = {"added": "It is new in this directory.", "taken off": "It is no longer in this directory. Take it out of your copy too.",
         "closed": "It is closed. Its page says what to use instead.", "paused": "It is paused. Its page says what to use instead.",
         "open again": "It is open.", "contact changed": "A number or an address has changed. Take the new one from its page or from the data."}


def feed(directory, events, url):
    """Directory, the events newest first, the public address of the site -> the feed as text."""
    items = [item(directory, event, url) for event in events]
    return atom.feed(f"{directory.site.discreet_name}: what has changed in the listings", directory.site.opcc.name, url + PATH, url + addresses.DATA, items,
                     events[0].at if events else atom.moment(directory.today.isoformat()))


def item(directory, event, url):
    """One event -> one entry of the feed."""
    provider = next((provider for provider in directory.providers if provider.slug == event.slug), None)
    named = provider and next((service.name for service in provider.services if service.name == event.service), "")
    name = f"{provider.name}, {named}" if named else provider.name if provider else "An organisation"
    if provider and event.service and not named:
        name = f"{provider.name}, one service"
    title = TITLES[event.what].format(name)
    return atom.Item(f"urn:uuid:{open_referral.identifier('event', event.commit, event.slug, event.service, event.what)}", title, event.at,
                     url + (addresses.provider(provider.slug) if provider else addresses.DATA), wording.sentence(TEXTS[event.what]))
