"""Where a mail comes back to when it cannot be delivered."""

from email.utils import parseaddr

from django.conf import settings


def return_path(_delivery):
    """Return the envelope sender of one mail."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
