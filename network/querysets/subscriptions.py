"""Questions about who wants the newsletter, and for how long it may be known."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

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
