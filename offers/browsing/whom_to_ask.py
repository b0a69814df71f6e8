"""Whom families can ask about an offer, so that no number stands without a name.

Its own contact, else its provider's, else the city's function that the configuration names.
The city's is the last way and is never shown as the offer's number.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from offers.models import last_heard


@dataclass(frozen=True)
class Channel:
    """A telephone, a mailbox or both; ``label`` says what for, ``hours`` when somebody answers.

    ``relied_on`` are those hours as they stand, empty where only an old page says them.
    """

    label: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    relied_on: str = ""

    @property
    def call_back(self):
        """The address of a mail, ready to send, that asks to be called; empty without a mailbox."""
        if not self.email:
            return ""
        body = _("Guten Tag,\n\nbitte rufen Sie mich zurück.\n\nMeine Nummer:\nEs passt mir:\n")
        words = urlencode({"subject": _("Bitte um Rückruf"), "body": body}, quote_via=quote)
        return f"mailto:{quote(self.email, safe='@')}?{words}"


@dataclass(frozen=True)
class WhomToAsk:
    """Who answers and how; ``of`` is "offer", "provider" or "city".

    ``is_youth_office`` says whether families reach the Jugendamt, ``None`` where nobody knows;
    ``purpose`` is what they learn there, ``anonymous`` whether they may keep their name to
    themselves.
    """

    of: str
    name: str
    channels: tuple[Channel, ...]
    is_youth_office: bool | None = None
    purpose: str = ""
    anonymous: bool = False

    @property
    def is_own(self):
        return self.of == "offer"

    @property
    def is_city(self):
        return self.of == "city"


def whom_to_ask(offer):
    """Return whom to ask about an offer from ``Offer.objects.for_page()``."""
    if channels := [one for one in _own(offer) if one.phone or one.email]:
        channels.sort(key=lambda one: not one.phone)  # who can be called comes first
        return WhomToAsk("offer", offer.provider_words, tuple(channels))
    provider = offer.provider
    if provider and (provider.phone or provider.email):
        theirs = Channel(
            "",
            provider.phone,
            provider.email,
            provider.opening_hours_words,
            provider.opening_hours_relied_on,
        )
        return WhomToAsk("provider", provider.name, (theirs,))
    return of_the_city()


def _own(offer):
    """Yield the offer's own channels. Hours beside a number are as old as the page that says it."""
    is_old = bool(not offer.is_confirmed and last_heard.outdated(offer.sources.all(), "phone"))
    found = telephone.read(offer.phone)
    hours = found.note.strip(" ,()") if found else ""
    provider = offer.provider
    if not hours and provider and offer.phone and offer.phone == provider.phone:
        hours, is_old = provider.opening_hours_relied_on, False
    yield Channel("", offer.phone, offer.email, relied_on="" if is_old else hours)
    for point in offer.public_contact_points:
        yield Channel(**point, relied_on="" if is_old else point["hours"])


def of_the_city():
    """Return the function of the city that answers where nobody else is known."""
    contact = settings.CITY["contact"]
    hours = contact.get("hours", "")
    channel = Channel("", contact["phone"], contact.get("email", ""), hours, hours)
    name = f"{contact['name']}, {settings.CITY['full_name']}"
    return WhomToAsk(
        "city",
        name,
        (channel,),
        contact.get("is_youth_office"),
        contact.get("purpose", ""),
        contact.get("anonymous", False),
    )


def city_in_a_line():
    """Say whom to call at the city inside a sentence, the name before the number."""
    contact = settings.CITY["contact"]
    return _("%(name)s, Telefon %(phone)s") % {"name": contact["name"], "phone": contact["phone"]}
