"""What somebody outside the office would like changed; a caseworker decides."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import optional
from offers import models as others  # which import this module: read when asked
from offers.models.institution import Institution
from offers.models.offer import Offer

REASON_LENGTH = 2000


class ChangeProposalQuerySet(models.QuerySet):
    def open(self):
        """Proposals nobody has decided on."""
        return self.filter(state=self.model.State.OPEN)

    def about_houses(self):
        """Proposals about institutions themselves."""
        return self.exclude(house=None)

    def of_houses(self):
        """What institutions want otherwise, by their link or whoever edits for them."""
        return self.filter(page="")

    def of_pages(self):
        """What pages of providers said."""
        return self.exclude(page="")

    def left_out_since_confirmed(self):
        """Proposals that were declined, in part or whole, after their offer was last confirmed, if
        it ever was.
        """
        confirmed_later = Q(offer__confirmed_at__gte=F("decided_at"))
        return self.exclude(answer="").exclude(decided_at=None).exclude(confirmed_later)

    def visible_to(self, user):
        """Editors of a provider see their own proposals, the office sees all."""
        if others.Editorship.objects.restricts(user):
            return self.filter(by=user, offer__provider__editorships__user=user)
        return self


class ChangeProposal(models.Model):
    """A whole offer, or institution (``house``), as it should become.

    It comes from somebody with a login (``by``), from an institution (``institution``) or from the
    ``page`` of a provider, which says one ``fact`` otherwise (``found``); each once, whatever
    became of it.
    ``base`` is the offer as the proposer saw it, ``wanted`` as it should be, both as
    ``offers.curation.record`` writes them: what changed here meanwhile is then known.
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("übernommen")
        DECLINED = "declined", _("abgelehnt")

    class Fact(models.TextChoices):
        PHONE = "phone", _("Telefon")
        EMAIL = "email", _("E-Mail")
        TIMES = "times", _("Zeiten")
        HOURS = "hours", _("Öffnungszeiten")
        PRICE = "price", _("Kosten")
        NOTICE = "notice", _("Hinweis")

    offer = optional(Offer, _("Angebot"), models.CASCADE, related_name="proposals")
    house = optional(Institution, _("Einrichtung"), models.CASCADE, related_name="proposals")
    by = optional(settings.AUTH_USER_MODEL, _("von"))
    institution = optional(Institution, _("Einrichtung, per Link"))
    page = models.CharField(_("gelesen auf"), max_length=500, blank=True)
    fact = models.CharField(_("Angabe"), max_length=10, choices=Fact, blank=True)
    found = models.CharField(_("was dort steht"), max_length=300, blank=True)
    base = models.JSONField(_("Stand, von dem ausgegangen wurde"), encoder=DjangoJSONEncoder)
    wanted = models.JSONField(_("vorgeschlagener Stand"), encoder=DjangoJSONEncoder)
    reason = models.CharField(_("Warum?"), max_length=REASON_LENGTH, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(_("Antwort"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("vorgeschlagen am"), auto_now_add=True)
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)
    decided_by = optional(settings.AUTH_USER_MODEL, _("entschieden von"))

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
                condition=Q(offer=None) ^ Q(house=None), name="change_proposal_of_one_entry"
            ),
            models.UniqueConstraint(
                fields=["offer", "house", "fact", "found"],
                condition=~Q(page=""),
                nulls_distinct=False,
                name="change_proposal_of_a_page_once",
            ),
            models.CheckConstraint(
                condition=Q(page="", fact="", found="") | ~Q(page="") & ~Q(fact=""),
                name="change_proposal_of_a_page_names_its_fact",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="change_proposal_declined_with_an_answer",
                violation_error_message=_("Schreiben Sie, warum nicht."),
            ),
        ]

    def __str__(self):
        return str(self.entry)

    @property
    def outcome(self):
        """What became of it, in words; only what was taken over in part has an answer with it."""
        if self.state == self.State.ACCEPTED and self.answer:
            return _("zum Teil übernommen")
        return self.get_state_display()

    @property
    def entry(self):
        """The offer or institution it is about."""
        return self.offer or self.house

    @property
    def sender(self):
        """Who proposes it: somebody with a login, an institution or a page; ``None`` if they are
        gone.
        """
        return self.by or self.institution or self.page or None
