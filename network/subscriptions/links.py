"""The links in a mail that belong to one recipient."""

from django.conf import settings
from django.core.signing import Signer


def unsubscribe_url(delivery):
    return f"{settings.PORTAL_URL}/newsletter/abmelden/{_token('unsubscribe', delivery)}"


def settings_url(delivery):
    return f"{settings.PORTAL_URL}/newsletter/einstellungen/{_token('settings', delivery)}"


def web_url(newsletter):
    return f"{settings.PORTAL_URL}/newsletter/archiv/{newsletter.slug}/"


def _token(purpose, delivery):
    return Signer(salt=f"network.{purpose}").sign(str(delivery.pk))
