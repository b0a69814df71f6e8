"""Where django-allauth asks how this portal wants it."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kekiz_portal.signing_in import secrecy
from kekiz_portal.signing_in.visitor_address import counted_address

from .second_factor import FACTORS

SIGNED_IN_AT = "signed_in_at"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; administrators make the logins of colleagues."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Diese Anmeldung ist abgeschaltet. Fragen Sie die Administration."),
        "username_password_mismatch": _(
            "Benutzername und Passwort passen nicht zusammen. Bitte prüfen Sie beides."
        ),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
        "rate_limited": _("Das waren viele Versuche. Bitte warten Sie eine Minute."),
    }

    def is_open_for_signup(self, _request):
        return False

    def get_client_ip(self, request):
        return counted_address(request) or ""

    def get_password_change_redirect_url(self, _request):
        return reverse("mfa_index")

    def is_reauthentication_required(self, **_):
        """Who signed in just now need not prove it again at once."""
        age = time.time() - context.request.session.get(SIGNED_IN_AT, 0)
        return age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class MFAAdapter(DefaultMFAAdapter):
    """Names and messages of the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "Dieser Code stimmt nicht oder ist schon verbraucht. "
            "Ein Code der App gilt 30 Sekunden und nur einmal."
        ),
        "cannot_delete_authenticator": _(
            "Das ist Ihr letzter zweiter Faktor, ihn können Sie nicht entfernen. "
            "Richten Sie zuerst einen anderen ein."
        ),
        "cannot_generate_recovery_codes": _("Richten Sie zuerst eine App oder einen Passkey ein."),
    }

    encrypt, decrypt = staticmethod(secrecy.encrypt), staticmethod(secrecy.decrypt)

    def can_delete_authenticator(self, authenticator):
        """Tell whether another app or passkey remains; recovery codes alone are no factor."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_label(self, user):
        return user.get_username()

    def _get_site_name(self):
        return settings.CITY["portal_name"]
