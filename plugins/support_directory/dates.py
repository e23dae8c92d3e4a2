"""Dates that may name only a year or a month: the first and the last day that each can mean. Both wings count by them."""
import calendar
import datetime
import re

DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")


def earliest_day(text):
    """"2024", "2024-04" or "2024-04-02" -> the first day it can mean, or None where it is no date or the calendar has no such day."""
    try:
        return datetime.date.fromisoformat((text + "-01-01")[:10]) if DATE.fullmatch(text) else None
    except ValueError:
        return None


def latest_day(text):
    """"2024", "2024-04" or "2024-04-02" -> the last day it can mean, or None where it is no date or the calendar has no such day."""
    first = earliest_day(text)
    if first is None or len(text) == 10:
        return first
    month = first.month if len(text) == 7 else 12
    return datetime.date(first.year, month, calendar.monthrange(first.year, month)[1])
