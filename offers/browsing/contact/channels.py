"""How somebody is reached: numbers and mailboxes, each with what it is for and its hours."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from offers.browsing.answering_hours import hours_said
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


def of_offer(offer):
    """Return an offer's own channels, who can be called first; empty without any.

    The offer is one from ``Offer.objects.for_page()``.
    """
    channels = [one for one in _own(offer) if one.phone or one.email]
    return tuple(sorted(channels, key=lambda one: not one.phone))


def of_institution(institution):
    """Return the channel of an institution, as a tuple; empty without any."""
    if not (institution.phone or institution.email):
        return ()
    hours = hours_of(institution), institution.opening_hours_relied_on
    return (Channel("", institution.phone, institution.email, *hours),)


def hours_of(institution):
    """Return the opening hours of an institution as the page says them, as markup."""
    return institution.hours_as_last_heard(hours_said(institution.opening_hours_text))


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
        hours = {"hours": hours_said(point["hours"])}
        yield Channel(**point | hours, relied_on="" if is_old else point["hours"])
