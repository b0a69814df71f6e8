"""When something takes place, as a person says it: the rule behind it, and the sentence about it.

An ``Entry`` says what most rules say: once, daily, weekly, every two weeks, or on one week of
each month. ``read`` and ``write`` turn RFC 5545 rules into entries and back; a rule that no
entry can say is an entry of its own words and stays as it is.
"""

import re
from dataclasses import dataclass

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .models import Schedule

RRULE_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
KNOWN_PARTS = {"FREQ", "INTERVAL", "BYDAY"}
NUMBERED_DAY = re.compile(r"(?P<week>[1-4]|-1)(?P<day>[A-Z]{2})")


class Repeats(models.TextChoices):
    WEEKLY = "weekly", _("jede Woche")
    EVERY_TWO_WEEKS = "two-weeks", _("alle zwei Wochen")
    MONTHLY = "monthly", _("jeden Monat")
    DAILY = "daily", _("täglich")
    ONCE = "once", _("einmal")
    OWN_RULE = "own", _("nach eigener Regel")


class Week(models.IntegerChoices):
    FIRST = 1, _("ersten")
    SECOND = 2, _("zweiten")
    THIRD = 3, _("dritten")
    FOURTH = 4, _("vierten")
    LAST = -1, _("letzten")


ON_WEEKDAYS = {Repeats.WEEKLY, Repeats.EVERY_TWO_WEEKS, Repeats.MONTHLY}


@dataclass(frozen=True)
class Entry:
    """How often, on which weekdays (0 is Monday) and, if monthly, in which week of the month.

    ``rule`` is the rule itself where ``repeats`` is ``OWN_RULE``.
    """

    repeats: Repeats
    days: tuple = ()
    week: Week | None = None
    rule: str = ""


def read(rrule):
    """Return the ``Entry`` of a rule of RFC 5545; an empty rule is a single date."""
    if not rrule:
        return Entry(Repeats.ONCE)
    own = Entry(Repeats.OWN_RULE, rule=rrule)
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    if not set(parts) <= KNOWN_PARTS:
        return own
    frequency, interval = parts["FREQ"], parts.get("INTERVAL", "1")
    days = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    if (frequency, interval) == ("DAILY", "1") and not days:
        return Entry(Repeats.DAILY)
    if frequency == "WEEKLY" and interval in {"1", "2"} and days and set(days) <= set(RRULE_DAYS):
        repeats = Repeats.WEEKLY if interval == "1" else Repeats.EVERY_TWO_WEEKS
        return Entry(repeats, _positions(days))
    if (frequency, interval) == ("MONTHLY", "1") and days:
        return _read_monthly(days) or own
    return own


def write(entry):
    """Return the rule of an ``Entry``, such that ``read(write(entry)) == entry``."""
    days = [RRULE_DAYS[day] for day in sorted(entry.days)]
    match entry.repeats:
        case Repeats.DAILY:
            return "FREQ=DAILY"
        case Repeats.WEEKLY:
            return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
        case Repeats.EVERY_TWO_WEEKS:
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(days)}"
        case Repeats.MONTHLY:
            return f"FREQ=MONTHLY;BYDAY={','.join(f'{int(entry.week)}{day}' for day in days)}"
        case Repeats.OWN_RULE:
            return entry.rule
    return ""


def rewritten(entry, rrule):
    """Return the rule of ``entry``: ``rrule`` to the letter if it says the same already."""
    return rrule if read(rrule) == entry else write(entry)


def sentence(schedule):
    """Say all about a schedule in one line: "jeden Mittwoch 9:30–11 Uhr, nicht in den Ferien"."""
    entry = read(schedule.rrule)
    parts = [f"{_how_often(entry, schedule)} {schedule.hours_words}".strip()]
    if entry.repeats != Repeats.ONCE:
        parts += _between(schedule)
        if schedule.school_holidays != Schedule.SchoolHolidays.KEEP:
            parts.append(str(schedule.get_school_holidays_display()))
        if schedule.public_holidays == Schedule.PublicHolidays.KEEP:
            parts.append(str(schedule.get_public_holidays_display()))
    if schedule.note:
        parts.append(schedule.note)
    return ", ".join(parts)


def _read_monthly(days):
    """Return the entry of days such as "1MO": all in the same week, else ``None``."""
    found = [NUMBERED_DAY.fullmatch(day) for day in days]
    if not all(found) or any(one["day"] not in RRULE_DAYS for one in found):
        return None
    weeks = {int(one["week"]) for one in found}
    if len(weeks) > 1:
        return None
    return Entry(Repeats.MONTHLY, _positions(one["day"] for one in found), Week(weeks.pop()))


def _positions(days):
    return tuple(sorted({RRULE_DAYS.index(day) for day in days}))


def _how_often(entry, schedule):
    days = _listed([str(WEEKDAYS[day]) for day in entry.days])
    match entry.repeats:
        case Repeats.ONCE:
            return _now("einmal am %s") % date_format(schedule.starts_on, _now("l, j. F Y"))
        case Repeats.DAILY:
            return _now("täglich")
        case Repeats.WEEKLY:
            return _now("jeden %s") % days
        case Repeats.EVERY_TWO_WEEKS:
            return _now("alle zwei Wochen am %s") % days
        case Repeats.MONTHLY:
            words = {"week": str(entry.week.label), "days": days}
            return _now("jeden %(week)s %(days)s im Monat") % words
    return _now("nach der Regel %s") % entry.rule


def _between(schedule):
    first, last = (day and date_format(day, _now("j. F Y")) for day in _ends(schedule))
    return [
        *([_now("ab %s") % first] if first else []),
        *([_now("bis %s") % last] if last else []),
    ]


def _ends(schedule):
    return schedule.starts_on, schedule.ends_on


def _listed(words):
    """Join words as people list them: "Montag, Mittwoch und Freitag"."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return _now("%(first)s und %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
