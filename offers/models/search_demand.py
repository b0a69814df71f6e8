"""What families looked for in vain."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offers.querysets.search_demand import SearchDemandQuerySet

LONGEST_WORDS = 120
LONGEST_FILTERS = 300


class SearchDemand(models.Model):
    """How often the same words with the same filters found nothing in one week.

    It keeps no time finer than the week, nothing about who searched, and the words only as the
    search compares them: folded and in alphabetical order.
    """

    words = models.CharField(_("Wörter"), max_length=LONGEST_WORDS, blank=True)
    filters = models.CharField(_("Filter"), max_length=LONGEST_FILTERS, blank=True)
    week = models.DateField(_("Woche ab"))
    count = models.PositiveIntegerField(_("wie oft"), default=1)

    objects = SearchDemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("vergebliche Suche")
        verbose_name_plural = _("vergebliche Suchen")
        ordering = ["-week", "words", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "filters", "week"], name="search_demand_once_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(filters=""), name="search_demand_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="search_demand_week_starts_on_monday"
            ),
        ]
        indexes = [models.Index(fields=["week"], name="search_demand_week")]

    def __str__(self):
        return self.words
