"""How many children live where, by age, as a source says it for a day or a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import WebAddressField
from kekiz_portal.lib.history.recording import tracked
from lifephases import ages
from offers.models import District
from offers.protection.protected_addresses import KeepsAddressesSecret

BEGINS_WITH_A_YEAR = Q(as_of__regex=r"^[12][0-9]{3}")
AS_OF_HELP = _("Beginnt mit dem Jahr: „2026“, „2026-03“ oder „2025/26 (Kita-Planung)“.")


class ChildrenCountQuerySet(models.QuerySet):
    def living_there(self):
        """Counts of the children of an age who live there; births and school beginners are none."""
        return self.filter(measure=self.model.Measure.STOCK)

    def newest_first(self):
        return self.order_by("from_years", "to_years", "-as_of", "pk")

    def for_office_list(self):
        return self.select_related("district")


class ChildrenCount(KeepsAddressesSecret, models.Model):
    """One figure of one source. Both ages are included, in completed years: 0–2 is under three."""

    class Measure(models.TextChoices):
        STOCK = "stock", _("Kinder, die hier leben")
        BIRTHS = "births", _("Geburten eines Jahres")
        SCHOOL_BEGINNERS = "school-beginners", _("Schulanfängerinnen und Schulanfänger")

    district = models.ForeignKey(
        District, verbose_name=_("Stadt oder Stadtteil"), on_delete=models.PROTECT, related_name="+"
    )
    measure = models.CharField(
        _("was gezählt ist"),
        max_length=20,
        choices=Measure,
        default=Measure.STOCK,
        help_text=_("Geburten eines Jahres sind kein Bestand: So viele Kinder leben nicht hier."),
    )
    from_years = models.PositiveSmallIntegerField(_("Alter von (Jahre)"))
    to_years = models.PositiveSmallIntegerField(_("Alter bis (Jahre, einschließlich)"))
    children = models.PositiveIntegerField(_("Anzahl"))
    as_of = models.CharField(_("Stand"), max_length=60, help_text=AS_OF_HELP)
    source_url = WebAddressField(_("Quelle"), max_length=500, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)
    note = models.CharField(_("Hinweis"), max_length=500, blank=True)

    objects = ChildrenCountQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Kinderzahl")
        verbose_name_plural = _("Kinderzahlen")
        ordering = ["measure", "-as_of", "from_years", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_years__gte=F("from_years")),
                name="children_count_ages_in_order",
                violation_error_message=_("Das Alter „von“ muss vor dem Alter „bis“ liegen."),
            ),
            models.CheckConstraint(
                condition=BEGINS_WITH_A_YEAR,
                name="children_count_says_its_year",
                violation_error_message=_("Der Stand beginnt mit einem Jahr, etwa „2026-03“."),
            ),
            models.UniqueConstraint(
                fields=["district", "measure", "from_years", "to_years", "as_of"],
                name="children_count_once",
                violation_error_message=_("Diese Zahl steht hier schon."),
            ),
        ]

    def __str__(self):
        return f"{self.district}, {self.age_words}, {self.as_of}"

    @property
    def months(self):
        """The first month of life that is counted, and the one after the last."""
        return self.from_years * ages.MONTHS_A_YEAR, (self.to_years + 1) * ages.MONTHS_A_YEAR

    @property
    def age_words(self):
        first, end = self.months
        return ages.span_in_words(ages.span(first, end - 1))
