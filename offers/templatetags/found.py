"""What the head of a page says to those who find it or send it on."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from kekiz_portal.lib import keeping
from kekiz_portal.lib.languages import territory_of
from offers.browsing.ready import filled, gap

register = template.Library()


@register.simple_tag
def found(request, title="", of="", slug=""):
    """Say the address of a page that anybody may open, without its filters.

    With a title also how messengers show a link to it; ``of`` and ``slug`` name its picture.
    """
    match = getattr(request, "resolver_match", None)
    if match is None or not keeping.how_kept(match.func):
        return ""
    values = {"address": settings.PORTAL_URL + request.path}
    if title:
        picture = reverse("link_picture", args=[of, slug]) if of else reverse("portal_picture")
        values |= {"title": title, "picture": settings.PORTAL_URL + picture}
        values["locale"] = f"{get_language()}_{territory_of(get_language())}"
    return filled("found", tuple((name, gap(name)) for name in values), **values)
