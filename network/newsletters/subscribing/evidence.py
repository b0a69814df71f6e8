"""Keeping what somebody agreed to, without keeping the address."""

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kekiz_portal.lib import mailbox
from network.models import Consent
from network.newsletters import tokens

from . import wording

SALT = "network.newsletters.subscribing.evidence"


def note_asking(subscription, choice, source):
    """Write down what somebody read and chose; asking again before confirming replaces it."""
    open_ones = subscription.consents.filter(confirmed_at=None)
    open_ones.exclude(mailing_list__in=choice.lists).delete()
    facts = _facts(subscription, choice, source, asked_at=subscription.asked_at)
    for one in choice.lists:  # as many steps for what is new as for what waits already
        Consent.objects.update_or_create(
            subscription=subscription, mailing_list=one, confirmed_at=None, defaults=facts
        )


def note_adding(subscription, choice, added, source, token):
    """Write down that a subscriber chose further lists on a page that a mail's link led to."""
    now = timezone.now()
    proof = {"confirmed_at": now, "token_hash": tokens.fingerprint(token)}
    facts = _facts(subscription, choice, source, asked_at=now, **proof)
    Consent.objects.bulk_create(
        Consent(subscription=subscription, mailing_list=one, **facts) for one in added
    )


def note_leaving(subscription, lists):
    """Write down that somebody wants no more of some lists, and keep the proof apart."""
    left = subscription.consents.filter(mailing_list__in=lists)
    left.filter(confirmed_at=None).delete()
    left.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())


def _facts(subscription, choice, source, **times):
    return times | {
        "address_hash": hashes(subscription.address)[0],
        "text_version": wording.VERSION,
        "wording": wording.agreed(choice.offered, choice.lists),
        "purposes": [topic.name for topic in choice.interests],
        "language": choice.language,
        "source": source,
    }


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
