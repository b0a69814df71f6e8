"""The links in mails; none of them asks the database anything."""

from django.conf import settings

from . import tokens

NOBODY = 0


def unsubscribe_url(delivery):
    """Return the address to unsubscribe: a page by GET, done by POST, good for ever."""
    return _url("abmelden", tokens.make(tokens.UNSUBSCRIBE, *_ids(delivery)))


def settings_url(delivery):
    return _url("einstellungen", tokens.make(tokens.SETTINGS, *_ids(delivery)))


def web_url(newsletter):
    return f"{settings.PORTAL_URL}/newsletter/archiv/{newsletter.slug}/"


def unsubscribe_url_of(subscription):
    """Return what ``unsubscribe_url`` does for mails that are no newsletter."""
    return _url("abmelden", tokens.make(tokens.UNSUBSCRIBE, NOBODY, subscription.pk, NOBODY))


def settings_url_of(subscription):
    return _url("einstellungen", tokens.make(tokens.SETTINGS, NOBODY, subscription.pk, NOBODY))


def confirm_url(subscription):
    token = tokens.make(tokens.CONFIRM, subscription.pk, subscription.nonce)
    return _url("bestaetigen", token)


def consent_url(letter):
    """Return where somebody of the network says yes or no to mails; good as long as the letter."""
    return _url("einwilligung", tokens.make(tokens.CONSENT, letter.pk))


def data_url(request):
    """Return the address of all data about the address of a ``MailRequest``."""
    return _url("meine-daten", tokens.make(tokens.DATA, request.pk))


def _ids(delivery):
    """Return who a delivery went to; the delivery itself forgets it after half a year."""
    return delivery.pk, delivery.subscription_id or NOBODY, delivery.contact_id or NOBODY


def _url(page, token):
    return f"{settings.PORTAL_URL}/newsletter/{page}/{token}"
