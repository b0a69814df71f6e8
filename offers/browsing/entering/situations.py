"""Entries by situation: what families come with, and where each leads. The city says both."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """What a family would say of itself, and the address that answers."""

    label: str
    url: str


def entries():
    """Return the entries of the city in its order (``[[situations]]`` of ``city.toml``)."""
    return [Entry(one["label"], _url(one)) for one in settings.CITY.get("situations", [])]


def _url(situation):
    if "offers" in situation:
        return f"{reverse('offers:browse')}?{situation['offers']}"
    return f"{reverse('offers:help')}#lage-{situation['help']}"
