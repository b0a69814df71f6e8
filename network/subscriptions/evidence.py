"""Keeping what somebody agreed to, without keeping the address."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from kekiz_portal.lib import mailbox
from network.models import Consent

from . import wording

SALT = "network.subscriptions.evidence"


def note_asking(subscription, topics, source):
    """Write down what somebody read and chose; asking again before confirming replaces it."""
    Consent.objects.update_or_create(
        subscription=subscription,
        confirmed_at=None,
        defaults={
            "address_hash": hashes(subscription.address)[0],
            "text_version": wording.VERSION,
            "wording": wording.consent(),
            "purposes": [topic.name for topic in topics],
            "language": subscription.language,
            "source": source,
            "asked_at": subscription.asked_at,
        },
    )


def of(address):
    """Return the evidence about an address."""
    return Consent.objects.filter(address_hash__in=hashes(address))


def hashes(address):
    """Return the keyed hashes of an address, that of the present key first."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(SALT, spelling, secret=key, algorithm="sha256").hexdigest()
        for spelling in mailbox.spellings(address)
        for key in keys
    ]
