"""When an offer takes place: rules and their exceptions."""

import datetime as dt
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import dates
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.history.recording import tracked
from offers.models.place import OfferPlace
from offers.protection.protected_addresses import KeepsAddressesSecret
from offers.recurrence.entry import short
from offers.recurrence.rules import (
    COUNTS_FROM_ITS_START,
    is_every_week,
    validate_rrule,
    weekdays_of,
)

NOON = dt.time(12)
EVENING = dt.time(17)
# When each begins and ends, and after when hours that began before it have to end to touch it: what
# ends at half past twelve is no afternoon, and what children do until six no evening.
PARTS_OF_THE_DAY = {
    "vormittag": (dt.time.min, NOON, dt.time.min),
    "nachmittag": (NOON, EVENING, dt.time(13)),
    "abend": (EVENING, dt.time.max, dt.time(18, 30)),
}


def in_part_of_day(part):
    """Return the condition that a schedule's hours touch a part of the day."""
    begins, ends, lasts = PARTS_OF_THE_DAY[part]
    goes_on = Q(end_time__gt=lasts) | Q(end_time__lte=F("start_time"))  # over midnight
    return Q(start_time__lt=ends) & (Q(start_time__gte=begins) | goes_on)


def parts_touched(start, end):
    """Return the parts of the day that hours touch, as ``in_part_of_day`` asks the database."""
    if start is None:
        return []
    goes_on_at_night = end is not None and end <= start
    return [
        part
        for part, (begins, ends, lasts) in PARTS_OF_THE_DAY.items()
        if start < ends and (start >= begins or goes_on_at_night or (end and end > lasts))
    ]


class ScheduleQuerySet(models.QuerySet):
    def in_slot(self, weekdays, parts):
        """Coming schedules on a weekday (0 is Monday) whose hours touch a part of the day.

        No weekday means any, no part means any: one schedule has to meet both.
        """
        found = self.coming()
        if weekdays:
            found = found.filter(weekdays__overlap=list(weekdays))
        return found.filter(reduce(or_, map(in_part_of_day, parts), Q()))

    def coming(self):
        """Schedules that have a date within the months computed ahead."""
        return self.exclude(weekdays=[])

    def bound_to_school_holidays(self):
        return self.exclude(school_holidays=self.model.SchoolHolidays.KEEP)


DAYS_A_WEEK = 7
MIDNIGHT = dt.time(0, 0)
EARLIEST = dt.date(2000, 1, 1)  # dates are counted from the first one, day by day
LAST_MINUTE = dt.time(23, 59)

# After its start, at midnight, or from an afternoon to the next morning: 11–10 is a slip.
_ENDS_RIGHTLY = (
    Q(end_time__gt=F("start_time"))
    | Q(end_time=MIDNIGHT, start_time__gt=MIDNIGHT)
    | Q(start_time__gte=NOON, end_time__lt=NOON)
)
HOURS_IN_ORDER = Q(end_time=None) | (Q(start_time__isnull=False) & _ENDS_RIGHTLY)
NOT_IN_ORDER = _(
    "Die Uhrzeit „bis“ muss nach „von“ liegen. Über Mitternacht geht es vom Nachmittag bis "
    "zum nächsten Vormittag."
)


