"""Telephone numbers: how they are dialled, and what a call shows."""
import pytest

from support_directory import phone, promises


@pytest.mark.parametrize(("number", "link"), [
    ("0808 157 0123", "tel:+448081570123"), ("0151 777 5155", "tel:+441517775155"), ("01517775155", "tel:+441517775155"),
    ("0300 303 0151", "tel:+443003030151"), ("07537 410 022", "tel:+447537410022"), ("0800 654 321", "tel:+44800654321"), ("0800 1111", "tel:08001111"),
    ("999", "tel:999"), ("101", "tel:101"), ("116 123", "tel:116123"), ("18000", "tel:18000"),
    ("18001 101", "tel:18001101"), ("18001 0808 157 0123", "tel:1800108081570123"),
])
def test_link(number, link):
    """Short numbers and those behind the relay's prefix are dialled as they are, all others in their international form."""
    assert phone.link(number) == link


@pytest.mark.parametrize(("number", "message", "link"), [
    ("85258", "SHOUT", "sms:85258?&body=SHOUT"), ("85258", "", "sms:85258"), ("07537 410 022", "", "sms:+447537410022"),
    ("07537 410 022", "HELP", "sms:+447537410022?&body=HELP"), ("999", "", "sms:999"),
])
def test_text_link(number, message, link):
    """A number for texts, with the word to send where there is one, in the form that both kinds of phone understand."""
    assert phone.text_link(number, message) == link


@pytest.mark.parametrize(("number", "line"), [
    ("0800 1111", phone.FREE), ("0808 157 0123", phone.FREE), ("116 123", phone.FREE), ("116123", phone.FREE), ("999", phone.FREE),
    ("0151 777 5155", phone.NORMAL), ("020 7946 0005", phone.NORMAL), ("0300 303 0151", phone.NORMAL), ("0345 123 4567", phone.NORMAL),
    ("07537 410 022", phone.MOBILE), ("159", phone.SHORT), ("101", phone.FREE_SHORT), ("105", phone.FREE_SHORT), ("111", phone.FREE_SHORT),
    ("18000", phone.FREE), ("18001 101", phone.FREE_SHORT), ("18001 0113 293 5100", phone.NORMAL), ("18001 0808 157 0123", phone.FREE),
])
def test_what_a_call_shows(number, line):
    """What a call costs and where it can be seen comes from the number's type."""
    assert phone.what_a_call_shows(number) == line


@pytest.mark.parametrize("line", phone.COSTS)
def test_no_number_is_said_to_leave_no_trace(line):
    """Every line says that the phone itself keeps the call, and promises nothing that we cannot know (safety requirements 6 and 10)."""
    assert line.endswith("Stays in the phone’s messages." if line is phone.TEXT else "Stays in the phone’s list of calls.")
    assert promises.untrue(line) == []
    assert "will not show" not in line
    assert ("Not normally on an itemised bill." in line) == (line is phone.FREE)
