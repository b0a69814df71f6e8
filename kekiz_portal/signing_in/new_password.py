"""The mail with the link for a new password. A worker writes it, so that nobody waits for it.

Nobody gets more than one an hour, whoever asks and however the address is written. What a page
takes for an address that belongs to a login and for one that does not is the same.
"""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from kekiz_portal.lib import mails
from kekiz_portal.lib.limits import is_among_first
from kekiz_portal.lib.mailbox import provider_mailbox

MAILS_AN_HOUR = 1

logger = logging.getLogger(__name__)


def send(keys):
    """Send the mail to each of these users who may still sign in; what fails is in the log."""
    for user in User.objects.filter(pk__in=keys, is_active=True).exclude(email=""):
        if not is_among_first("new-password:mailbox", provider_mailbox(user.email), MAILS_AN_HOUR):
            continue
        try:
            message_to(user).send()
        except (SMTPException, OSError) as error:  # its text may name the address
            reason = type(error).__name__
            logger.error("No mail for a new password to user %s: %s", user.pk, reason)  # noqa: TRY400


def message_to(user):
    context = {"username": user.get_username(), "password_reset_url": link_of(user)}
    return mails.written("account/email/new_password", user.email, context)


def link_of(user):
    """Return the address of the page for a new password; good once and for a while."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PORTAL_URL + reverse("account_reset_password_from_key", kwargs=parts)