def days_in_order(name):
    """Return the constraint that a stretch of days does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(last_on__gte=F("first_on")),
        name=name,
        violation_error_message=_("Der letzte Tag darf nicht vor dem ersten liegen."),
    )


class Schedule(KeepsAddressesSecret, models.Model):
    """When an offer takes place at one of its places.

    ``rrule`` is an RFC 5545 rule without DTSTART, such as ``FREQ=WEEKLY;BYDAY=TU,TH``;
    without one the schedule is the single date ``starts_on``. A rule whose days follow
    from its first date needs one: counted from today, they would move every night. Times
    are local. No time at all means: the day is known, the hour is not.
    """

    class PublicHolidays(models.TextChoices):
        SKIP = "skip", _("fällt an Feiertagen aus")
        KEEP = "keep", _("auch an Feiertagen")

    class SchoolHolidays(models.TextChoices):
        KEEP = "keep", _("auch in den Schulferien")
        SKIP = "skip", _("nicht in den Schulferien")
        ONLY = "only", _("nur in den Schulferien")

    place = models.ForeignKey(OfferPlace, on_delete=models.CASCADE, related_name="schedules")
    rrule = models.CharField(
        _("Wiederholung"), max_length=200, blank=True, validators=[validate_rrule]
    )
    starts_on = models.DateField(_("ab"), null=True, blank=True)
    ends_on = models.DateField(_("bis"), null=True, blank=True)
    start_time = models.TimeField(_("von"), null=True, blank=True)
    end_time = models.TimeField(_("bis Uhrzeit"), null=True, blank=True)
    public_holidays = models.CharField(
        _("Feiertage"), max_length=4, choices=PublicHolidays, default=PublicHolidays.SKIP
    )
    school_holidays = models.CharField(
        _("Schulferien"), max_length=4, choices=SchoolHolidays, default=SchoolHolidays.KEEP
    )
    note = models.CharField(_("Hinweis"), max_length=200, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, editable=False
    )

    objects = ScheduleQuerySet.as_manager()
    history = tracked(excluded_fields=["weekdays"])

    class Meta:
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")
        ordering = ["start_time", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rrule="") | Q(starts_on__isnull=False),
                name="schedule_repeats_or_has_a_date",
                violation_error_message=_("Geben Sie ein Datum oder eine Wiederholung an."),
            ),
            models.CheckConstraint(
                condition=Q(rrule="") | Q(starts_on__isnull=False) | ~COUNTS_FROM_ITS_START,
                name="schedule_counts_from_a_first_date",
                violation_error_message=_(
                    "Diese Wiederholung zählt vom ersten Termin an. Tragen Sie das erste Datum ein."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rrule=Upper("rrule")), name="schedule_rule_in_capitals"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__gte=EARLIEST),
                name="schedule_starts_in_this_century",
                violation_error_message=_("Das erste Datum liegt zu weit zurück."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="schedule_ends_after_it_starts",
                violation_error_message=_("Das letzte Datum darf nicht vor dem ersten liegen."),
            ),
            models.CheckConstraint(
                condition=HOURS_IN_ORDER,
                name="schedule_hours_in_order",
                violation_error_message=NOT_IN_ORDER,
            ),
        ]

    def __str__(self):
        return f"{self.rrule or self.starts_on} {self.hours_words}".strip()

    def save(self, *args, **kwargs):
        self.rrule = self.rrule.upper()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.rrule = self.rrule.upper()  # before the constraints look at it

    @property
    def words(self):
        """The rule as read: "Di, Do 14:30–17:30 Uhr, nicht in den Schulferien"; a date has none."""
        parts = self._said()
        return languages.listed(filter(None, [*parts, self.note])) if parts else ""

    @property
    def marked(self):
        """``words`` as markup that says that a note is German."""
        parts = [escape(one) for one in self._said()]
        note = languages.marked_german(self.note)
        words = languages.listed(filter(None, [*parts, note])) if parts else ""
        return mark_safe(words)  # noqa: S308 - each is escaped

    def _said(self):
        is_withheld = bool(self.place_id) and self.place.offer.withholds_dates
        how_often = self._how_often() if self.weekdays or is_withheld else ""
        if not how_often:
            return []  # nothing is to come, or the dates say it
        parts = [f"{how_often} {self.hours_words}".strip()]
        if self.school_holidays != self.SchoolHolidays.KEEP:
            parts.append(str(self.get_school_holidays_display()))
        return parts

    def _how_often(self):
        """Say the rule; weekdays only as far as there is a date on them, where dates are known."""
        if not is_every_week(self.rrule):
            return short(self.rrule, self.starts_on, self.weekdays)
        weekdays = self.weekdays or weekdays_of(self.rrule)
        days = [str(dates.WEEKDAYS_ABBR[day]) for day in weekdays]
        return str(_("täglich")) if len(days) == DAYS_A_WEEK else languages.listed(days)

    @property
    def is_around_the_clock(self):
        return (self.start_time, self.end_time) == (MIDNIGHT, LAST_MINUTE)

    @property
    def hours_words(self):
        """The hours as read: "9:30–11 Uhr", "ab 13 Uhr", "rund um die Uhr"."""
        if self.start_time is None:
            return ""
        if self.is_around_the_clock:
            return str(_("rund um die Uhr"))
        if self.end_time is None:
            return str(_("ab %s Uhr")) % clock(self.start_time)
        words = {"start": clock(self.start_time), "end": clock_of_end(self.end_time)}
        if self.end_time != MIDNIGHT and ends_next_day(self.start_time, self.end_time):
            return str(_("%(start)s Uhr bis %(end)s Uhr am nächsten Tag")) % words
        return str(_("%(start)s–%(end)s Uhr")) % words

    def own_places(self):
        return self.place.own_places() if self.place_id else None


def clock(time):
    """Say a time of day the German way: "9:30", and "9" for nine sharp."""
    return f"{time.hour}:{time.minute:02}" if time.minute else str(time.hour)


def clock_of_end(time):
    """Say when something ends: midnight is the end of its day, "24"."""
    return "24" if time == MIDNIGHT else clock(time)


def ends_next_day(start, end):
    """Whether hours run over midnight, or until it."""
    return end <= start


class ScheduleException(KeepsAddressesSecret, models.Model):
    """Days on which a schedule is off, or has other hours."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="exceptions")
    first_on = models.DateField(_("vom"))
    last_on = models.DateField(_("bis einschließlich"))
    start_time = models.TimeField(_("stattdessen von"), null=True, blank=True)
    end_time = models.TimeField(_("stattdessen bis"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=120, blank=True)

    history = tracked()

    class Meta:
        verbose_name = _("Ausnahme")
        verbose_name_plural = _("Ausnahmen")
        ordering = ["first_on", "pk"]
        constraints = [
            days_in_order("schedule_exception_days_in_order"),
            models.CheckConstraint(
                condition=HOURS_IN_ORDER,
                name="schedule_exception_hours_in_order",
                violation_error_message=NOT_IN_ORDER,
            ),
        ]

    def __str__(self):
        return f"{self.first_on} – {self.last_on}"

    def own_places(self):
        return self.schedule.own_places() if self.schedule_id else None


class SchoolHoliday(KeepsAddressesSecret, models.Model):
    """One stretch of school holidays of the state, both days included."""

    name = models.CharField(_("Name"), max_length=80)
    first_on = models.DateField(_("erster Tag"), unique=True)
    last_on = models.DateField(_("letzter Tag"))
    source = models.CharField(_("Quelle"), max_length=300)

    class Meta:
        verbose_name = _("Schulferien")
        verbose_name_plural = _("Schulferien")
        ordering = ["first_on"]
        constraints = [days_in_order("school_holiday_days_in_order")]

    def __str__(self):
        return f"{self.name} {self.first_on.year}"
