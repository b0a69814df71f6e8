"""Days on which nothing takes place though it is no public holiday."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from offers.protection.protected_addresses import KeepsAddressesSecret

from .institution import Institution
from .schedule import days_in_order


class ClosingDay(KeepsAddressesSecret, models.Model):
    """A stretch of days on which an institution is closed; without one, the whole city.

    ``every_year``: the same days come again each year, such as 24 December.
    """

    institution = optional(
        Institution,
        _("Einrichtung"),
        models.CASCADE,
        related_name="closing_days",
        help_text=_("Leer bedeutet: in der ganzen Stadt."),
    )
    name = models.CharField(
        _("Grund"), max_length=80, help_text=_("Etwa „Heiligabend“ oder „Betriebsferien“.")
    )
    first_on = models.DateField(_("erster Tag"))
    last_on = models.DateField(_("letzter Tag"))
    every_year = models.BooleanField(_("jedes Jahr"), default=False)

    history = tracked()

    class Meta:
        verbose_name = _("Schließzeit")
        verbose_name_plural = _("Schließzeiten")
        ordering = ["first_on", "pk"]
        constraints = [
            days_in_order("closing_days_in_order"),
            models.UniqueConstraint(
                fields=["institution", "first_on"],
                nulls_distinct=False,
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="closing_day_begins_once",
                violation_error_message=_("An diesem Tag beginnt schon eine Schließzeit."),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.first_on.year}"

    def stretches(self, first, last):
        """Return the pairs of first and last day that touch the days from ``first`` to ``last``."""
        length = self.last_on - self.first_on
        starts = [self.first_on]
        if self.every_year:
            starts = [
                _same_day(self.first_on, year) for year in range(first.year - 1, last.year + 1)
            ]
        return [(day, day + length) for day in starts if day <= last and day + length >= first]


def _same_day(day, year):
    """Return a day in another year; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=day.day - 1)
