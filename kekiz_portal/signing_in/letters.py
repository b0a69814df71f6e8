"""What a login gets by mail: the link for a new password, and that others try to sign in with it.

A worker writes both, so that nobody waits for them, and a page takes for an address that belongs
to a login and for one that does not the same. Each comes seldom, whoever asks for it.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from kekiz_portal.lib import mails
from kekiz_portal.lib.limits import is_among_first
from kekiz_portal.lib.mailbox import provider_mailbox

A_DAY = 24 * 60 * 60


def send_new_passwords(keys):
    """Send the link to each of these users who may still sign in; one an hour to a mailbox."""
    for user in _reachable(keys):
        if is_among_first("new-password:mailbox", provider_mailbox(user.email), 1):
            context = {"username": user.get_username(), "password_reset_url": _link_of(user)}
            mail = mails.written("account/email/new_password", user.email, context)
            mails.hand_over(mail, f"mail for a new password to user {user.pk}")


def warn(key, knows_password):
    """Write to a user, once a day; ``knows_password``: only the second factor was in the way."""
    for user in _reachable([key]):
        if is_among_first("sign-in-warning", key, 1, A_DAY):
            page = "account_change_password" if knows_password else "account_login"
            context = {
                "username": user.get_username(),
                "knows_password": knows_password,
                "page": settings.PORTAL_URL + reverse(page),
                "portal_name": settings.CITY["portal_name"],
                "phone": settings.CITY["contact"]["phone"],
            }
            mail = mails.written("account/email/warning", user.email, context)
            mails.hand_over(mail, f"warning to user {key}")


def _reachable(keys):
    return User.objects.filter(pk__in=keys, is_active=True).exclude(email="")


def _link_of(user):
    """Return the address of the page for a new password; good once and for a while."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PORTAL_URL + reverse("account_reset_password_from_key", kwargs=parts)
