"""Repeated failures lock a user name at one address for a while: the only place that decides it.

Passwords and codes of the second factor count together. What is kept of an attempt is the user
name, the address, the time and the number, nothing else, until the lock has opened again.
"""

import unicodedata
from functools import wraps

from allauth.core import context
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from . import pauses

NAME_LENGTH = 255  # of the column it is kept in


def counted_name(name):
    """Return the one spelling under which attempts on a user name are counted."""
    folded = unicodedata.normalize("NFKC", name or "").replace("\x00", "")
    return folded.strip().casefold()[:NAME_LENGTH]


def name_in(request, credentials=None):
    """Return the user name somebody tries: that of the credentials, else that of the form."""
    return counted_name((credentials or {}).get("username") or request.POST.get("login"))


class Handler(AxesDatabaseHandler):
    """Keeps neither the browser's name nor what was typed; looks at wider circles too."""

    def is_locked(self, request, credentials=None):
        """Tell whether this name is locked here or has to wait (``pauses``)."""
        if super().is_locked(request, credentials):
            return True
        if not hasattr(request, "sign_in_pause"):
            name = name_in(request, credentials)
            request.sign_in_pause = pauses.pause(name, request.axes_ip_address)
        return request.sign_in_pause is not None

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""
            super().user_login_failed(sender, credentials, request, **kwargs)


def forget_what_was_typed(instance, **_):
    """Before an attempt is saved: no form data, not even masked."""
    instance.get_data = instance.post_data = ""


def second_factor_failed(request, user, **_):
    """A wrong code counts like a wrong password."""
    request.knows_password = True
    credentials = {"username": user.get_username(), "step": "second_factor"}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def is_locked(request, user):
    """Tell whether this user is locked at the request's address; a locked request gets the page."""
    credentials = {"username": user.get_username()}
    locked = AxesProxyHandler.is_locked(request, credentials)
    if locked:
        request.axes_locked_out, request.axes_credentials = True, credentials
    return locked


def refused_while_locked(clean):
    """Decorate a form's ``clean_…``: while its user is locked, nothing is even compared."""

    @wraps(clean)
    def guarded(form):
        if is_locked(context.request, form.user):
            raise forms.ValidationError(_("Die Anmeldung ist gesperrt."))
        return clean(form)

    return guarded


def opens_at(attempt):
    """Return when the lock of this attempt opens by itself."""
    return attempt.attempt_time + settings.AXES_COOLOFF_TIME


def locked_page(request, _response, credentials):
    """Say what happened, when it opens and whom to ask."""
    until = getattr(request, "sign_in_pause", None) or _opening(request, credentials)
    response = render(request, "account/locked.html", {"opens_at": until}, status=429)
    seconds = (until - timezone.now()).total_seconds()
    response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response


def _opening(request, credentials):
    tried = {"username": name_in(request, credentials), "ip_address": request.axes_ip_address}
    return opens_at(AccessAttempt.objects.filter(**tried).latest("attempt_time"))


def forget_old_attempts():
    """Delete the attempts whose lock has opened again; return how many."""
    over = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__lte=over).delete()[0]
