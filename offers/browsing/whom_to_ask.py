"""Whom families can ask about an offer, so that no number stands without a name.

Its own contact, else its provider's, else the city's function that the configuration names.
The city's is the last way and is never shown as the offer's number.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Channel:
    """A telephone, a mailbox or both; ``label`` says what for, ``hours`` when somebody answers."""

    label: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True)
class WhomToAsk:
    """Who answers and how; ``of`` is "offer", "provider" or "city".

    ``is_youth_office`` says whether families reach the Jugendamt, ``None`` where nobody knows;
    ``purpose`` is what they learn there.
    """

    of: str
    name: str
    channels: tuple[Channel, ...]
    is_youth_office: bool | None = None
    purpose: str = ""

    @property
    def is_own(self):
        return self.of == "offer"

    @property
    def is_city(self):
        return self.of == "city"


def whom_to_ask(offer):
    """Return whom to ask about an offer from ``Offer.objects.for_page()``."""
    own = Channel(phone=offer.phone, email=offer.email)
    points = (Channel(**point) for point in offer.public_contact_points)
    channels = tuple(one for one in (own, *points) if one.phone or one.email)
    if channels:
        return WhomToAsk("offer", offer.provider_words, channels)
    provider = offer.provider
    if provider and (provider.phone or provider.email):
        theirs = Channel("", provider.phone, provider.email, provider.opening_hours_text)
        return WhomToAsk("provider", provider.name, (theirs,))
    return of_the_city()


def of_the_city():
    """Return the function of the city that answers where nobody else is known."""
    contact = settings.CITY["contact"]
    channel = Channel("", contact["phone"], contact.get("email", ""), contact.get("hours", ""))
    name = f"{contact['name']}, {settings.CITY['full_name']}"
    return WhomToAsk(
        "city", name, (channel,), contact.get("is_youth_office"), contact.get("purpose", "")
    )


def city_in_a_line():
    """Say whom to call at the city inside a sentence, the name before the number."""
    contact = settings.CITY["contact"]
    return _("%(name)s, Telefon %(phone)s") % {"name": contact["name"], "phone": contact["phone"]}
