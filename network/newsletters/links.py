"""The links in mails, to pages in the language of the reader; none asks the database anything."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from network.models import Subscription

from . import tokens

NO_ROW = 0


def unsubscribe_url(of):
    """Return where the owner of a delivery or a subscription unsubscribes, for ever.

    A page by GET, done by POST.
    """
    token = tokens.make(tokens.UNSUBSCRIBE, *_ids(of))
    return _url("newsletter_unsubscribe", token, of.language)


def settings_url(of):
    token = tokens.make(tokens.SETTINGS, *_ids(of))
    return _url("newsletter_settings", token, of.language)


def web_url(newsletter):
    with override(settings.LANGUAGE_CODE):
        return settings.PORTAL_URL + reverse("network:archive_issue", args=[newsletter.slug])


def confirm_url(subscription):
    token = tokens.make(tokens.CONFIRM, subscription.pk, subscription.nonce)
    return _url("newsletter_confirm", token, subscription.language)


def consent_url(letter):
    """Return where somebody of the network says yes or no to mails; good as long as the letter."""
    return _url("mail_consent", tokens.make(tokens.CONSENT, letter.pk), settings.LANGUAGE_CODE)


def place_alerts_url(alert):
    """Return where somebody confirms or ends what they asked for; good as long as the row."""
    return _url("place_alerts:mine", tokens.make(tokens.PLACES, alert.pk), alert.language)


def data_url(request):
    """Return the address of all data about the address of a ``MailRequest``."""
    return _url("data", tokens.make(tokens.DATA, request.pk), request.language)


def _ids(of):
    """Return the delivery and whom it went to, which the row itself forgets after half a year."""
    if isinstance(of, Subscription):
        return NO_ROW, of.pk, NO_ROW
    return of.pk, of.subscription_id or NO_ROW, of.contact_id or NO_ROW


def _url(page, token, language):
    return f"{settings.PORTAL_URL}{_front(page, language)}{token}"


@cache
def _front(page, language):
    """Return the path before the token; asked once, because each mail has several."""
    name = page if ":" in page else f"network:{page}"
    with override(language):
        return reverse(name, args=["-"]).removesuffix("-")
