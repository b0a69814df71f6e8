"""From wishing to be told about free places to the end of the wish."""

from django.db import transaction
from django.utils import timezone

from network.models import MailRequest, PlaceAlert
from network.newsletters import tokens
from network.newsletters.subscribing import mailing

from . import telling


@transaction.atomic
def wish(address, offer, language):
    """Note that an address wants one mail about an offer, and ask it to confirm.

    What is confirmed already stays so; the answer is the same, as whoever typed the address need
    not own it.
    """
    wished = PlaceAlert(offer=offer, address=address, language=language, asked_at=timezone.now())
    PlaceAlert.objects.bulk_create([wished], ignore_conflicts=True)
    mailing.request(address, MailRequest.Kind.PLACES, language)


def of_link(token):
    """Return all wishes of the mailbox a link of a mail was sent to. Raises ``BadSignature``."""
    (number,) = tokens.read(tokens.PLACES, token)
    found = PlaceAlert.objects.filter(pk=number).first()
    wishes = PlaceAlert.objects.select_related("offer", "offer__free_places")
    return wishes.of(found.address) if found else wishes.none()


@transaction.atomic
def confirm(wishes):
    """Let mails come about wishes; who is told at once need not wait for the clock."""
    wishes.filter(confirmed_at=None).update(confirmed_at=timezone.now())
    transaction.on_commit(telling.call_worker)
