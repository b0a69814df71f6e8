"""The mail that tells somebody that others try to sign in as them; at most one a day."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from kekiz_portal.lib import mails
from kekiz_portal.lib.limits import is_among_first

A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def send(key, knows_password):
    """Write to a user; ``knows_password`` says that only the second factor was in the way."""
    user = User.objects.filter(pk=key, is_active=True).exclude(email="").first()
    if user is None or not is_among_first("sign-in-warning", key, 1, A_DAY):
        return
    page = "account_change_password" if knows_password else "account_login"
    context = {
        "username": user.get_username(),
        "knows_password": knows_password,
        "page": settings.PORTAL_URL + reverse(page),
        "portal_name": settings.CITY["portal_name"],
        "phone": settings.CITY["contact"]["phone"],
    }
    try:
        mails.written("account/email/warning", user.email, context).send()
    except (SMTPException, OSError) as error:  # its text may name the address
        logger.error("No warning to user %s: %s", key, type(error).__name__)  # noqa: TRY400
