"""A day and hours in columns of their own, as one sentence: "12.01.2027 9:30–11 Uhr"."""

import datetime as dt
import re

from django.core.exceptions import ValidationError

from kekiz_portal.lib.tables import readings
from kekiz_portal.lib.times import plain_day
from offers.models.schedule import clock, clock_of_end
from offers.recurrence import spoken

from .unsaid_cells import said

HOUR = r"(?P<hour>2[0-4]|[01]?[0-9])"
CLOCK = re.compile(rf"{HOUR}(?:[:.](?P<minute>[0-5][0-9])(?:[:.]00)?)?\s*(?P<word>uhr|h)?")
MONTHS = range(1, 13)


def is_clock(cell):
    """Whether a cell is plainly a time of day, with or without its day; "9" or "9.12" is not."""
    text = _apart(cell)[1].lower()
    found = CLOCK.fullmatch(text)
    if not found or found["word"] or ":" in text:
        return bool(found)
    return bool(found["minute"]) and int(found["minute"]) not in MONTHS


def sentence(weekday="", day="", times="", begins="", ends=""):
    """Return what the cells of a row say together; what is no day or hour stays as written."""
    on, at = _apart(day)
    if not on:
        on, at = at, ""
    first, begins = _apart(begins)
    last, ends = _apart(ends)
    on, begins = on or first, begins or at
    if last in ("", on):
        hours = [_hours(begins, ends)]
    else:
        hours = [_hours(begins), f"bis {last}", _hours(ends)]
    days = [" ".join(filter(None, _apart(weekday))), on]
    return " ".join(filter(None, [*days, *hours, _times(times)]))


def _hours(begins, ends=""):
    start, end = _clock(begins), _clock(ends)
    if start and end:
        return f"{clock(start)}–{clock_of_end(end)} Uhr"
    if start and not ends:
        return f"{clock(start)} Uhr"
    if end and not begins:
        return f"bis {clock_of_end(end)} Uhr"
    return " ".join(filter(None, [begins, ends]))


def _times(cell):
    """Return the cell that says all hours, in the form of the others if it says no more."""
    day, text = _apart(cell)
    found = spoken.HOURS.fullmatch(text.lower())
    hours = _hours(found["start"], found["end"]) if found and found["end"] else _hours(text)
    return " ".join(filter(None, [day, hours]))


def _apart(cell):
    """Return day and hour of "12.01.2027 09:30"; no day and all of it where it is neither."""
    text = said(cell or "").strip()
    first, _space, rest = text.partition(" ")
    try:
        day = plain_day(dt.date.fromisoformat(readings.date(first.rstrip(","))))
    except ValidationError:
        return "", text
    return (day, rest.strip()) if not rest or _clock(rest) else ("", text)


def _clock(text):
    found = CLOCK.fullmatch(text.strip().lower())
    return dt.time(int(found["hour"]) % 24, int(found["minute"] or 0)) if found else None
