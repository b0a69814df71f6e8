"""What families looked for in vain."""

import datetime as dt

from django.conf import settings
from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SHOWN_FROM = 5  # fewer could point to one person
MOST_A_WEEK = 20_000  # a machine that types at random must not fill the disk


class SearchDemandQuerySet(models.QuerySet):
    def count_one(self, words, filters, day=None, times=1):
        """Add to the count of this week, in one statement, however many do so at once."""
        day = day or timezone.localdate()
        week = day - dt.timedelta(days=day.weekday())
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO offers_searchdemand AS demand (words, filters, week, count)
                SELECT %(words)s, %(filters)s, %(week)s, %(times)s
                WHERE (SELECT count(*) FROM offers_searchdemand WHERE week = %(week)s) < %(most)s
                ON CONFLICT (words, filters, week) DO UPDATE SET count = demand.count + %(times)s
                """,
                {
                    "words": words,
                    "filters": filters,
                    "week": week,
                    "times": times,
                    "most": MOST_A_WEEK,
                },
            )

    def frequent(self):
        """One row, the newest, for what was sought often enough, with its ``total``."""
        same = self.model.objects.filter(words=OuterRef("words"), filters=OuterRef("filters"))
        sums = same.order_by().values("words").annotate(all=Sum("count")).values("all")
        newer = same.filter(week__gt=OuterRef("week"))
        return self.annotate(total=Subquery(sums)).filter(~Exists(newer), total__gte=SHOWN_FROM)

    def fold(self, day=None):
        """Add what was counted less than five times in a week that is over to an earlier one.

        So no number of a few stays behind; without an earlier week it goes.
        """
        day = day or timezone.localdate()
        rare = self.filter(week__lt=day - dt.timedelta(days=day.weekday()), count__lt=SHOWN_FROM)
        for one in rare.order_by("week"):
            same = self.model.objects.filter(words=one.words, filters=one.filters)
            enough = same.filter(count__gte=SHOWN_FROM).exclude(week=one.week)
            if kept := enough.order_by("-week").first():
                same.filter(pk=kept.pk).update(count=F("count") + one.count)
            one.delete()

    def past_their_time(self):
        """Counts nobody may keep: old ones, and those that stayed rare for some weeks."""
        day = timezone.localdate()
        old = day - dt.timedelta(weeks=settings.SEARCH_DEMAND_KEPT_WEEKS)
        settled = day - dt.timedelta(weeks=settings.SEARCH_DEMAND_RARE_KEPT_WEEKS)
        frequent = self.model.objects.frequent().filter(
            words=OuterRef("words"), filters=OuterRef("filters")
        )
        return self.filter(models.Q(week__lt=old) | models.Q(week__lt=settled) & ~Exists(frequent))


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
