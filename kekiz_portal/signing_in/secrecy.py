"""Secrets of second factors lie encrypted in the database: a stolen backup opens nothing."""

import base64
import logging

from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def lock():
    """Return what encrypts with SECRET_KEY, and also decrypts with the keys before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac(__name__, "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def encrypt(text):
    """Return ``text`` so that only this portal can read it."""
    return lock().encrypt(text.encode()).decode()


def decrypt(token):
    """Return the text again; where no key fits, a fresh secret, which no code can match."""
    try:
        return lock().decrypt(token.encode()).decode()
    except InvalidToken:
        logger.error("No SECRET_KEY fits a second factor; its owner needs a reset.")  # noqa: TRY400
        return generate_totp_secret()
