"""The admin's own sign-in page gives way to the one that knows the second factor."""

from django.conf import settings
from django.contrib.admin.sites import site
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # reads nothing of what is sent
def lead_to_sign_in(request, extra_context=None):  # noqa: ARG001 - the admin's signature
    """Redirect to the sign-in, whatever was sent; raise PermissionDenied for people without rights.

    Stands in for ``AdminSite.login``; ``next`` is kept when it leads into this portal.
    """
    after = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure()):
        after = resolve_url(settings.LOGIN_REDIRECT_URL)
    if not request.user.is_authenticated:
        return redirect_to_login(after)
    if not site.has_permission(request):
        raise PermissionDenied
    return redirect(after)
