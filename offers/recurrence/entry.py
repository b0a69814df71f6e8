"""When something takes place, as a person says it: the rule behind it, and the sentence about it.

An ``Entry`` says what most rules say: once, daily, every so many weeks or months, or once a year.
``read`` and ``write`` turn RFC 5545 rules into entries and back; a rule that no entry can say is
an entry of its own words and stays as it is.
"""

import re
from dataclasses import dataclass

from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages

from .rules import WEEKDAYS as RRULE_DAYS

KNOWN_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "WKST"}
NUMBERED_DAY = re.compile(r"(?P<week>[1-4]|-1)(?P<day>[A-Z]{2})")
MOST_BETWEEN = 99


class Repeats(models.TextChoices):
    WEEKLY = "weekly", _("jede Woche")
    EVERY_TWO_WEEKS = "two-weeks", _("alle zwei Wochen")
    EVERY_FEW_WEEKS = "few-weeks", _("alle … Wochen")
    MONTHLY = "monthly", _("jeden Monat")
    EVERY_FEW_MONTHS = "few-months", _("alle … Monate")
    YEARLY = "yearly", _("einmal im Jahr")
    DAILY = "daily", _("täglich")
    ONCE = "once", _("einmal")
    OWN_RULE = "own", _("nach eigener Regel")


class Week(models.IntegerChoices):
    FIRST = 1, _("ersten")
    SECOND = 2, _("zweiten")
    THIRD = 3, _("dritten")
    FOURTH = 4, _("vierten")
    LAST = -1, _("letzten")


IN_WEEKS = {Repeats.WEEKLY: 1, Repeats.EVERY_TWO_WEEKS: 2, Repeats.EVERY_FEW_WEEKS: None}
IN_MONTHS = {Repeats.MONTHLY: 1, Repeats.EVERY_FEW_MONTHS: None}
NUMBERED = {Repeats.EVERY_FEW_WEEKS, Repeats.EVERY_FEW_MONTHS}


@dataclass(frozen=True)
class Entry:
    """How often, on which weekdays (0 is Monday) and, beyond weeks, in which week of the month.

    ``every`` counts the weeks or months from one time to the next, ``month`` is that of a yearly
    rule by weekdays. Without weekdays a rule of months or years follows the date it starts on.
    ``rule`` is the rule itself where ``repeats`` is ``OWN_RULE``.
    """

    repeats: Repeats
    days: tuple = ()
    week: Week | None = None
    rule: str = ""
    every: int = 1
    month: int | None = None


def read(rrule):
    """Return the ``Entry`` of a rule of RFC 5545; an empty rule is a single date."""
    if not rrule:
        return Entry(Repeats.ONCE)
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    found = _read(parts) if set(parts) <= KNOWN_PARTS else None
    return found or Entry(Repeats.OWN_RULE, rule=rrule)


def write(entry):
    """Return the rule of an ``Entry``, such that ``read(write(entry)) == entry``."""
    days = [RRULE_DAYS[day] for day in sorted(entry.days)]
    numbered = [f"{int(entry.week)}{day}" for day in days] if entry.week else []
    match entry.repeats:
        case Repeats.DAILY:
            return "FREQ=DAILY"
        case Repeats.WEEKLY | Repeats.EVERY_TWO_WEEKS | Repeats.EVERY_FEW_WEEKS:
            return _rule("WEEKLY", entry.every, BYDAY=days)
        case Repeats.MONTHLY | Repeats.EVERY_FEW_MONTHS:
            return _rule("MONTHLY", entry.every, BYDAY=numbered)
        case Repeats.YEARLY:
            month = [str(entry.month)] if numbered else []
            return _rule("YEARLY", 1, BYMONTH=month, BYDAY=numbered)
        case Repeats.OWN_RULE:
            return entry.rule
    return ""


def rewritten(entry, rrule):
    """Return the rule of ``entry``: ``rrule`` to the letter if it says the same already."""
    return rrule if read(rrule) == entry else write(entry)


def sentence(schedule):
    """Say all about a schedule in one line: "jeden Mittwoch 9:30–11 Uhr, nicht in den Ferien"."""
    entry = read(schedule.rrule)
    parts = [f"{_how_often(entry, schedule.starts_on)} {schedule.hours_words}".strip()]
    if entry.repeats != Repeats.ONCE:
        parts += _between(schedule)
        if schedule.school_holidays != schedule.SchoolHolidays.KEEP:
            parts.append(str(schedule.get_school_holidays_display()))
        if schedule.public_holidays == schedule.PublicHolidays.KEEP:
            parts.append(str(schedule.get_public_holidays_display()))
    if schedule.note:
        parts.append(schedule.note)
    return languages.listed(parts)


def short(rrule, starts_on=None, weekdays=()):
    """Say in few words when a rule takes place: "Di, Do", "alle zwei Wochen Di"; "" for one date.

    ``weekdays`` are those it really falls on, for rules that say it with other words than days.
    """
    entry = read(rrule)
    if entry.repeats in {Repeats.OWN_RULE, Repeats.ONCE}:
        return ""
    if entry.repeats == Repeats.DAILY:
        return _now("täglich")
    if entry.repeats in IN_WEEKS:
        shown = [day for day in entry.days if day in weekdays] or entry.days
        if entry.repeats == Repeats.WEEKLY and len(shown) == len(RRULE_DAYS):
            return _now("täglich")
        days = languages.listed(WEEKDAYS_ABBR[day] for day in shown)
        return days if entry.every == 1 else f"{_every(entry)} {days}"
    return _how_often(entry, starts_on)


