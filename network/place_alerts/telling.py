"""Telling who waits that an offer has places: one mail each, then the address goes.

A worker takes a row before it sends: however many workers there are, each mail leaves once.
"""

import logging
from functools import partial

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone, translation

from kekiz_portal.lib import mails
from network.models import PlaceAlert
from offers.browsing.whom_to_ask import whom_to_ask
from offers.models import FreePlaces, Offer

SEND = "network.tasks.send_place_alerts"
call_worker = partial(mails.call_worker, SEND)
logger = logging.getLogger(__name__)


@receiver(post_save, sender=FreePlaces)
def call_for_whoever_waits(instance, **_):
    """Have told who waits as soon as an institution says that there is room."""
    if instance.has_room and PlaceAlert.objects.confirmed().filter(offer=instance.offer).exists():
        transaction.on_commit(call_worker)


def send_waiting():
    """Send the mails that are due, one after the other, until the mail server takes none.

    A mailbox that refuses for now is asked again by the clock; one that refuses for good is not.
    """
    later = []
    while (alert := _next(later)) is not None:
        outcome = mails.hand_over(message_to(alert), f"mail {alert.pk}")
        if outcome.is_sent or outcome.refused_with:
            alert.delete()
        elif outcome.waits:
            PlaceAlert.objects.filter(pk=alert.pk).update(begun_at=None)
            later.append(alert.pk)
        if outcome.is_server_away:
            logger.warning("mails about free places wait for the mail server")
            return


def message_to(alert):
    """Return the mail that an offer has places, in the language in which it was asked for."""
    offer = Offer.objects.for_page().get(pk=alert.offer_id)
    with translation.override(alert.language):
        context = {"offer": offer, "asked": whom_to_ask(offer)}
        return mails.written("network/mail/free", alert.address, context)


@transaction.atomic
def _next(later):
    """Return the next mail that is due and nobody has begun, begun by us; None if there is none.

    ``later`` are keys of those that shall wait.
    """
    due = PlaceAlert.objects.due().exclude(pk__in=later).order_by("asked_at", "pk")
    alert = due.select_for_update(skip_locked=True, of=["self"]).first()
    if alert is not None:
        alert.begun_at = timezone.now()
        alert.save(update_fields=["begun_at"])
    return alert
