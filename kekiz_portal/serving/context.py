"""What every template may use."""

from django.conf import settings


def portal(request):  # noqa: ARG001 - a context processor takes its request
    """Return the city the portal speaks for."""
    return {"city": settings.CITY}
