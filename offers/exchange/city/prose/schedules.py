"""Read German times, "Di, Do 14:30-17:30", as schedules; only where they are certain.

What cannot be read with certainty stays text. That is so for old times ("2020: …", "(alt)"),
examples ("z.B. …"), seasons without dates ("Sommer, …") and vague times ("Do nachmittags").
Of "Mo, Di, Do 8-12; Do nachmittags" a family can rely on the mornings: they are read, and the
rest is kept as text beside them. If what is left casts doubt on all ("Stand 2019"), nothing is.
"""

import datetime as dt
import re
from dataclasses import dataclass

from offers.models import Schedule
from offers.models.schedule import LAST_MINUTE, MIDNIGHT

PublicHolidays, SchoolHolidays = Schedule.PublicHolidays, Schedule.SchoolHolidays

SHORT_DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
LONG_DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
RRULE_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
PHONE = "Telefon"
EVENING, MORNING = dt.time(18), dt.time(8)

_DAY = "(?:{})".format(
    "|".join(
        f"(?:{long}|{long.lower()})s?|{short}"
        for long, short in zip(LONG_DAYS, SHORT_DAYS, strict=True)
    )
)
_DAY_RANGE = rf"{_DAY}(?: ?[-–] ?{_DAY})?"
_DAYS = rf"(?P<days>{_DAY_RANGE}(?:(?: ?, ?| ?/ ?| und ){_DAY_RANGE})*)"
_CLOCK = r"[0-9]{1,2}(?::[0-9]{2})?"
_SPAN = rf"{_CLOCK} ?[-–] ?{_CLOCK}"
_HOURS = rf"(?P<hours>(?:{_SPAN}(?: und {_SPAN})*|ab {_CLOCK}|{_CLOCK}(?= Uhr))(?: Uhr)?)"
_NOTE = r"(?: \((?P<note>[^();]{1,200})\))?"
_PLACE = r"(?: (?P<place>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]{2,39}))?"
_SKIP = r"(?P<skip>,? (?:nicht|außer) in den (?:Ferien|Schulferien))?"
_ONLY = r"(?P<only>(?:Ferien|Schulferien|in den Ferien|nur in den Ferien),? )?"

WEEKLY = re.compile(rf"{_ONLY}{_DAYS}(?:,? {_HOURS})?{_PLACE}{_SKIP}{_NOTE}")
_WEEK = r"(?:jeden )?(?P<week>[1-4])\. "
MONTHLY = re.compile(rf"{_WEEK}(?P<days>{_DAY}) im Monat(?:,? {_HOURS})?{_PLACE}{_SKIP}{_NOTE}")
_DATE = r"(?P<date>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})"
SINGLE = re.compile(rf"(?:(?P<weekday>{_DAY}),? )?{_DATE}(?:,? {_HOURS})?{_NOTE}")
AROUND_THE_CLOCK = re.compile(r"24 Stunden|rund um die Uhr|24/7")
ON_THE_PHONE = re.compile(rf"(?:{PHONE}|telefonisch):? ")
DOUBT = re.compile(
    r"[0-9]{4}|\?|\b(?:alte?|vermutlich|unsicher|ca|etwa|früher|üblich|Stand)\b|z\. ?B\.",
    re.IGNORECASE,
)
EXAMPLE_OR_OLD = re.compile(r"[0-9]{4}:|.*z\. ?B\.")


@dataclass(frozen=True)
class ReadSchedule:
    """One schedule as read: on ``days`` of the week (0 is Monday), or on one ``date``.

    ``week`` is the week of the month in which alone it takes place, 0 for each. ``where`` is the
    word that says at which place of the offer, or that it is by phone.
    """

    days: tuple = ()
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    school_holidays: str = SchoolHolidays.KEEP
    where: str = ""
    note: str = ""
    week: int = 0

    @property
    def is_around_the_clock(self):
        return (self.start, self.end) == (MIDNIGHT, LAST_MINUTE)

    @property
    def public_holidays(self):
        return PublicHolidays.KEEP if self.is_around_the_clock else PublicHolidays.SKIP

    @property
    def rrule(self):
        if self.date:
            return ""
        if self.week:
            return f"FREQ=MONTHLY;BYDAY={self.week}{RRULE_DAYS[self.days[0]]}"
        if len(self.days) == len(RRULE_DAYS):
            return "FREQ=DAILY"
        return "FREQ=WEEKLY;BYDAY=" + ",".join(RRULE_DAYS[day] for day in self.days)


@dataclass(frozen=True)
class Reading:
    """What was read with certainty, and the text that was not."""

    schedules: tuple = ()
    rest: str = ""


def read(text):
    """Return the ``Reading`` of a text; never raises."""
    text = " ".join(text.split())
    if EXAMPLE_OR_OLD.match(text):
        return Reading(rest=text)
    schedules, unread, where = [], [], ""
    for segment in filter(None, (part.strip() for part in text.split(";"))):
        if spoken := ON_THE_PHONE.match(segment):
            where = PHONE
        found = _segment(segment[spoken.end() :] if spoken else segment, where)
        schedules += found
        unread += [] if found else [segment]
    if any(DOUBT.search(segment) for segment in unread):
        return Reading(rest=text)
    return Reading(tuple(schedules), "; ".join(unread))


