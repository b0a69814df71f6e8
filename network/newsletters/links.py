"""The links in mails, to pages in the language of the reader; none asks the database anything."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from . import tokens

NO_ROW = 0


def unsubscribe_url(delivery):
    """Return the address to unsubscribe: a page by GET, done by POST, good for ever."""
    token = tokens.make(tokens.UNSUBSCRIBE, *_ids(delivery))
    return _url("newsletter_unsubscribe", token, delivery.language)


def settings_url(delivery):
    token = tokens.make(tokens.SETTINGS, *_ids(delivery))
    return _url("newsletter_settings", token, delivery.language)


def web_url(newsletter):
    with override(settings.LANGUAGE_CODE):
        return settings.PORTAL_URL + reverse("network:archive_issue", args=[newsletter.slug])


def unsubscribe_url_of(subscription):
    """Return what ``unsubscribe_url`` does for mails that are no newsletter."""
    token = tokens.make(tokens.UNSUBSCRIBE, NO_ROW, subscription.pk, NO_ROW)
    return _url("newsletter_unsubscribe", token, subscription.language)


def settings_url_of(subscription):
    token = tokens.make(tokens.SETTINGS, NO_ROW, subscription.pk, NO_ROW)
    return _url("newsletter_settings", token, subscription.language)


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


def _ids(delivery):
    """Return who a delivery went to; the delivery itself forgets it after half a year."""
    return delivery.pk, delivery.subscription_id or NO_ROW, delivery.contact_id or NO_ROW


def _url(page, token, language):
    return f"{settings.PORTAL_URL}{_front(page, language)}{token}"


@cache
def _front(page, language):
    """Return the path before the token; asked once, because each mail has several."""
    name = page if ":" in page else f"network:{page}"
    with override(language):
        return reverse(name, args=["-"]).removesuffix("-")
