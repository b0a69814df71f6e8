"""What machines look for at fixed addresses: whom to tell of a hole, and what to leave alone."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kekiz_portal.lib import telephone
from kekiz_portal.logs import fronts_of_keys

A_DAY = 24 * 60 * 60
# RFC 9116 asks for an end less than a year ahead; it moves on with every release and every day.
SECURITY_GOOD_FOR = timedelta(days=90)
NOT_FOR_ROBOTS = ["/verwaltung/", "/partner/", "/medien/"]
EACH_COMBINATION_OF_FILTERS = "/*?"


@require_safe
@cache_control(max_age=A_DAY)
def security_txt(_request):
    """Answer whom to tell of a hole in the portal (RFC 9116)."""
    contact = settings.CITY.get("security", {}).get("contact") or _telephone()
    ends = (timezone.now() + SECURITY_GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        f"Contact: {contact}",
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.PORTAL_URL}{reverse('security_txt')}",
    )


@require_safe
@cache_control(max_age=A_DAY)
def robots_txt(_request):
    """Answer what search engines leave alone: the office, links of mails, searches."""
    links = [front for front in fronts_of_keys() if not front.startswith(tuple(NOT_FOR_ROBOTS))]
    paths = [*NOT_FOR_ROBOTS, *links, EACH_COMBINATION_OF_FILTERS]
    return _text("User-agent: *", *(f"Disallow: {path}" for path in paths))


def _telephone():
    return telephone.tel_uri(settings.CITY["contact"]["phone"])


def _text(*lines):
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
