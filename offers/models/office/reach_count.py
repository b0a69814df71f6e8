"""How many entries were within reach, month by month."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class ReachCountQuerySet(models.QuerySet):
    def by(self, group):
        """The counts of one way to divide the entries, oldest month first."""
        return self.filter(group=group).order_by("month", "name", "pk")

    def of_all(self):
        """The counts of the whole portal, oldest month first."""
        return self.by(self.model.Group.ALL)

    def newest(self, group):
        """The counts of one way to divide the entries in the last month that was counted."""
        last = self.order_by().aggregate(models.Max("month"))["month__max"]
        return self.by(group).filter(month=last)


class ReachCount(models.Model):
    """The count of a part of the entries at the end of a month, or in the running one last night.

    ``key`` tells the part among those of its group, ``name`` is how it was called then.
    """

    class Group(models.TextChoices):
        ALL = "all", _("alle")
        TOPIC = "topic", _("Thema")
        PHASE = "phase", _("Lebensphase")
        DISTRICT = "district", _("Stadtteil")
        PROVIDER = "provider", _("Einrichtung")

    month = models.DateField(_("Monat"))  # its first day
    group = models.CharField(_("nach"), max_length=8, choices=Group)
    key = models.CharField(max_length=120, blank=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    entries = models.PositiveIntegerField(_("Einträge"))
    within_reach = models.PositiveIntegerField(_("davon erreichbar"))
    confirmed = models.PositiveIntegerField(_("davon in ihrer Zeit bestätigt"), default=0)

    objects = ReachCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("erreichbare Angebote")
        verbose_name_plural = _("erreichbare Angebote")
        ordering = ["-month", "group", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "group", "key"], name="reach_count_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="reach_count_of_a_month"),
            models.CheckConstraint(
                condition=Q(within_reach__lte=F("entries"), confirmed__lte=F("within_reach")),
                name="reach_count_is_a_part",
            ),
        ]

    def __str__(self):
        return f"{self.name or self.get_group_display()}, {date_format(self.month, 'm.Y')}"

    @property
    def percent(self):
        return self._share_of(self.within_reach)

    @property
    def percent_confirmed(self):
        return self._share_of(self.confirmed)

    def _share_of(self, number):
        return round(100 * number / self.entries) if self.entries else 0
