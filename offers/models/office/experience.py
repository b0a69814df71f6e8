"""What families found when they used an offer: counted by the week, nothing about who said it."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import edit
from offers.models.offer import Offer

SHOWN_FROM = 5  # fewer might be one person
KEPT_WEEKS = 52
WEEKS_UNTIL_DUE = 3  # different weeks in which nobody was reached
WEEK = dt.timedelta(weeks=1)


class ExperienceQuerySet(models.QuerySet):
    @transaction.atomic
    def note(self, offer, kind):
        """Count one experience; nobody reached in a third week makes the entry due."""
        week = monday_of(timezone.localdate())
        self.bulk_create([self.model(offer=offer, kind=kind, week=week)], ignore_conflicts=True)
        self.filter(offer=offer, kind=kind, week=week).update(number=F("number") + 1)
        if kind == self.model.Kind.NOBODY and self.weeks_without_answer(offer) >= WEEKS_UNTIL_DUE:
            _make_due(offer)

    def weeks_without_answer(self, offer):
        """In how many weeks since its confirmation nobody was reached about an offer."""
        found = self.filter(offer=offer, kind=self.model.Kind.NOBODY)
        if offer.confirmed_at:
            found = found.filter(week__gte=monday_of(timezone.localdate(offer.confirmed_at)))
        return found.count()

    def newest_of_told(self):
        """The newest row of each offer and kind that was said often enough to be told, with the
        sum of its weeks as ``total``.
        """
        same = self.filter(offer=OuterRef("offer"), kind=OuterRef("kind")).order_by()
        total = same.values("offer").annotate(total=Sum("number")).values("total")
        newest = same.order_by("-week").values("pk")[:1]
        told = self.annotate(total=Subquery(total), newest=Subquery(newest))
        return told.filter(total__gte=SHOWN_FROM, pk=F("newest"))

    @transaction.atomic
    def fold(self):
        """Forget what was said rarely in weeks that are over: fewer than five might be one person.

        That nobody was reached in a week stays, without how often, until the entry is confirmed:
        three such weeks make it due.
        """
        over = self.filter(week__lt=monday_of(timezone.localdate()), number__lt=SHOWN_FROM)
        over.exclude(kind=self.model.Kind.NOBODY).delete()
        over.filter(offer__confirmed_at__gte=F("week") + WEEK).delete()
        over.update(number=0)

    def old(self):
        return self.filter(week__lt=timezone.localdate() - dt.timedelta(weeks=KEPT_WEEKS))


def monday_of(day):
    return day - dt.timedelta(days=day.weekday())


def _make_due(offer):
    """Ask again about an entry from today on, unless somebody wrote an earlier day into it."""
    today = timezone.localdate()
    later = Q(review_due_on=None) | Q(review_due_on__gt=today)
    for found in Offer.objects.filter(later, pk=offer.pk).select_for_update():
        found.review_due_on = today
        with edit(reason=_now("In drei Wochen haben Familien niemanden erreicht")):
            found.save(update_fields=["review_due_on", "updated_at"])


class Experience(models.Model):
    """How often something was said about an offer in a week; 0 where only that it was is kept."""

    class Kind(models.TextChoices):
        RIGHT = "right", _("Ich war da: Es stimmt")
        HELPED = "helped", _("Es hat geholfen")
        FULL = "full", _("Es war voll")
        NOBODY = "nobody", _("Niemand erreicht")
        LANGUAGE = "language", _("Wir haben uns nicht verstanden (Sprache)")
        FAR = "far", _("Es war zu weit weg")

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="experiences"
    )
    kind = models.CharField(_("Was war"), max_length=8, choices=Kind)
    week = models.DateField(_("Woche ab"))
    number = models.PositiveIntegerField(_("wie oft"), default=0)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Erfahrung von Familien")
        verbose_name_plural = _("Erfahrungen von Familien")
        ordering = ["-week", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "kind", "week"], name="experience_once_a_week_and_kind"
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_kind_display()}"
