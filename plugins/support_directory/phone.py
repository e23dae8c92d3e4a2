"""What a telephone number is: how to dial it, what it costs, and where a call can be seen afterwards.

What each range costs: GOV.UK, "Call charges and phone numbers"; what bills show: safety requirement 10 (see the safety page).
The sentences come from the number's type, so that they are the same beside every number.
"""

FREE = "Free to call. Not normally on an itemised bill. Stays in the phone’s list of calls."
NORMAL = "Costs the same as a normal call. Can show on the bill. Stays in the phone’s list of calls."
MOBILE = "Costs the same as a call to a mobile. Can show on the bill. Stays in the phone’s list of calls."
SHORT = "Your phone company sets the cost. Can show on the bill. Stays in the phone’s list of calls."
FREE_SHORT = "Free to call. Can show on the bill. Stays in the phone’s list of calls."
TEXT = "Your phone company sets the cost of a text. Can show on the bill. Stays in the phone’s messages."
COSTS = (FREE, NORMAL, MOBILE, SHORT, FREE_SHORT, TEXT)
# Police: Home Office, 31 March 2020; NHS: nhs.uk, NHS 111; power cuts: powercut105.com. That bills leave them out, none of them says.
FREE_NUMBERS = ("101", "105", "111")
# The relay's own numbers: 18000 is 999 for textphones; a number behind 18001 costs as it does by itself.
RELAY_EMERGENCY, RELAY = "18000", "18001"


def digits(number):
    """The digits of a number as typed, without its spaces."""
    return number.replace(" ", "")


def link(number):
    """The number as a tel: link: short numbers as they are, all others in E.164 (+44...)."""
    dialled = digits(number)
    return f"tel:{dialled}" if _is_short(dialled) else f"tel:+44{dialled[1:]}"


def text_link(number, message=""):
    """The number as an sms: link. `message` is a word to send; it holds letters and digits only."""
    dialled = digits(number)
    target = dialled if _is_short(dialled) else f"+44{dialled[1:]}"
    return f"sms:{target}" + (f"?&body={message}" if message else "")


def _is_short(dialled):
    """Numbers that have no international form: 999, 116 123, 0800 1111 and the like."""
    return not dialled.startswith("0") or len(dialled) < 9


def what_a_call_shows(number):
    """One line on cost, bill and call list, from the type of the number."""
    dialled = digits(number).removeprefix(RELAY)
    if dialled.startswith(("0800", "0808", "116", "999")) or dialled == RELAY_EMERGENCY:
        return FREE
    if dialled in FREE_NUMBERS:
        return FREE_SHORT
    if dialled.startswith(("01", "02", "03")):
        return NORMAL
    if dialled.startswith("07"):
        return MOBILE
    return SHORT
