"""What the office decided about a proposal of an institution, to be told by mail."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models import ChangeProposal

COLLECTED_FOR = dt.timedelta(minutes=10)  # who decides about five at a time writes one mail


class ProposalAnswerQuerySet(models.QuerySet):
    def waiting(self):
        """Answers that nobody has begun to send."""
        return self.filter(begun_at=None)

    def ripe(self):
        """Waiting answers that nothing else is to be collected for."""
        return self.waiting().filter(wanted_at__lte=timezone.now() - COLLECTED_FOR)

    def of(self, institution_id):
        return self.filter(proposal__institution=institution_id)


class ProposalAnswer(models.Model):
    """Once a decision. ``begun_at`` is written before it leaves: rather none than a second."""

    proposal = models.OneToOneField(
        ChangeProposal,
        verbose_name=_("Änderungsvorschlag"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    wanted_at = models.DateTimeField(_("gewünscht am"), default=timezone.now)
    begun_at = models.DateTimeField(_("Versand begonnen"), null=True)
    sent_at = models.DateTimeField(_("gesendet am"), null=True)

    objects = ProposalAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwort an eine Einrichtung")
        verbose_name_plural = _("Antworten an Einrichtungen")
        ordering = ["wanted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(begun_at__isnull=False),
                name="proposal_answer_begins_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return str(self.proposal)
