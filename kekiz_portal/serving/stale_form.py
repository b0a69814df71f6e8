"""A form whose secret no longer fits: most often somebody signed in again in another window.

Nothing typed is lost. Where the browser vouches that the form stood on a page of the portal, the
answer holds all that was sent and sends it again with one button; a stranger's page gets no such
button (OWASP, Cross-Site Request Forgery Prevention: Origin header).
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.shortcuts import render
from django.urls import resolve
from django.urls.exceptions import Resolver404

from offers.curation import kept_uploads

SECRETS = ("password", "csrfmiddlewaretoken", "code", "credential")
OFFICE = "admin"


def csrf_failure(request, reason=""):  # noqa: ARG001 - the setting's signature
    """Answer what Django's check against forged requests refused."""
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    may_resend = is_own and request.user.is_authenticated and _is_office(request.path_info)
    context = {
        "fields": _fields(request) if may_resend else None,
        "address": request.get_full_path() if may_resend else "",
        "back": _back(request),
        "is_signed_in": request.user.is_authenticated,
    }
    return render(request, "stale_form.html", context, status=HTTPStatus.FORBIDDEN)


def _fields(request):
    """Return all that was sent as pairs of name and value, ``None`` if some must not be shown."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    if any(secret in name for name, _value in sent for secret in SECRETS[:1]):
        return None
    sent += [
        (kept_uploads.field_of(name), str(kept_uploads.keep(file)))
        for name, file in request.FILES.items()
    ]
    return [(name, value) for name, value in sent if name not in SECRETS]


def _is_office(path):
    try:
        return OFFICE in resolve(path).app_names
    except Resolver404:
        return False


def _back(request):
    """Return the page of the portal the form stood on, the start page if that is not known."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host():
        return came_from._replace(scheme="", netloc="").geturl()
    return "/"
