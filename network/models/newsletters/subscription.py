"""Families and professionals who asked for the newsletter."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField
from offers.models import Topic

from .mailing_list import MailingList

UNCONFIRMED_KEPT = timedelta(days=7)
# What a claim can still be made about: three years, counted from the end of the year.
EVIDENCE_KEPT_YEARS = 3
# Somebody may be noted before they come into the network.
SUPPRESSIONS_KEPT = timedelta(days=365)
# As long as the link of such a mail is good.
MAIL_REQUESTS_KEPT = timedelta(days=3)
BETWEEN_MAILS = timedelta(hours=1)
# What has waited so long is kept by more than the hour of its address.
HELD_UP_AFTER = timedelta(minutes=75)


class SubscriptionQuerySet(models.QuerySet):
    def of(self, address):
        """The subscription of an address, whatever its capitals."""
        return self.filter(address__mailbox=address)

    def active(self):
        return self.filter(state=self.model.State.ACTIVE)

    def to_one_of(self, lists):
        """Who chose one of the lists, given by their keys."""
        chosen = self.model.lists.through.objects.filter(subscription=models.OuterRef("pk"))
        return self.filter(models.Exists(chosen.filter(mailinglist__in=lists)))

    def given_up(self, at=None):
        """Sign-ups nobody confirmed in time."""
        end = (at or timezone.now()) - UNCONFIRMED_KEPT
        return self.filter(state=self.model.State.ASKED, asked_at__lt=end)


class ConsentQuerySet(models.QuerySet):
    def past_their_end(self, at=None):
        """Evidence nobody needs any more: withdrawn, and the third year after that is over."""
        first_kept = timezone.localtime(at).year - EVIDENCE_KEPT_YEARS
        return self.filter(withdrawn_at__year__lt=first_kept)


class SuppressionQuerySet(models.QuerySet):
    def of_nobody(self, at=None):
        """Addresses nobody in the network has, a year after they wanted no newsletter."""
        from network.models import Contact  # models import this module

        people = Contact.objects.filter(email__mailbox=models.OuterRef("address"))
        end = (at or timezone.now()) - SUPPRESSIONS_KEPT
        return self.filter(~models.Exists(people), since__lt=end)


class MailRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None)

    def due(self, at=None):
        """Waiting mails to mailboxes that got none within the hour."""
        recent = self.model.objects.just_sent(at).filter(mailbox=models.OuterRef("mailbox"))
        return self.waiting().filter(~models.Exists(recent))

    def room(self, at=None):
        """How many may still leave in this hour, whoever asked for them."""
        return max(0, settings.REQUESTED_MAILS_AN_HOUR - self.model.objects.just_sent(at).count())

    def held_up(self, at=None):
        """What should have left: all that is due while the hour is full, else what waits long."""
        waits_long = models.Q(wanted_at__lt=(at or timezone.now()) - HELD_UP_AFTER)
        most = settings.REQUESTED_MAILS_AN_HOUR
        first_without_room = self.model.objects.just_sent(at).order_by("pk")[most - 1 : most]
        is_full = models.Exists(first_without_room) if most else models.Value(True)
        return self.due(at).filter(waits_long | is_full).order_by("wanted_at", "pk")

    def just_sent(self, at=None):
        return self.filter(sent_at__gt=(at or timezone.now()) - BETWEEN_MAILS)

    def old(self, at=None):
        return self.filter(wanted_at__lt=(at or timezone.now()) - MAIL_REQUESTS_KEPT)


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
