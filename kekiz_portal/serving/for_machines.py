"""What machines look for: whom to tell of a hole, what to leave alone, how to search."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kekiz_portal.lib import telephone
from kekiz_portal.lib.languages import said
from kekiz_portal.logs import fronts_of_keys

A_DAY = 24 * 60 * 60
PAPER = "#faf5ec"  # --paper of static/css/tokens.css
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
    return _text(
        "User-agent: *",
        *(f"Disallow: {path}" for path in paths),
        f"Sitemap: {settings.PORTAL_URL}{reverse('sitemap_index')}",
    )


@require_safe
@cache_control(max_age=A_DAY)
def manifest(request):  # noqa: ARG001 - a view takes its request
    """Answer how a device shows the portal among its applications (W3C Web App Manifest)."""
    icons = [_icon("mark.svg", "any", "image/svg+xml")]
    icons += [_icon(f"mark-{size}.png", f"{size}x{size}", "image/png") for size in (192, 512)]
    content = {
        "name": f"{settings.CITY['portal_name']} – {settings.CITY['full_name']}",
        "short_name": settings.CITY["portal_name"],
        "description": said(settings.CITY["claim"]),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": "/",
        "start_url": reverse("offers:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _icon(name, sizes, kind):
    return {"src": static(f"img/{name}"), "sizes": sizes, "type": kind, "purpose": "any"}


@require_safe
@cache_control(max_age=A_DAY)
def opensearch(request):
    """Answer how a browser searches here: what is typed is sent and stands in no address."""
    context = {"city": settings.CITY, "portal": settings.PORTAL_URL, "language": get_language()}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", context, content_type=kind)


def _telephone():
    return telephone.tel_uri(settings.CITY["contact"]["phone"])


def _text(*lines):
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
