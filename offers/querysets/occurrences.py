"""Questions about times: which schedules fall into a slot, what takes place when."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

NOON = dt.time(12)
EVENING = dt.time(17)
PARTS_OF_THE_DAY = {
    "vormittag": (dt.time.min, NOON),
    "nachmittag": (NOON, EVENING),
    "abend": (EVENING, dt.time.max),
}


def in_part_of_day(part):
    """Return the condition that a schedule's hours touch a part of the day."""
    begins, ends = PARTS_OF_THE_DAY[part]
    goes_on = Q(end_time__gt=begins) | Q(end_time__lte=F("start_time"))  # over midnight
    return Q(start_time__lt=ends) & (Q(start_time__gte=begins) | goes_on)


class ScheduleQuerySet(models.QuerySet):
    def on_weekdays(self, weekdays):
        """Schedules with a coming date on one of the weekdays (0 is Monday)."""
        return self.filter(weekdays__overlap=list(weekdays))

    def at_parts_of_day(self, parts):
        """Schedules whose hours touch one of the parts of the day."""
        condition = Q()
        for part in parts:
            condition |= in_part_of_day(part)
        return self.filter(condition)

    def in_slot(self, weekdays=(), parts=()):
        """Coming schedules on one of the weekdays that touch one of the parts of the day.

        No weekday means any, no part means any: one schedule has to meet both.
        """
        found = self.coming()
        if weekdays:
            found = found.on_weekdays(weekdays)
        if parts:
            found = found.at_parts_of_day(parts)
        return found

    def coming(self):
        """Schedules that have a date within the months computed ahead."""
        return self.exclude(weekdays=[])

    def bound_to_school_holidays(self):
        return self.exclude(school_holidays=self.model.SchoolHolidays.KEEP)


class OccurrenceQuerySet(models.QuerySet):
    def upcoming(self, at=None):
        """Dates that are not over at a moment (now by default), soonest first."""
        at = at or timezone.now()
        today = timezone.localdate(at)
        over = Q(ends_at__lte=at) | Q(ends_at=None, day__lt=today)
        return (
            self.filter(day__gte=today - dt.timedelta(days=1))
            .exclude(over)
            .order_by("starts_at", "pk")
        )

    def on(self, day):
        return self.filter(day=day)

    def of_published_offers(self):
        from offers.models import Offer  # models import this module

        return self.filter(offer__in=Offer.objects.published())

    def to_go_to(self):
        """Dates at which something takes place; the hours of offices and phones are left out."""
        return self.exclude(schedule__place__mode__in=["phone", "unknown"])

    def timed_first(self):
        """In order of time; where only the day is known, at the end."""
        return self.order_by("-has_time", "starts_at", "pk")

    def first_of_each_offer(self):
        return self.order_by("offer_id", "starts_at", "pk").distinct("offer_id")

    def for_list(self):
        """Load all that a list of dates reads."""
        return self.select_related("offer", "schedule__place__location__district")
