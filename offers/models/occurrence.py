"""The coming dates of schedules."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.times import day_words, minute
from offers import models as others  # which import this module: read when asked

from .offer import Offer
from .schedule import Schedule, clock, clock_of_end
from .translation import loaded_here


def when_words(occurrence):
    """Say when something takes place: "Mi, 25. November, 9:30–11 Uhr"."""
    start = timezone.localtime(occurrence.starts_at)
    day = day_words(start)
    if not occurrence.has_time:
        return day
    hours = clock(start)
    if occurrence.ends_at:
        hours = f"{hours}–{clock_of_end(timezone.localtime(occurrence.ends_at).time())}"
    return _now("%(day)s, %(hours)s Uhr") % {"day": day, "hours": hours}


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

    def of_published_offers(self):
        return self.filter(offer__in=others.Offer.objects.published())

    def to_go_to(self):
        """Dates at which something takes place; the hours of offices and phones are left out."""
        return self.exclude(schedule__place__mode__in=["phone", "unknown"])

    def to_call(self):
        """The hours of telephones."""
        return self.filter(schedule__place__mode="phone")

    def first_of_each_offer(self):
        return self.order_by("offer_id", "starts_at", "pk").distinct("offer_id")

    def for_list(self):
        """Load all that a list of dates reads."""
        found = self.select_related("offer", "schedule__place__location__district")
        return found.prefetch_related(*loaded_here("offer__"))


class Occurrence(models.Model):
    """One coming date of a schedule; only ``offers.schedules.occurrences`` writes these rows."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="occurrences")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField(_("Tag"))
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"), null=True, blank=True)
    has_time = models.BooleanField(_("Uhrzeit bekannt"), default=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Datum")
        verbose_name_plural = _("Daten")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "starts_at"], name="occurrence_is_unique"),
        ]
        indexes = [
            models.Index(fields=["day", "starts_at"], name="occurrence_day"),
            models.Index(fields=["offer", "day", "starts_at"], name="occurrence_offer_day"),
        ]

    def __str__(self):
        return f"{self.offer} {minute(self.starts_at)}"

    @property
    def place_words(self):
        return self.schedule.place.words
