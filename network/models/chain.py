"""What the walk through the chain assumes: kept in the office, shown beside its number."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from kekiz_portal.lib.languages import OF_THE_SEARCH
from lifephases.models import AgeSpan, span_constraint
from offers.models import Topic
from offers.protection.protected_addresses import KeepsAddressesSecret

A_PERCENTAGE = [MinValueValidator(0), MaxValueValidator(100)]


def percent(words, **options):
    return models.DecimalField(
        words, max_digits=4, decimal_places=1, validators=A_PERCENTAGE, **options
    )


class ChainAssumptions(KeepsAddressesSecret, models.Model):
    """One row: what holds of the children and of what reaches them; with its history."""

    class Way(models.TextChoices):
        LOCALITY = "locality", _("im eigenen Ortsteil")
        BOROUGH = "borough", _("im eigenen Stadtbezirk")
        CITY = "city", _("in der ganzen Stadt")

    is_in_force = models.BooleanField(default=True, unique=True, editable=False)
    way = models.CharField(
        _("Wie weit gehen Familien?"), max_length=10, choices=Way, default=Way.LOCALITY
    )
    low_income_percent = percent(
        _("Familien, die nichts bezahlen können (%)"),
        null=True,
        blank=True,
        help_text=_("Leer: die neueste „SGB-II-Quote der unter 18-Jährigen“ der Stadt, sonst 0."),
    )
    highest_price = models.DecimalField(
        _("Die anderen zahlen höchstens (Euro)"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(5),
        validators=[MinValueValidator(0)],
    )
    unknown_price_is_paid = models.BooleanField(
        _("Ein unbekannter Preis hält niemanden ab"), default=False
    )
    unconfirmed_counts = models.BooleanField(
        _("Was niemand bestätigt hat, zählt mit"), default=True
    )
    language = models.CharField(
        _("Andere Sprache"),
        max_length=12,
        choices=[(code, name) for code, name in OF_THE_SEARCH.items() if code != "de"],
        blank=True,
    )
    language_percent = percent(_("Familien, die nur diese Sprache sprechen (%)"), default=0)
    step_free_percent = percent(_("Familien, die stufenlose Wege brauchen (%)"), default=0)
    seed = models.PositiveIntegerField(
        _("Startzahl der Auslosung"),
        default=16,
        help_text=_("Dieselbe Startzahl lost dieselben Kinder aus."),
    )
    note = models.CharField(_("Woher die Annahmen kommen"), max_length=500, blank=True)

    history = tracked()

    class Meta:
        verbose_name = _("Annahmen des Kettenlaufs")
        verbose_name_plural = _("Annahmen des Kettenlaufs")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_in_force=True), name="chain_assumptions_are_one_row"
            ),
            models.CheckConstraint(
                condition=Q(language_percent=0) | ~Q(language=""),
                name="chain_assumptions_name_the_language",
                violation_error_message=_("Wählen Sie die Sprache, oder tragen Sie 0 Prozent ein."),
            ),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls):
        """Return what the office assumes; as long as it says nothing, the values proposed."""
        return cls.objects.first() or cls()


class ChainNeedQuerySet(models.QuerySet):
    def by_topic(self):
        """Return the first month of each topic (a slug) that has a row and the month after the
        last, None for an open end; no pair at all where nobody needs the topic.
        """
        return {
            one.topic.slug: (one.ages.lower, one.ages.upper) if one.weight else None
            for one in self.select_related("topic")
        }


class ChainNeed(KeepsAddressesSecret, AgeSpan):
    """At which ages children need a topic. A topic without a row is needed at every age."""

    topic = models.OneToOneField(
        Topic, verbose_name=_("Thema"), on_delete=models.CASCADE, related_name="+"
    )
    weight = models.PositiveSmallIntegerField(
        _("Gewicht"),
        default=1,
        help_text=_("Wie viele Kinder es brauchen, im Verhältnis zu den anderen Themen."),
    )
    basis = models.CharField(_("Woher diese Annahme kommt"), max_length=300, blank=True)

    objects = ChainNeedQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Alter, in dem ein Thema gebraucht wird")
        verbose_name_plural = _("Alter, in dem Themen gebraucht werden")
        ordering = ["topic__position"]
        constraints = [span_constraint("chain_need_ages_not_empty")]

    def __str__(self):
        return f"{self.topic}: {self.age_words}"
