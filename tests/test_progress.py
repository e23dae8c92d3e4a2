"""The bar for what takes long: after two seconds, in a terminal, and nowhere else."""
import io

import pytest

from _progress import LONG, Progress


class Screen(io.StringIO):
    """A terminal, or a file."""

    def __init__(self, is_terminal):
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self):
        return self.is_terminal


def shown(is_terminal, seconds):
    """What is shown of 40 of 100 steps, at so many seconds after the beginning."""
    screen, now = Screen(is_terminal), [0]
    with Progress("Making pages", 100, screen, lambda: now[0]) as progress:
        progress.step("first")
        now[0] = seconds
        progress.step("areas of Harbour", 39)
    return screen.getvalue()


def test_it_says_how_much_how_fast_and_what_now():
    """The count, the rate and what is being done."""
    text = shown(True, LONG * 10)
    assert "Making pages" in text and "40 of 100" in text and "2/s" in text and "areas of Harbour" in text


@pytest.mark.parametrize(("is_terminal", "seconds"), [(True, LONG - 0.1), (False, LONG * 10)])
def test_it_is_quiet_before_and_elsewhere(is_terminal, seconds):
    """What is done soon needs no bar, and a file or another program gets none at all."""
    assert shown(is_terminal, seconds) == ""
