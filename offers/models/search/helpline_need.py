"""When the search answers with numbers to call: the needs, and the words that betray them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from kekiz_portal.lib.languages import OF_THE_SEARCH
from offers.protection.protected_addresses import KeepsAddressesSecret

from .helpline import Helpline


class HelplineNeed(KeepsAddressesSecret, models.Model):
    """A kind of distress and the numbers for it, in the order a person should see them."""

    slug = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Notlage"), max_length=120, unique=True)
    is_crisis = models.BooleanField(
        _("Gefahr oder Verzweiflung"),
        default=False,
        help_text=_(
            "Dann stehen die Nummern über allem anderen, und von der Suche wird nichts gezählt."
        ),
    )
    helplines = models.ManyToManyField(
        Helpline, through="HelplineNeedNumber", verbose_name=_("Hilfenummern"), related_name="needs"
    )

    history = tracked()

    class Meta:
        verbose_name = _("Notlage")
        verbose_name_plural = _("Notlagen")
        ordering = [GermanOrder("name"), "name"]

    def __str__(self):
        return self.name


class HelplineNeedNumber(KeepsAddressesSecret, models.Model):
    """A number that helps in a need; the lowest position is shown first."""

    need = models.ForeignKey(HelplineNeed, on_delete=models.CASCADE, related_name="numbers")
    helpline = models.ForeignKey(Helpline, verbose_name=_("Hilfenummer"), on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    history = tracked()

    class Meta:
        verbose_name = _("Nummer")
        verbose_name_plural = _("Nummern, die oberste zuerst")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "helpline"],
                deferrable=models.Deferrable.IMMEDIATE,  # two rows may change places
                name="helpline_once_a_need",
                violation_error_message=_("Diese Nummer steht hier schon."),
            ),
        ]

    def __str__(self):
        return str(self.helpline)


class HelplineSign(KeepsAddressesSecret, models.Model):
    """Words that betray a need: all of them in what somebody typed, in any order."""

    need = models.ForeignKey(
        HelplineNeed, verbose_name=_("Notlage"), on_delete=models.CASCADE, related_name="signs"
    )
    phrase = models.CharField(_("Was jemand eingibt"), max_length=120)
    language = models.CharField(
        _("Sprache"), max_length=8, choices=OF_THE_SEARCH.items(), default="de"
    )

    history = tracked()

    class Meta:
        verbose_name = _("Zeichen einer Notlage")
        verbose_name_plural = _("Zeichen einer Notlage")
        ordering = ["need", "language", "phrase"]
        constraints = [
            models.UniqueConstraint(
                Lower("phrase"),
                "language",
                "need",
                name="helpline_sign_once_a_need",
                violation_error_message=_("Diese Worte stehen bei dieser Notlage schon."),
            ),
            models.CheckConstraint(
                condition=Q(phrase__regex=r"\S"),
                name="helpline_sign_says_something",
                violation_error_message=_("Hier muss etwas stehen."),
            ),
        ]

    def __str__(self):
        return self.phrase
