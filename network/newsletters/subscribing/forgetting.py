"""Deleting what is not needed any more."""

from django.db import transaction

from network.models import Consent, MailRequest, PlaceAlert, Subscription, Suppression


@transaction.atomic
def forget(at=None):
    """Delete unconfirmed sign-ups, rows of sent mails, old evidence, wishes that are over.

    Safe to repeat.
    """
    given_up = Subscription.objects.given_up(at)
    Consent.objects.filter(subscription__in=given_up, confirmed_at=None).delete()
    given_up.delete()
    MailRequest.objects.old(at).delete()
    PlaceAlert.objects.over(at).delete()
    Consent.objects.past_their_end(at).delete()
    Suppression.objects.of_nobody(at).delete()
