"""A day that an address names, to look back at."""

import datetime as dt

FIRST_DAY = dt.date(2000, 1, 1)  # no portal knows of an earlier one


def earlier_day(text, today):
    """Return the day of a text ("2026-11-03") if it is one before today, else ``None``."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day < today else None
