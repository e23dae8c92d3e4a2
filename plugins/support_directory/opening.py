"""Opening hours as the search loads them: short, and ready to be compared with the clock (theme/static/js/hours.js asks whether it is open now)."""
from .wording import DAYS

ON_BANK_HOLIDAYS = {"open": 1, "closed": 0, "not known": None}


def packed(hours):
    """Hours -> None (not known), True (day and night, every day) or [[[days, opens, closes], ...], on bank holidays, whether there is a note].

    Days are digits, Monday is "1"; times are minutes after midnight; on bank holidays it is 1 (open as usual), 0 (closed) or None (not known).
    A note ("these are the main hours") may say more than the times do.
    """
    if hours is None:
        return None
    if hours.open_24_hours:
        return True
    if not hours.weekly:  # a note alone is for people to read
        return None
    weekly = [[_days(row.days), _minutes(row.opens), _minutes(row.closes)] for row in hours.weekly]
    return [weekly, ON_BANK_HOLIDAYS[hours.bank_holidays], int(bool(hours.note))]


def _days(names):
    """("friday", "monday") -> "15"."""
    return "".join(str(number) for number, day in enumerate(DAYS, 1) if day in names)


def _minutes(time):
    """"09:30" -> 570; "24:00" -> 1440."""
    hour, minute = map(int, time.split(":"))
    return 60 * hour + minute
