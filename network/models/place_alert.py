"""Families who want a mail when an offer has places again."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField
from offers.models import FreePlaces, Offer

from .newsletters.subscription import UNCONFIRMED_KEPT

# A worker that died between beginning a mail and forgetting it leaves it in doubt: it goes.
IN_DOUBT_KEPT = dt.timedelta(hours=6)


class PlaceAlertQuerySet(models.QuerySet):
    def of(self, address):
        """Those of a mailbox, however it is spelled."""
        return self.filter(address__mailbox=address)

    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def due(self):
        """Confirmed ones whose offer families read to have places now, and nobody has begun."""
        with_room = FreePlaces.objects.fresh().filter(state__in=FreePlaces.WITH_ROOM)
        return self.confirmed().filter(
            begun_at=None,
            offer__in=Offer.objects.published(),
            offer__free_places__in=with_room,
        )

    def over(self, at=None):
        """Unconfirmed in time, past their end, or left in doubt by a worker."""
        now = at or timezone.now()
        return self.filter(
            Q(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT)
            | Q(asked_at__lt=now - dt.timedelta(days=settings.PLACE_ALERT_DAYS))
            | Q(begun_at__lt=now - IN_DOUBT_KEPT)
        )


class PlaceAlert(models.Model):
    """One mail about one offer: asked → confirmed → begun → gone, with the address.

    ``begun_at`` is written before the mail leaves: rather no mail than a second. Names no history,
    so that nothing of the address stays behind.
    """

    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), on_delete=models.CASCADE, related_name="+"
    )
    address = MailboxField(_("E-Mail"))
    language = models.CharField(_("Sprache"), max_length=10)
    asked_at = models.DateTimeField(_("gewünscht am"))
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True)
    begun_at = models.DateTimeField(_("Versand begonnen"), null=True)

    objects = PlaceAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("Nachricht bei freiem Platz")
        verbose_name_plural = _("Nachrichten bei freiem Platz")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("offer"), Lower("address"), name="place_alert_once_per_offer_and_address"
            ),
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(confirmed_at__isnull=False),
                name="place_alert_is_sent_only_when_confirmed",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def ends_at(self):
        """When it goes, whether a place was free or not."""
        return self.asked_at + dt.timedelta(days=settings.PLACE_ALERT_DAYS)
