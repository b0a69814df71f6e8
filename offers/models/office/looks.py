"""How often families look at the page of an offer: counted by the week, nothing about who did."""

from django.db import connections, models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models.offer import Offer

from .experience import SHOWN_FROM, WEEK, monday_of

KEPT_WEEKS = 8


class LooksQuerySet(models.QuerySet):
    def add(self, numbers):
        """Add to the counts of this week, by the slug of an offer, in one statement."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO offers_looks AS looks (offer_id, week, number)
                SELECT offer.id, %(week)s, given.number
                FROM unnest(%(slugs)s::text[], %(numbers)s::int[]) AS given (slug, number)
                JOIN offers_offer AS offer USING (slug)
                ORDER BY offer.id
                ON CONFLICT (offer_id, week) DO UPDATE SET number = looks.number + EXCLUDED.number
                """,
                {
                    "week": monday_of(timezone.localdate()),
                    "slugs": list(numbers),
                    "numbers": list(numbers.values()),
                },
            )

    def by_offer(self, offers):
        """Return how often each of some offers was looked at in the weeks that are kept."""
        found = self.filter(offer__in=offers).order_by().values("offer")
        return dict(found.annotate(all=Sum("number")).values_list("offer", "all"))

    def forget(self):
        """Delete what is old, and the few looks of weeks that are over: they might be one person's.

        Returns nothing; may run any number of times.
        """
        monday = monday_of(timezone.localdate())
        self.filter(week__lt=monday, number__lt=SHOWN_FROM).delete()
        self.filter(week__lt=monday - KEPT_WEEKS * WEEK).delete()


class Looks(models.Model):
    """How often the page of an offer was looked at in a week, reloads included."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="+"
    )
    week = models.DateField(_("Woche ab"))
    number = models.PositiveIntegerField(_("wie oft"))

    objects = LooksQuerySet.as_manager()

    class Meta:
        verbose_name = _("Blicke auf ein Angebot")
        verbose_name_plural = _("Blicke auf Angebote")
        ordering = ["-week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "week"], name="looks_once_a_week"),
        ]

    def __str__(self):
        return f"{self.offer}: {self.number}"