def weeks(every):
    """Return how a rule of so many weeks is called in the form."""
    return {1: Repeats.WEEKLY, 2: Repeats.EVERY_TWO_WEEKS}.get(every, Repeats.EVERY_FEW_WEEKS)


def months(every):
    """Return how a rule of so many months is called in the form."""
    return Repeats.MONTHLY if every == 1 else Repeats.EVERY_FEW_MONTHS


def _read(parts):
    """Return the entry of the parts of a rule, ``None`` if there is none."""
    frequency, days = parts.get("FREQ"), parts["BYDAY"].split(",") if "BYDAY" in parts else []
    every = int(parts.get("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdecimal() else 0
    if not 1 <= every <= MOST_BETWEEN or ("BYMONTH" in parts and frequency != "YEARLY"):
        return None
    if parts.get("WKST", "MO") != "MO":
        return None  # where weeks begin on Sundays, every two weeks are others
    found = None
    match frequency:
        case "DAILY":
            found = Entry(Repeats.DAILY) if every == 1 and not days else None
        case "WEEKLY" if days and set(days) <= set(RRULE_DAYS):
            found = Entry(weeks(every), _positions(days), every=every)
        case "MONTHLY":
            found = _read_numbered(months(every), days, every=every)
        case "YEARLY":
            found = _read_yearly(parts, days, every)
    return found


def _read_yearly(parts, days, every):
    month = parts.get("BYMONTH", "")
    if every != 1 or bool(days) != month.isdecimal():
        return None
    return _read_numbered(Repeats.YEARLY, days, month=int(month) if month else None)


def _read_numbered(repeats, days, **how):
    """Return the entry of days such as "1MO": none at all, or all in the same week."""
    if not days:
        return Entry(repeats, **how)
    found = [NUMBERED_DAY.fullmatch(day) for day in days]
    if not all(found) or any(one["day"] not in RRULE_DAYS for one in found):
        return None
    weeks = {int(one["week"]) for one in found}
    if len(weeks) > 1:
        return None
    return Entry(repeats, _positions(one["day"] for one in found), Week(weeks.pop()), **how)


def _positions(days):
    return tuple(sorted({RRULE_DAYS.index(day) for day in days}))


def _rule(frequency, every, **parts):
    said = {"FREQ": frequency} | ({"INTERVAL": str(every)} if every > 1 else {})
    said |= {name: ",".join(values) for name, values in parts.items() if values}
    return ";".join(f"{name}={value}" for name, value in said.items())


def _how_often(entry, starts_on):
    days = _listed([str(WEEKDAYS[day]) for day in entry.days])
    match entry.repeats:
        case Repeats.ONCE:
            return _now("einmal am %s") % date_format(starts_on, _now("l, j. F Y"))
        case Repeats.DAILY:
            return _now("täglich")
        case Repeats.WEEKLY:
            return _now("jeden %s") % days
        case Repeats.OWN_RULE:
            return _now("nach der Regel %s") % entry.rule
    if entry.repeats in IN_WEEKS:
        return _now("%(every)s am %(days)s") % {"every": _every(entry), "days": days}
    return _in_the_month(entry, days, starts_on)


def _in_the_month(entry, days, starts_on):
    """Say a rule of months or of a year: by weekdays, or by the date it starts on."""
    if entry.repeats == Repeats.MONTHLY and days:
        words = {"week": str(entry.week.label), "days": days}
        return _now("jeden %(week)s %(days)s im Monat") % words
    if entry.repeats == Repeats.YEARLY and days:
        words = {"week": str(entry.week.label), "days": days, "month": str(MONTHS[entry.month])}
        return _now("jedes Jahr am %(week)s %(days)s im %(month)s") % words
    if days:
        words = {"every": _every(entry), "week": str(entry.week.label), "days": days}
        return _now("%(every)s am %(week)s %(days)s") % words
    pattern = _now("j. F") if entry.repeats == Repeats.YEARLY else _now("j.")
    return _now("%(every)s am %(date)s") % {
        "every": _every(entry),
        "date": date_format(starts_on, pattern) if starts_on else "",
    }


def _every(entry):
    """Say how often: "alle zwei Wochen", "alle 3 Monate", "jedes Jahr"."""
    if entry.repeats == Repeats.EVERY_TWO_WEEKS:
        return _now("alle zwei Wochen")
    if entry.repeats == Repeats.YEARLY:
        return _now("jedes Jahr")
    if entry.repeats == Repeats.MONTHLY:
        return _now("jeden Monat")
    weeks = entry.repeats in IN_WEEKS
    return (_now("alle %d Wochen") if weeks else _now("alle %d Monate")) % entry.every


def _between(schedule):
    ends = [(_now("ab %s"), schedule.starts_on), (_now("bis %s"), schedule.ends_on)]
    return [words % date_format(day, _now("j. F Y")) for words, day in ends if day]


def _listed(words):
    """Join words as people list them: "Montag, Mittwoch und Freitag"."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return _now("%(first)s und %(last)s") % {
        "first": languages.listed(words[:-1]),
        "last": words[-1],
    }
