"""Nobody works in the administration without a second factor, in this very session."""

import re

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

# All rooms of the staff, in any language of the portal.
STAFF_ROOMS = re.compile(r"/(?:[a-z]{2}(?:-[a-z]+)?/)?verwaltung/")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
SESSION_KEY = "second_factor_of"

SIGN_OUT = {"account_logout", "admin:logout"}
ENROLMENT = SIGN_OUT | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_login",
}


def has_second_factor(user):
    """Tell whether the user has an app or a passkey; recovery codes alone do not count."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def prove(session, user):
    """Note in the session that this user has shown a second factor in it."""
    session[SESSION_KEY] = user.pk


def is_proven(request):
    """Tell whether the signed-in user has shown a second factor in this session."""
    return request.session.get(SESSION_KEY) == request.user.pk


class SecondFactor:
    """Middleware: without a second factor only its enrolment and the way out are open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if STAFF_ROOMS.match(request.path_info):
            add_never_cache_headers(response)
        return response

    def process_view(self, request, _view, _args, _kwargs):
        """Return where to go first, None when the way is free; public pages cost one match."""
        if not STAFF_ROOMS.match(request.path_info) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if has_second_factor(request.user):
            if is_proven(request) or name in SIGN_OUT:
                return None
            # A session from before the enrolment knows the password only: it must not even
            # reach the pages that take the factor away again.
            logout(request)
            messages.info(request, _("Bitte melden Sie sich mit Ihrem zweiten Faktor an."))
            return redirect("account_login")
        return None if name in ENROLMENT else redirect("mfa_index")
