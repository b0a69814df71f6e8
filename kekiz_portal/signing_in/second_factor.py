"""Nobody works in the administration without a second factor, in this very session."""

import re

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import Min
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

# All rooms of the staff, in any language of the portal.
STAFF_ROOMS = re.compile(r"/(?:[a-z]{2}(?:-[a-z]+)?/)?verwaltung/")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
SESSION_KEY = "second_factor"

SIGN_OUT = {"account_logout", "admin:logout"}
ENROLMENT = SIGN_OUT | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_login",
}


def has_factor_since(user):
    """Return when the user's oldest app or passkey was set up, None without any.

    Recovery codes alone are no second factor.
    """
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return factors.aggregate(since=Min("created_at"))["since"]


def prove(session, user):
    """Note in the session that this user has shown a second factor in it, just now."""
    session[SESSION_KEY] = {"user": user.pk, "at": timezone.now().timestamp()}


def is_proven(request, since):
    """Tell whether the signed-in user has shown in this session a factor they still have.

    A proof from before ``since`` was given with a factor that has been taken away.
    """
    proof = request.session.get(SESSION_KEY) or {}
    return proof.get("user") == request.user.pk and proof["at"] >= since.timestamp()


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
        if since := has_factor_since(request.user):
            if name in SIGN_OUT or is_proven(request, since):
                return None
            # Such a session knows the password only: it must not even reach the pages that
            # take the factor away again.
            logout(request)
            messages.info(request, _("Bitte melden Sie sich mit Ihrem zweiten Faktor an."))
            return redirect("account_login")
        return None if name in ENROLMENT else redirect("mfa_index")
