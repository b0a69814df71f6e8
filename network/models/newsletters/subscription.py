"""Who asked for newsletters, what they agreed to, and who in the network wants none."""

import secrets
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.fields import MailboxField, optional
from kekiz_portal.lib.times import day
from network.models.contact import Contact
from offers.models import Topic

from .mailing_list import MailingList

UNCONFIRMED_KEPT = timedelta(days=7)
# What a claim can still be made about: three years, counted from the end of the year.
EVIDENCE_KEPT_YEARS = 3
# Somebody may be noted before they come into the network.
SUPPRESSIONS_KEPT = timedelta(days=365)


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


class ConsentQuerySet(models.QuerySet):
    def past_their_end(self, at=None):
        """Evidence nobody needs any more: withdrawn, and the third year after that is over."""
        first_kept = timezone.localtime(at).year - EVIDENCE_KEPT_YEARS
        return self.filter(withdrawn_at__year__lt=first_kept)


class Consent(models.Model):
    """Wording and times of one agreement to one list; no IP address, and no address in the clear.

    When the subscription ends, the row stands alone until the end of the third year: whoever
    claims or denies an agreement names the address, and its keyed hash finds the row.
    """

    subscription = optional(Subscription, _("Abo"), blank=False, related_name="consents")
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


class SuppressionQuerySet(models.QuerySet):
    def of_nobody(self, at=None):
        """Addresses nobody in the network has, a year after they wanted no newsletter."""
        people = Contact.objects.filter(email__mailbox=models.OuterRef("address"))
        end = (at or timezone.now()) - SUPPRESSIONS_KEPT
        return self.filter(~models.Exists(people), since__lt=end)


class Suppression(models.Model):
    """An address that gets no newsletter although it stands in the network.

    A public subscriber needs none: without a subscription nothing is sent there.
    """

    address = MailboxField(_("E-Mail"))
    since = models.DateTimeField(_("seit"), default=timezone.now, editable=False)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Newsletter unerwünscht")
        verbose_name_plural = _("Newsletter unerwünscht")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                name="suppression_once_per_address",
                violation_error_message=_("Diese Adresse bekommt schon keinen Newsletter."),
            ),
        ]

    def __str__(self):
        return self.address
