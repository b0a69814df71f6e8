"""The address of an institution's page, and who an address speaks for."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from network.models import HouseLink


def make(institution):
    """Make a link for an institution; return it and its address, which nobody can tell later."""
    link, key = HouseLink.objects.made_for(institution)
    with override(link.language):
        return link, settings.PORTAL_URL + reverse("asking:house", args=[key])


def good(key):
    """Return the good link of a key; None if it is wrong or over."""
    return HouseLink.objects.of_key(key).good().select_related("institution").first()


def is_over(key):
    """Whether a key opened the page once."""
    return HouseLink.objects.of_key(key).exists()