def say(schedules):
    """Return the text that ``read`` reads as these schedules."""
    return "; ".join(_words(schedule) for schedule in schedules)


def _segment(text, where):
    """Return the schedules that one part between semicolons means, none if it is not certain."""
    if AROUND_THE_CLOCK.fullmatch(text):
        return [ReadSchedule(tuple(range(7)), None, MIDNIGHT, LAST_MINUTE, where=where)]
    try:
        if found := SINGLE.fullmatch(text):
            return _single(found, where)
        if found := WEEKLY.fullmatch(text):
            return _weekly(found, where)
        if found := MONTHLY.fullmatch(text):
            return _monthly(found, where)
    except ValueError:  # there is no such date or hour
        pass
    return []


def _single(found, where):
    day, month, year = map(int, found["date"].split("."))
    date = dt.date(year, month, day)
    if found["weekday"] and _day(found["weekday"]) != date.weekday():
        return []
    note = (found["note"] or "").strip()
    return [
        ReadSchedule((), date, start, end, where=where, note=note)
        for start, end in _hours(found["hours"])
    ]


def _weekly(found, where):
    note = (found["note"] or "").strip()
    if DOUBT.search(note) or (found["only"] and found["skip"]):
        return []
    holidays = SchoolHolidays.KEEP
    if found["only"] or found["skip"]:
        holidays = SchoolHolidays.ONLY if found["only"] else SchoolHolidays.SKIP
    days = _days(found["days"])
    place = found["place"] or where
    return [
        ReadSchedule(days, None, start, end, holidays, place, note)
        for start, end in _hours(found["hours"])
    ]


def _monthly(found, where):
    note = (found["note"] or "").strip()
    if DOUBT.search(note):
        return []
    holidays = SchoolHolidays.SKIP if found["skip"] else SchoolHolidays.KEEP
    week, days, place = int(found["week"]), _days(found["days"]), found["place"] or where
    return [
        ReadSchedule(days, None, start, end, holidays, place, note, week)
        for start, end in _hours(found["hours"])
    ]


def _days(text):
    days = set()
    for part in re.split(r" ?, ?| ?/ ?| und ", text):
        ends = [_day(end) for end in re.split(r" ?[-–] ?", part)]
        if len(ends) > 1 and ends[0] == ends[1]:
            raise ValueError(part)
        length = (ends[-1] - ends[0]) % len(SHORT_DAYS)
        days |= {(ends[0] + step) % len(SHORT_DAYS) for step in range(length + 1)}
    return tuple(sorted(days))


def _day(text):
    return SHORT_DAYS.index(text[:2].capitalize())


def _hours(text):
    """Return pairs of start and end; one pair of ``None`` if no hours are said."""
    if not text:
        return [(None, None)]
    pairs = []
    for span in text.removesuffix(" Uhr").split(" und "):
        start, *end = (_time(clock) for clock in re.split(r" ?[-–] ?", span.removeprefix("ab ")))
        pairs.append((start, _end(start, end[0], span) if end else None))
    return pairs


def _end(start, end, span):
    """Return when hours end. In a list "22-6" is a night; "17-9" may as well be a slip."""
    if (start, end) == (MIDNIGHT, MIDNIGHT):
        return LAST_MINUTE
    if end > start or end == MIDNIGHT or (start >= EVENING and end <= MORNING):
        return end
    raise ValueError(span)


def _time(text):
    hour, _, minute = text.partition(":")
    if (hour, minute or "00") == ("24", "00"):
        return MIDNIGHT
    return dt.time(int(hour), int(minute or 0))


def _words(schedule):
    on_the_phone = f"{PHONE} " if schedule.where == PHONE else ""
    if schedule.is_around_the_clock and not schedule.date and len(schedule.days) == len(SHORT_DAYS):
        return f"{on_the_phone}24 Stunden"
    if schedule.date:
        weekday = LONG_DAYS[schedule.date.weekday()]
        when = f"{weekday} {schedule.date.day}.{schedule.date.month}.{schedule.date.year:04}"
    elif schedule.week:
        when = f"jeden {schedule.week}. {LONG_DAYS[schedule.days[0]]} im Monat"
    else:
        only = "Ferien, " if schedule.school_holidays == SchoolHolidays.ONLY else ""
        when = only + ", ".join(SHORT_DAYS[day] for day in schedule.days)
    place = f" {schedule.where}" if schedule.where not in ("", PHONE) else ""
    skip = ", nicht in den Ferien" if schedule.school_holidays == SchoolHolidays.SKIP else ""
    note = f" ({schedule.note})" if schedule.note else ""
    return f"{on_the_phone}{when}{_clock_words(schedule)}{place}{skip}{note}"


def _clock_words(schedule):
    if schedule.start is None:
        return ""
    if schedule.end is None:
        return f" ab {schedule.start:%H:%M} Uhr"
    end = "24:00" if schedule.end == MIDNIGHT else f"{schedule.end:%H:%M}"
    return f" {schedule.start:%H:%M}-{end}"
