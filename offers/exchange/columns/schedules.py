"""A schedule in a cell, part by part as the form of the office asks for it.

"jede Woche; Di, Do; 14:30–17:30; nicht in den Schulferien; Hinweis: im Saal". Further parts are
"Ort 2" in front (of several places), "vom 2026-01-07", "bis 2026-06-30", "auch an Feiertagen" and
"außer 2026-05-01 bis 2026-05-03 10–12 (Maifest)", where hours say when it is instead.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import as_kept
from kekiz_portal.lib.tables.readings import SHOWN, date
from offers.models import Schedule, ScheduleException
from offers.models.schedule import clock, clock_of_end
from offers.recurrence import entry as recurrence
from offers.recurrence.entry import IN_WEEKS, NUMBERED, Entry, Repeats, Week
from offers.schedules.form import ClockField, EndClockField

from .readings import DAY

PublicHolidays, SchoolHolidays = Schedule.PublicHolidays, Schedule.SchoolHolidays

CLOCK = "[0-9]{1,2}(?::[0-9]{2})?"
TIMES = rf"(?P<start>{CLOCK})–(?P<end>{CLOCK})|ab (?P<open>{CLOCK}) Uhr"
HOURS = re.compile(TIMES)
PLACE = re.compile("Ort (?P<number>[0-9]{1,3})")
RULE = re.compile("Regel (?P<rule>[A-Z=,0-9 +-]+)")
EXCEPTION = re.compile(
    rf"außer (?P<first>{DAY})(?: bis (?P<last>{DAY}))?(?: (?:{TIMES}))?(?: \((?P<reason>.*)\))?",
    re.DOTALL,
)
NOTE = re.compile("Hinweis: (?P<note>.*)", re.DOTALL)
FIRST, LAST = re.compile("vom (?P<day>.*)"), re.compile("bis (?P<day>.*)")


@dataclass(frozen=True)
class Planned:
    """An unsaved schedule with its exceptions, and the number of its place, the first being 1."""

    schedule: Schedule
    exceptions: list = field(default_factory=list)
    place: int = 1


def cell(places):
    """Return the cell that says the prefetched schedules of places, given in order."""
    said = [
        several.row(_parts(schedule, number))
        for number, place in enumerate(places, start=1)
        for schedule in place.schedules.all()
    ]
    return several.joined(said)


def planned(text):
    """Return the ``Planned`` schedules of a cell. Raises ``ValidationError``."""
    return [_Reader(parts).read() for parts in several.rows(text)]


def _parts(schedule, place):
    parts = [f"Ort {place}"] if place > 1 else []
    parts += _rule(schedule.rrule)
    if schedule.start_time is not None:
        parts.append(_hours(schedule.start_time, schedule.end_time))
    parts += [f"vom {schedule.starts_on}"] if schedule.starts_on else []
    parts += [f"bis {schedule.ends_on}"] if schedule.ends_on else []
    if schedule.school_holidays != SchoolHolidays.KEEP:
        parts.append(str(schedule.get_school_holidays_display()))
    if schedule.public_holidays != PublicHolidays.SKIP:
        parts.append(str(schedule.get_public_holidays_display()))
    parts += [_exception(one) for one in schedule.exceptions.all()]
    note = as_kept(schedule.note)
    return [*parts, f"Hinweis: {note}"] if note else parts


def _rule(rrule):
    """Return how often a rule is, and on which days, in words ``_Reader`` knows."""
    entry = recurrence.read(rrule)
    if entry.repeats == Repeats.OWN_RULE or recurrence.write(entry) != rrule:
        return [f"Regel {rrule.replace(';', ' ')}"]
    parts = [str(entry.repeats.label).replace("…", str(entry.every))]
    if entry.days:
        week = f"am {entry.week.label} " if entry.week else ""
        parts.append(week + ", ".join(str(WEEKDAYS_ABBR[day]) for day in entry.days))
    return [*parts, f"im {MONTHS[entry.month]}"] if entry.month else parts


def _hours(start, end):
    if end is None:
        return f"ab {clock(start)} Uhr"
    return f"{clock(start)}–{clock_of_end(end)}"


def _exception(one):
    last = f" bis {one.last_on}" if one.last_on != one.first_on else ""
    hours = f" {_hours(one.start_time, one.end_time)}" if one.start_time is not None else ""
    reason = f" ({as_kept(one.reason)})" if as_kept(one.reason) else ""
    return f"außer {one.first_on}{last}{hours}{reason}"


class _Reader:
    """Reads the parts of one schedule, in whatever order they stand."""

    def __init__(self, parts):
        self.said = [part for part in parts if part]
        self.place, self.repeats, self.rule = 1, None, ""
        self.how = {}  # of the entry
        self.schedule, self.exceptions = Schedule(), []

    def read(self):
        ways = (self._by_pattern, self._repeats, self._days, self._month, self._holidays)
        for part in self.said:
            if not any(takes(part) for takes in ways):
                words = _("„%s“ sagt nichts über einen Termin.")
                raise ValidationError(words % part[:SHOWN])
        self.schedule.rrule = self._written()
        self.schedule.clean_fields(exclude=["place"])
        for one in self.exceptions:
            one.clean_fields(exclude=["schedule"])
        return Planned(self.schedule, self.exceptions, self.place)

    def _written(self):
        if self.rule:
            return self.rule
        if self.repeats is None:
            words = _("„%s“: Wie oft? Etwa „jede Woche“ oder „einmal“.")
            raise ValidationError(words % several.row(self.said)[:SHOWN])
        if self.repeats in IN_WEEKS and not self.how.get("days"):
            words = _("„%s“: An welchen Tagen?")
            raise ValidationError(words % several.row(self.said)[:SHOWN])
        return recurrence.write(Entry(self.repeats, **self.how))

    def _by_pattern(self, part):
        """Take what a pattern finds in a part; whether one does."""
        for pattern, take in (
            (PLACE, self._place),
            (NOTE, self._note),
            (HOURS, self._own_hours),
            (FIRST, self._first_day),
            (LAST, self._last_day),
            (EXCEPTION, self._exception),
            (RULE, self._own_rule),
        ):
            if found := pattern.fullmatch(part):
                take(found)
                return True
        return False

    def _place(self, found):
        self.place = int(found["number"])

    def _note(self, found):
        self.schedule.note = found["note"]

    def _own_hours(self, found):
        self.schedule.start_time, self.schedule.end_time = _clocks(found)

    def _first_day(self, found):
        self.schedule.starts_on = _day(found["day"])

    def _last_day(self, found):
        self.schedule.ends_on = _day(found["day"])

    def _exception(self, found):
        start, end = _clocks(found)
        first = _day(found["first"])
        self.exceptions.append(
            ScheduleException(
                first_on=first,
                last_on=_day(found["last"]) if found["last"] else first,
                start_time=start,
                end_time=end,
                reason=found["reason"] or "",
            )
        )

    def _own_rule(self, found):
        self.rule = found["rule"].strip().replace(" ", ";")

    def _repeats(self, part):
        for one in Repeats:
            label = re.escape(str(one.label))
            found = re.fullmatch(label.replace("…", "(?P<every>[0-9]{1,2})"), part)
            if found:
                self.repeats = one
                fixed = {Repeats.EVERY_TWO_WEEKS: 2}
                every = int(found["every"]) if one in NUMBERED else fixed.get(one, 1)
                self.how["every"] = every
                return True
        return False

    def _days(self, part):
        week, days = None, part
        if part.startswith("am "):
            word, _space, days = part.removeprefix("am ").partition(" ")
            week = next((one for one in Week if str(one.label) == word), None)
        known = {str(name): day for day, name in WEEKDAYS_ABBR.items()}
        found = [known.get(name.strip()) for name in days.split(",")]
        if None in found or (week is None and days != part):
            return False
        self.how |= {"days": tuple(sorted(set(found))), "week": week}
        return True

    def _month(self, part):
        months = {f"im {name}": number for number, name in MONTHS.items()}
        if part in months:
            self.how["month"] = months[part]
        return part in months

    def _holidays(self, part):
        for name, choices in (
            ("school_holidays", SchoolHolidays),
            ("public_holidays", PublicHolidays),
        ):
            by_label = {str(one.label): one for one in choices}
            if part in by_label:
                setattr(self.schedule, name, by_label[part])
                return True
        return False


def _clocks(found):
    """Return start and end as the fields of the form read them."""
    if found["open"]:
        return ClockField().clean(found["open"]), None
    if not found["start"]:
        return None, None
    return ClockField().clean(found["start"]), EndClockField().clean(found["end"])


def _day(text):
    return dt.date.fromisoformat(date(text))
