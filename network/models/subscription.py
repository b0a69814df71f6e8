"""Families and professionals who asked for the newsletter."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField
from network.querysets.subscriptions import SubscriptionQuerySet
from offers.models import Topic

from .mailing_list import MailingList


def new_nonce():
    return secrets.token_hex(16)


class Subscription(models.Model):
    """An address that may get newsletters, those of its lists: asked → active → ended.

    Holds no name. Whoever ends it takes the address along: an ended row only counts. Names no
    history either, so that nothing of the address stays behind.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("noch nicht bestätigt")
        ACTIVE = "active", _("aktiv")
        ENDED = "ended", _("abgemeldet")

    address = MailboxField(_("E-Mail"), null=True)
    language = models.CharField(_("Sprache"), max_length=10)
    lists = models.ManyToManyField(
        MailingList, verbose_name=_("Listen"), related_name="subscriptions"
    )
    interests = models.ManyToManyField(
        Topic, verbose_name=_("Themen"), blank=True, related_name="+"
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.ASKED)
    # Part of the link that confirms: an erased subscription takes its links along.
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    asked_at = models.DateTimeField(_("angemeldet am"))
    confirmed_at = models.DateTimeField(_("bestätigt am"), null=True)
    ended_at = models.DateTimeField(_("abgemeldet am"), null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Abo")
        verbose_name_plural = _("Abos")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="subscription_once_per_address"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
                name="subscription_is_active_only_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, address=None)
                | (~Q(state="ended") & Q(ended_at=None, address__isnull=False)),
                name="subscription_that_ended_holds_no_address",
            ),
        ]

    def __str__(self):
        return self.address or str(_("abgemeldet"))
