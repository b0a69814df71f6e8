"""Where the facts of an entry come from: which page said what, and when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.institution import Institution
from offers.models.offer import Offer
from offers.protection.protected_addresses import KeepsAddressesSecret

from . import last_heard


def oldest_year(on=None):
    """Return the oldest year of a source whose times count on a day (today by default).

    A source names its year only. It counts as one of the last day of that year, so that
    what is said today is never older than a year by that count.
    """
    return (on or timezone.localdate()).year - 1


class SourceQuerySet(models.QuerySet):
    def of_outdated_times(self, on=None):
        """Sources of times that are older than a year, or whose year nobody knows."""
        outdated = Q(year=None) | Q(year__lt=oldest_year(on))
        return self.filter(outdated, facts__contains=[last_heard.SCHEDULE])


class Source(KeepsAddressesSecret, models.Model):
    """A page that says something about one entry.

    ``year`` is when it said so, ``None`` if the page does not tell; ``facts`` are the columns of
    the lists in ``data/`` that come from it, such as ``phone`` or ``schedule``.
    """

    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, blank=True, related_name="sources"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, null=True, blank=True, related_name="sources"
    )
    page = models.CharField(_("Seite"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(_("Jahr"), null=True, blank=True)
    facts = ArrayField(models.CharField(max_length=40), verbose_name=_("Angaben"), default=list)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Quelle")
        verbose_name_plural = _("Quellen")
        ordering = [models.F("year").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer=None) ^ Q(institution=None),
                name="source_is_of_one_entry",
            ),
            models.UniqueConstraint(
                fields=["offer", "institution", "page", "year"],
                nulls_distinct=False,
                name="source_once_an_entry",
            ),
        ]

    def __str__(self):
        return f"{self.page} ({self.year or _('Jahr unbekannt')})"

    def is_outdated(self, on=None):
        """Whether it is older than a year, or nobody knows how old."""
        return self.year is None or self.year < oldest_year(on)
