"""What families looked for in vain, found full or unfit: counted by month, need and place."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lifephases.models import LifePhase
from offers.models.district import District
from offers.models.vocabulary import Topic

from .search_demand import SHOWN_FROM


class UnmetNeedQuerySet(models.QuerySet):
    def count_one(self, times, **about):
        """Add to the count of a need in this month; ``about`` are its other fields.

        Where its row is gone (a database that was restored), it begins with the fewest it may be.
        """
        about["month"] = timezone.localdate().replace(day=1)
        if not self.filter(**about).update(count=F("count") + times):
            fewest = max(times, SHOWN_FROM)
            self.bulk_create([self.model(count=fewest, **about)], ignore_conflicts=True)

    def recent(self):
        """Those that are still kept."""
        since = timezone.localdate() - dt.timedelta(weeks=settings.SEARCH_DEMAND_KEPT_WEEKS)
        return self.filter(month__gte=since.replace(day=1))


class UnmetNeed(models.Model):
    """How often a need was not met in a month. Fewer than five are not kept: it might be one."""

    class Kind(models.TextChoices):
        IN_VAIN = "in-vain", _("vergeblich gesucht")
        FULL = "full", _("als voll gemeldet")
        UNFIT = "unfit", _("als unpassend gemeldet: zu weit oder andere Sprache")

    month = models.DateField(_("Monat"))
    kind = models.CharField(_("Was war"), max_length=8, choices=Kind)
    topic = models.ForeignKey(
        Topic, verbose_name=_("Thema"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    phase = models.ForeignKey(
        LifePhase, verbose_name=_("Phase"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    district = models.ForeignKey(
        District, verbose_name=_("Stadtteil"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    count = models.PositiveIntegerField(_("wie oft"))

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ungedeckter Bedarf")
        verbose_name_plural = _("ungedeckter Bedarf")
        ordering = ["-month", "-count", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "topic", "phase", "district"],
                nulls_distinct=False,
                name="unmet_need_once_a_month",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=SHOWN_FROM), name="unmet_need_is_no_single_family"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="unmet_need_is_of_a_month"),
            models.CheckConstraint(
                condition=~Q(topic=None, phase=None, district=None), name="unmet_need_is_of_a_cell"
            ),
        ]

    def __str__(self):
        return f"{self.topic}, {self.phase}, {self.district}"
