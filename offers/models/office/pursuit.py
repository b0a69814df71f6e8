"""How far the office has come in asking about an entry that nobody answers for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import tracked
from offers.models.offer import Offer


class PursuitQuerySet(models.QuerySet):
    def at(self, *steps):
        return self.filter(step__in=steps)

    def hidden(self):
        """Those of entries that families are not shown until somebody confirms them."""
        return self.at(self.model.Step.HIDDEN)


class Pursuit(models.Model):
    """The step an entry has reached since it was due; gone as soon as it is confirmed.

    Steps follow each other by the rule in ``network.asking.escalation``.
    """

    class Step(models.TextChoices):
        LETTER = "letter", _("Brief")
        SECOND_LETTER = "second_letter", _("zweiter Brief")
        CALL = "call", _("anrufen")
        NOTE = "note", _("Hinweis für Familien")
        HIDDEN = "hidden", _("ausgeblendet")

    offer = models.OneToOneField(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="pursuit"
    )
    step = models.CharField(_("Stand"), max_length=13, choices=Step)
    since = models.DateField(_("seit"))

    objects = PursuitQuerySet.as_manager()
    # So that one can tell of a past day which entries were hidden.
    history = tracked(excluded_fields=["since"])

    class Meta:
        verbose_name = _("Nachfrage")
        verbose_name_plural = _("Nachfragen")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=["letter", "second_letter", "call", "note", "hidden"]),
                name="pursuit_step_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.offer}: {self.get_step_display()}"
