"""What somebody outside the office would like changed; a caseworker decides."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offers.models.institution import Institution
from offers.models.offer import Offer

REASON_LENGTH = 2000


class ChangeProposalQuerySet(models.QuerySet):
    def open(self):
        """Proposals nobody has decided on."""
        return self.filter(state=self.model.State.OPEN)

    def declined_since_confirmed(self):
        """Proposals that were declined after their offer was last confirmed, if it ever was."""
        confirmed_later = Q(offer__confirmed_at__gte=F("decided_at"))
        return self.filter(state=self.model.State.DECLINED).exclude(confirmed_later)

    def visible_to(self, user):
        """Editors of a provider see their own proposals, the office sees all."""
        from offers.models import Editorship

        if Editorship.objects.restricts(user):
            return self.filter(by=user, offer__provider__editorships__user=user)
        return self


class ChangeProposal(models.Model):
    """A whole offer as it should become.

    It comes from somebody with a login (``by``) or from an institution (``institution``).
    ``base`` is the offer as the proposer saw it, ``wanted`` as it should be, both as
    ``offers.curation.record`` writes them: what changed here meanwhile is then known.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("übernommen")
        DECLINED = "declined", _("abgelehnt")

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="proposals"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("von"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("Einrichtung, per Link"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    base = models.JSONField(_("Stand, von dem ausgegangen wurde"), encoder=DjangoJSONEncoder)
    wanted = models.JSONField(_("vorgeschlagener Stand"), encoder=DjangoJSONEncoder)
    reason = models.CharField(_("Warum?"), max_length=REASON_LENGTH, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("Antwort"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("vorgeschlagen am"), auto_now_add=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entschieden von"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Änderungsvorschlag")
        verbose_name_plural = _("Änderungsvorschläge")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "by"],
                condition=Q(state="open"),
                name="change_proposal_one_open_a_person",
                violation_error_message=_("Zu diesem Angebot gibt es schon einen Vorschlag."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="change_proposal_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="change_proposal_declined_with_an_answer",
                violation_error_message=_("Schreiben Sie, warum nicht."),
            ),
        ]

    def __str__(self):
        return str(self.offer)

    @property
    def sender(self):
        """Who proposes it: somebody with a login or an institution; ``None`` if they are gone."""
        return self.by or self.institution
