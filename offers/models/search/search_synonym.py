"""What people type and the word it means, in eleven languages."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import GermanOrder
from kekiz_portal.lib.history.recording import tracked
from kekiz_portal.lib.languages import OF_THE_SEARCH
from offers.protection.protected_addresses import KeepsAddressesSecret


class Kind(models.TextChoices):
    """How the search may use a synonym; what each means to editors says the admin."""

    SYNONYM = "synonym", _("anderes Wort")
    COLLOQUIAL = "colloquial", _("Alltagswort")
    ABBREVIATION = "abbreviation", _("Abkürzung")
    SYMPTOM = "symptom", _("Sorge")
    TRANSLATION = "translation", _("Übersetzung")
    PLACE_ALIAS = "place_alias", _("Ortsname")
    RELATED = "related", _("verwandt")


class SearchSynonym(KeepsAddressesSecret, models.Model):
    """A phrase that leads to a term. ``kind`` says how the search may use it."""

    Kind = Kind

    phrase = models.CharField(_("Was Eltern eingeben"), max_length=120)
    term = models.CharField(_("Was gemeint ist"), max_length=80)
    language = models.CharField(
        _("Sprache"), max_length=8, choices=OF_THE_SEARCH.items(), default="de"
    )
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, default=Kind.SYNONYM)

    history = tracked()

    class Meta:
        verbose_name = _("Suchwort")
        verbose_name_plural = _("Suchwörter")
        ordering = [GermanOrder("term"), "language", "phrase"]
        constraints = [
            models.UniqueConstraint(
                Lower("term"),
                Lower("phrase"),
                "language",
                name="search_synonym_once_a_language",
                violation_error_message=_("Dieses Suchwort gibt es in dieser Sprache schon."),
            ),
            models.CheckConstraint(
                condition=Q(term__regex=r"\S", phrase__regex=r"\S"),
                name="search_synonym_says_something",
                violation_error_message=_("Es braucht ein Suchwort und das, was gemeint ist."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="search_synonym_kind_is_known",
                violation_error_message=_("Diese Art von Suchwort gibt es nicht."),
            ),
        ]

    def __str__(self):
        return f"{self.phrase} → {self.term}"
