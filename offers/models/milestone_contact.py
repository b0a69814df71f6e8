"""Who helps with a milestone: what is due is everybody's, whom to call about it is a city's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from kekiz_portal.lib.history.recording import tracked
from lifephases.models import Milestone
from offers.protection.protected_addresses import KeepsAddressesSecret

from .institution import Institution
from .offer import Offer


class MilestoneContact(KeepsAddressesSecret, models.Model):
    """Whom families ask about a milestone.

    The number is that of the offer or of the institution, so it stands in one place. Without
    either, ``who`` is somebody each family has of its own ("Ihre Kinderarztpraxis").
    """

    milestone = models.OneToOneField(
        Milestone, verbose_name=_("Meilenstein"), on_delete=models.CASCADE, related_name="+"
    )
    who = models.CharField(
        _("Wer hilft"),
        max_length=120,
        help_text=_("Die Stelle, wie Familien sie kennen: „Elterngeldstelle“."),
    )
    offer = optional(Offer, _("Nummer aus dem Angebot"))
    institution = optional(Institution, _("Nummer der Einrichtung"))

    history = tracked()

    class Meta:
        verbose_name = _("Ansprechstelle eines Meilensteins")
        verbose_name_plural = _("Ansprechstellen der Meilensteine")
        ordering = ["milestone"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer=None) | Q(institution=None),
                name="milestone_contact_has_one_number",
                violation_error_message=_("Wählen Sie ein Angebot oder eine Einrichtung."),
            )
        ]

    def __str__(self):
        return self.who
