"""The next dates of a schedule before it is saved, and what falls out in between."""

import datetime as dt
from dataclasses import dataclass

from offers.models import OfferPlace, Schedule
from offers.recurrence import entry as schedule_entry

from . import occurrences

DATES_SHOWN = 10


@dataclass(frozen=True)
class DayOff:
    """A day on which the schedule would be due but is off, and why."""

    day: dt.date
    reason: str


@dataclass(frozen=True)
class Preview:
    """What a person has to see to know that a schedule is right."""

    sentence: str
    dates: list
    days_off: list


def preview(schedule, calendar=None):
    """Return the ``Preview`` of a valid schedule, saved or not; nothing is written."""
    calendar = calendar or occurrences.Calendar.from_today()
    if schedule.place_id is None:
        schedule.place = OfferPlace()
    dates = occurrences.occurrences_of(schedule, calendar)[:DATES_SHOWN]
    until = dates[-1].day if len(dates) == DATES_SHOWN else calendar.last
    days_off = [one for one in _days_off(schedule, calendar) if one.day <= until]
    return Preview(schedule_entry.sentence(schedule), dates, days_off[:DATES_SHOWN])


def _days_off(schedule, calendar):
    """Return the holidays that cancel a date; not the days outside of them."""
    only = schedule.school_holidays == Schedule.SchoolHolidays.ONLY
    found = []
    for day in occurrences.due_days(schedule, calendar):
        if only and day not in calendar.school_holidays:
            continue
        if reason := calendar.why_off(schedule, day):
            found.append(DayOff(day, reason))
    return found
