"""What stands in the links of mails: signed, each bound to its purpose.

Django reads signatures of ``SECRET_KEY_FALLBACKS`` too, so links survive a change of the key.
"""

import hashlib
from datetime import timedelta

from django.core.signing import Signer, TimestampSigner

from network.models.newsletters.subscription import UNCONFIRMED_KEPT

SEPARATOR = "."
CONFIRM, UNSUBSCRIBE, SETTINGS, DATA = "confirm", "unsubscribe", "settings", "data"
CONSENT, PLACES = "consent", "places"
# How long links are good that somebody has just asked for; the others never end.
KEPT = {CONFIRM: UNCONFIRMED_KEPT, DATA: timedelta(days=2)}


def make(purpose, *parts):
    """Return the token of a purpose for numbers and words without a dash."""
    return _signer(purpose).sign("-".join(map(str, parts)))


def read(purpose, token):
    """Return the parts of a token as words. Raises BadSignature, also when it is too old."""
    signer = _signer(purpose)
    limit = {"max_age": KEPT[purpose]} if purpose in KEPT else {}
    return signer.unsign(token, **limit).split("-")


def fingerprint(token):
    """Return what proves that somebody had this very token, without being it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _signer(purpose):
    kind = TimestampSigner if purpose in KEPT else Signer
    return kind(sep=SEPARATOR, salt=f"network.subscriptions.{purpose}")
