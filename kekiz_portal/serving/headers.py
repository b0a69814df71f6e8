"""Headers that neither Django nor django-csp sends."""

from django.conf import settings


class PermissionsPolicy:
    """Middleware: tell the browser which of its powers the portal never uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response
