"""Turn recurrence rules into dates, for the months ahead.

"What takes place today" is then one indexed query. The rows are renewed whenever a
schedule, an exception, the holidays or the closing days change or somebody confirms the
offer, and every night by a task, so that the horizon moves along and sources grow old.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import holidays
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.batches import batched
from offers.models import ClosingDay, Occurrence, Offer, Schedule, SchoolHoliday
from offers.models.schedule import ends_next_day
from offers.recurrence.rules import days_between

MONTHS_AHEAD = 12
DATES_A_SCHEDULE = 400
SCHEDULES_A_BATCH = 500


@dataclass
class Calendar:
    """The days that schedules may skip, each with its name, from ``first`` to ``last``."""

    first: dt.date
    last: dt.date
    public_holidays: dict = field(default_factory=dict)
    school_holidays: dict = field(default_factory=dict)
    closed: dict = field(default_factory=dict)  # by institution; ``None`` is the whole city

    @classmethod
    def from_today(cls, today=None):
        """Load the calendar of the city's state for the months ahead of ``today``."""
        first = today or timezone.localdate()
        last = first + relativedelta(months=MONTHS_AHEAD)
        region = settings.CITY["region"]
        years = range(first.year, last.year + 1)
        public = holidays.country_holidays(
            region["holidays_country"],
            subdiv=region["holidays_subdivision"],
            years=years,
            language=settings.LANGUAGE_CODE,
        )
        school = {}
        for stretch in SchoolHoliday.objects.filter(last_on__gte=first, first_on__lte=last):
            school |= dict.fromkeys(_days(stretch.first_on, stretch.last_on), stretch.name)
        closed = defaultdict(dict)
        for closing in ClosingDay.objects.all():
            for stretch in closing.stretches(first, last):
                closed[closing.institution_id] |= dict.fromkeys(_days(*stretch), closing.name)
        return cls(first, last, dict(public), school, dict(closed))

    def why_off(self, schedule, day):
        """Return what keeps a schedule from a day, as far as the calendar decides; else ``None``.

        What takes place on public holidays too does so on the closing days of the city, never
        on those of its institution.
        """
        offer = schedule.place.offer if schedule.place.offer_id else Offer()  # none yet: a preview
        if offer.provider_id and day in self.closed.get(offer.provider_id, {}):
            return self.closed[offer.provider_id][day]
        if schedule.public_holidays == Schedule.PublicHolidays.SKIP:
            if day in self.public_holidays:
                return self.public_holidays[day]
            if day in self.closed.get(None, {}):
                return self.closed[None][day]
        if schedule.school_holidays == Schedule.SchoolHolidays.SKIP:
            return self.school_holidays.get(day)
        if schedule.school_holidays == Schedule.SchoolHolidays.ONLY:
            return None if day in self.school_holidays else _("keine Schulferien")
        return None


def due_days(schedule, calendar):
    """Return the days of a schedule's rule within the calendar, in order, holidays or not.

    A schedule never runs before its offer is valid, nor after.
    """
    offer = schedule.place.offer if schedule.place.offer_id else Offer()  # none yet: a preview
    first = max(filter(None, [calendar.first, schedule.starts_on, offer.valid_from]))
    last = min(filter(None, [calendar.last, schedule.ends_on, offer.valid_to]))
    if not schedule.rrule:
        return [schedule.starts_on] if first <= schedule.starts_on <= last else []
    days = days_between(schedule.rrule, schedule.starts_on or calendar.first, first, last)
    return days[:DATES_A_SCHEDULE]


def days_of(schedule, calendar):
    """Return the days on which a schedule takes place within the calendar, in order."""
    due = due_days(schedule, calendar)
    return [day for day in due if calendar.why_off(schedule, day) is None]


def withholds(schedule, calendar):
    """Whether no date follows from a schedule: it repeats, but only an old page says so."""
    offer = schedule.place.offer
    return bool(schedule.rrule and offer.old_sources_of_times(calendar.first))


def occurrences_of(schedule, calendar):
    """Return the unsaved occurrences of a schedule within the calendar."""
    exceptions = list(schedule.exceptions.all()) if schedule.pk else []
    found = []
    for day in days_of(schedule, calendar):
        hours = _hours_on(day, schedule, exceptions)
        if hours is not None:
            found.append(_occurrence(schedule, day, *hours))
    return found


@transaction.atomic
def renew(schedules, today=None):
    """Replace the coming occurrences of a queryset of schedules.

    Returns the number of occurrences that now stand.
    """
    calendar = Calendar.from_today(today)
    schedules = schedules.select_related("place__offer").prefetch_related(
        "exceptions", "place__offer__sources"
    )
    count = 0
    in_order = schedules.select_for_update(of=["self"]).order_by("pk")
    for batch in batched(in_order, SCHEDULES_A_BATCH):
        rows = []
        for schedule in batch:
            dates = [] if withholds(schedule, calendar) else occurrences_of(schedule, calendar)
            schedule.weekdays = sorted({date.day.weekday() for date in dates})
            rows.extend(dates)
        Occurrence.objects.filter(schedule__in=batch).delete()
        Occurrence.objects.bulk_create(rows, batch_size=2000)
        Schedule.objects.bulk_update(batch, ["weekdays"])
        count += len(rows)
    return count


def _hours_on(day, schedule, exceptions):
    """Return start and end on a day, or ``None`` if an exception cancels it."""
    for exception in exceptions:
        if exception.first_on <= day <= exception.last_on:
            if exception.start_time is None:
                return None
            return exception.start_time, exception.end_time
    return schedule.start_time, schedule.end_time


def _occurrence(schedule, day, start, end):
    return Occurrence(
        schedule=schedule,
        offer_id=schedule.place.offer_id,
        day=day,
        starts_at=_moment(day, start or dt.time.min),
        ends_at=_moment(_last_day(day, start, end), end) if end is not None else None,
        has_time=start is not None,
    )


def _last_day(day, start, end):
    return day + dt.timedelta(days=1) if ends_next_day(start, end) else day


def _moment(day, time):
    return dt.datetime.combine(day, time, tzinfo=timezone.get_default_timezone())


def _days(first, last):
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
