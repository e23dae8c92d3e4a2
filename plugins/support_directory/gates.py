"""The gate before publishing: what a new build would take from readers, compared with the site that is published now.

Both sides are what version.json says of a build. Nothing is read and nothing is asked here. A refusal is a value, with the line by which
an editor confirms it; that line names the very change, so that it can let no other one through.
"""
from typing import NamedTuple

from . import phone

FEWER = 10  # per cent of the listings that may go at once
NUMBERS = ("phone", "text", "textphone", "whatsapp")  # kinds of contact that are a number
EMERGENCY = "emergency"  # the emergency number's name among the crisis lines, which have a slash in theirs
BEGINNING = "Confirmed:"
UNREADABLE = f"{BEGINNING} nothing to compare with"


class Refusal(NamedTuple):
    """Why a build is not published, and the line that confirms it."""

    says: str
    confirm: str


def crisis_lines(directory):
    """Directory -> {key: its numbers, as the editors typed them} of the emergency number, each crisis line, and the one that site.yaml names."""
    lines = {EMERGENCY: [directory.site.emergency.number]}
    for listing in directory.every_listing:
        service = listing.service
        if service.is_open and (service.crisis_line or listing.key == directory.site.crisis_line):
            lines[listing.key] = [contact.value for contact in service.contacts if contact.type in NUMBERS]
    return lines


def refusals(published, new, said=""):
    """Two versions (what version.json holds), and everything that editors wrote to confirm -> the refusals that nobody confirmed.

    `published`: None where there is no site yet. Where it is no version of ours, that is a refusal too: nothing can be compared.
    """
    if published is None:
        return []
    if not is_version(published):
        found = [unreadable("What is published under the public address is not a version.json of this site, so nothing could be compared.")]
    else:
        found = [*_fewer(published, new), *_changed_lines(published["crisis_lines"], new["crisis_lines"])]
    return [refusal for refusal in found if not confirmed(refusal, said)]


def unreadable(says):
    """The refusal where the published site could not be compared with."""
    return Refusal(says, UNREADABLE)


def confirmed(refusal, said):
    """Whether the refusal's line stands in a text as a line of its own; spaces at its ends and in a row do not matter, nor do capitals."""
    return _plain(refusal.confirm) in {_plain(line) for line in said.splitlines()}


def is_version(data):
    """Whether data is what version.json of this site holds, as far as it is compared."""
    try:
        return (isinstance(data["counts"]["services"], int) and data["crisis_lines"].keys() >= {EMERGENCY}
                and all(isinstance(number, str) for numbers in data["crisis_lines"].values() for number in numbers))
    except (TypeError, KeyError, AttributeError):
        return False


def _fewer(published, new):
    """The refusal where more than FEWER per cent of the open services would go."""
    before, after = published["counts"]["services"], new["counts"]["services"]
    if (before - after) * 100 > before * FEWER:
        yield Refusal(f"{before} services are published, and {after} would be: more than {FEWER} in 100 would go at once.",
                      f"{BEGINNING} {after} services instead of {before}")


def _changed_lines(published, new):
    """A refusal for each crisis line that would lose, change or gain a number. A line that is new as a whole takes nothing from anybody."""
    for key, numbers in published.items():
        name = "the emergency number" if key == EMERGENCY else key
        if key not in new:
            yield Refusal(f"The crisis line {key} ({_shown(numbers)}) would go from the site.", f"{BEGINNING} no crisis line {key}")
        elif set(map(phone.digits, numbers)) != set(map(phone.digits, new[key])):
            yield Refusal(f"A crisis line would change: {name} has {_shown(numbers)} and would have {_shown(new[key])}. Ring the old number first.",
                          f"{BEGINNING} {name} is {_shown(new[key])}")


def _shown(numbers):
    return " and ".join(numbers) if numbers else "no number"


def _plain(line):
    return " ".join(line.split()).casefold()
