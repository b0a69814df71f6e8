"""Figures that tell where families need more, of a part of the city or of a school."""

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import WebAddressField, optional
from kekiz_portal.lib.history.recording import tracked
from offers.models import District, Institution
from offers.protection.protected_addresses import KeepsAddressesSecret

from .children_count import AS_OF_HELP, BEGINS_WITH_A_YEAR


class NeedIndicatorQuerySet(models.QuerySet):
    def for_office_list(self):
        return self.select_related("district")

    def newest_first(self):
        return self.order_by("name", "-as_of", "pk")


class NeedIndicator(KeepsAddressesSecret, models.Model):
    """One figure of one source; a school's has the school's name, and its district if known."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("Prozent")
        LEVEL = "level", _("Stufe von 1 bis 9")
        CHILDREN = "children", _("Kinder")
        PUPILS = "pupils", _("Schülerinnen und Schüler")
        PLACES = "places", _("Plätze")
        VISITS = "visits", _("Besuche")
        CENTRES = "centres", _("Familienzentren")
        KITAS = "kitas", _("Kitas")
        YES = "yes", _("1 heißt ja, 0 heißt nein")

    district = optional(District, _("Stadt oder Stadtteil"), models.PROTECT)
    school = optional(
        Institution,
        _("Schule"),
        help_text=_("Nur wenn die Zahl von einer Schule handelt und diese hier steht."),
    )
    school_name = models.CharField(_("Name der Schule"), max_length=200, blank=True)
    name = models.CharField(_("was gezählt ist"), max_length=120)
    value = models.DecimalField(_("Wert"), max_digits=9, decimal_places=1)
    unit = models.CharField(_("Einheit"), max_length=10, choices=Unit)
    as_of = models.CharField(_("Stand"), max_length=60, help_text=AS_OF_HELP)
    source_url = WebAddressField(_("Quelle"), max_length=500, blank=True)
    certainty = models.CharField(_("Wie sicher?"), max_length=300, blank=True)

    objects = NeedIndicatorQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Zahl zum Bedarf")
        verbose_name_plural = _("Zahlen zum Bedarf")
        ordering = ["school_name", "name", "-as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(district=None) | ~Q(school_name=""),
                name="need_indicator_is_about_something",
                violation_error_message=_("Wählen Sie einen Stadtteil oder nennen Sie die Schule."),
            ),
            models.CheckConstraint(
                condition=BEGINS_WITH_A_YEAR,
                name="need_indicator_says_its_year",
                violation_error_message=_("Der Stand beginnt mit einem Jahr, etwa „2026-03“."),
            ),
            models.UniqueConstraint(
                fields=["district", "school_name", "name", "as_of"],
                nulls_distinct=False,
                name="need_indicator_once",
                violation_error_message=_("Diese Zahl steht hier schon."),
            ),
        ]

    def __str__(self):
        return f"{self.school_name or self.district}: {self.name}, {self.as_of}"

    @property
    def value_words(self):
        """The value as read: "30,2 Prozent", "5810 Plätze"."""
        whole = self.value == self.value.to_integral_value()
        return f"{number_format(self.value, 0 if whole else 1)} {self.get_unit_display()}"
