"""The address of an institution's page."""

from django.conf import settings
from django.urls import reverse

from network.models import HouseLink


def make(institution, reader=None):
    """Make a link for an institution; return it and its address, which nobody can tell later.

    Who reads the mail with it may be a person of the network, who has a language. The page itself
    is German, as what it asks about is; the mail says what its buttons mean.
    """
    link, key = HouseLink.objects.made_for(institution, reader.language if reader else "")
    return link, settings.PORTAL_URL + reverse("asking:house", args=[key])
