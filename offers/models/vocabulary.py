"""The words of the filters: topics, types of offers, kinds of institutions, target groups."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from offers.models.call_facts import CallFacts
from offers.protection.protected_addresses import KeepsAddressesSecret

MOST_MONTHS = 60  # of a next check


class Term(KeepsAddressesSecret, models.Model):
    """A word the city's editors may rename and reorder."""

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    description = models.TextField(_("Beschreibung"), blank=True)

    class Meta:
        abstract = True
        ordering = ["position", GermanOrder("name"), "name"]

    def __str__(self):
        return self.name


class CheckedByRule(models.Model):
    """How soon entries with such a word are asked about again."""

    check_every_months = models.PositiveSmallIntegerField(
        _("nachfragen nach Monaten"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_(
            "So lange nach der letzten Bestätigung fragen wir wieder nach; gilt Mehreres, zählt "
            "die kürzere Zeit. Leer: wie üblich."
        ),
    )
    stays_visible = models.BooleanField(
        _("nie von selbst ausblenden"),
        default=False,
        help_text=_(
            "Für Hilfe in der Not: Antwortet niemand, bleibt der Eintrag mit einem Hinweis da."
        ),
    )

    class Meta:
        abstract = True


class Topic(CheckedByRule, Term):
    examples = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("Beispiele"),
        default=list,
        blank=True,
        help_text=_("Mit Komma getrennt, etwa: Kinderschutz, Suchtberatung"),
    )
    history = tracked()

    class Meta(Term.Meta):
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")


class OfferType(CheckedByRule, Term):
    is_checked_at_end = models.BooleanField(
        _("nachfragen zum Ende"),
        default=False,
        help_text=_("Bei Kursen: Gefragt wird zwei Wochen vor dem letzten Termin."),
    )
    history = tracked()  # by when to ask again on a past day

    class Meta(Term.Meta):
        verbose_name = _("Angebotsart")
        verbose_name_plural = _("Angebotsarten")


class InstitutionKind(CallFacts, Term):
    """A kind of institution; ``counts_as``: who asks for Kitas also means the Familienzentren.

    What it says of calls holds for each offer of such an institution that says nothing itself.
    """

    counts_as = optional(
        "self",
        _("zählt auch zu"),
        related_name="narrower",
        help_text=_("Wer dort sucht, findet auch diese: Familienzentren zählen zu den Kitas."),
    )

    costs_nothing = models.BooleanField(
        _("kostenlos"),
        null=True,
        blank=True,
        help_text=_("Gilt für Angebote, deren Kosten niemand eingetragen hat."),
    )

    class Meta(Term.Meta):
        verbose_name = _("Art der Einrichtung")
        verbose_name_plural = _("Arten von Einrichtungen")


class TargetGroup(Term):
    shows_helplines = models.BooleanField(
        _("mit Notrufnummern"),
        default=False,
        help_text=_(
            "Auf den Seiten der Angebote für diese Menschen stehen die Nummern für Gefahr und "
            "Gewalt und der Knopf, der die Seite schnell verlässt."
        ),
    )

    class Meta(Term.Meta):
        verbose_name = _("Zielgruppe")
        verbose_name_plural = _("Zielgruppen")
