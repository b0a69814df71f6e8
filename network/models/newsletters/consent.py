"""What somebody agreed to, kept as evidence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.times import day

from .mailing_list import MailingList
from .subscription import ConsentQuerySet, Subscription


class Consent(models.Model):
    """Wording and times of one agreement to one list; no IP address, and no address in the clear.

    When the subscription ends, the row stands alone until the end of the third year: whoever
    claims or denies an agreement names the address, and its keyed hash finds the row.
    """

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("Abo"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    mailing_list = models.ForeignKey(
        MailingList, verbose_name=_("Liste"), on_delete=models.PROTECT, related_name="consents"
    )
    address_hash = models.CharField(max_length=64, db_index=True, editable=False)
    text_version = models.CharField(_("Fassung des Textes"), max_length=20)
    wording = models.TextField(_("Wortlaut"))
    purposes = ArrayField(models.CharField(max_length=120), verbose_name=_("Themen"))
    language = models.CharField(_("Sprache"), max_length=10)
    source = models.CharField(_("angemeldet auf der Seite"), max_length=200)
    asked_at = models.DateTimeField(_("angemeldet am"))
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True)
    token_hash = models.CharField(_("Prüfsumme des Links"), max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(_("widerrufen am"), null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einwilligung")
        verbose_name_plural = _("Einwilligungen")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, token_hash="")
                | (Q(confirmed_at__isnull=False) & ~Q(token_hash="")),
                name="consent_is_confirmed_by_a_link",
            ),
        ]

    def __str__(self):
        return f"{self.text_version}, {day(self.asked_at)}"
