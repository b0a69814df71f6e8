"""How parents, grandparents and young people write what they need, for the search by meaning."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from kekiz_portal.lib.languages import OF_THE_SEARCH
from offers.protection.protected_addresses import KeepsAddressesSecret

BETWEEN_TERMS = "|"


class ParentsSentence(KeepsAddressesSecret, models.Model):
    """A sentence as people type it, and the words of offers it leads to; never shown to anybody.

    What is typed need not share a word with it: the nearest sentences vote (``search.hearing``).
    One that leads nowhere says what the portal has nothing for: "Wetter morgen".
    """

    sentence = models.CharField(_("Was Eltern schreiben"), max_length=160)
    leads_to = models.CharField(_("Was gemeint ist"), max_length=400, blank=True)
    language = models.CharField(
        _("Sprache"), max_length=8, choices=OF_THE_SEARCH.items(), default="de"
    )

    history = tracked()

    class Meta:
        verbose_name = _("Satz von Eltern")
        verbose_name_plural = _("Sätze von Eltern")
        ordering = ["leads_to", "language", "sentence"]
        constraints = [
            models.UniqueConstraint(
                Lower("sentence"),
                "language",
                name="parents_sentence_once_a_language",
                violation_error_message=_("Diesen Satz gibt es in dieser Sprache schon."),
            ),
            models.CheckConstraint(
                condition=Q(sentence__regex=r"\S"),
                name="parents_sentence_says_something",
                violation_error_message=_("Es braucht einen Satz."),
            ),
        ]

    def __str__(self):
        return f"{self.sentence} → {self.leads_to}"

    @property
    def terms(self):
        """The words of offers that this leads to, the nearest first."""
        return terms_of(self.leads_to)


def terms_of(leads_to):
    """Return the terms that stand in a field ``leads_to``, the nearest first."""
    return tuple(term.strip() for term in leads_to.split(BETWEEN_TERMS) if term.strip())
