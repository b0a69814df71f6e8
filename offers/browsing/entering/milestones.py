"""What is due in a phase of life, and whom to call about it in the city."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language

from lifephases.models import Milestone
from offers.browsing.contact import duties
from offers.browsing.whom_to_ask import who_answers, whom_to_ask
from offers.catalogue import held
from offers.models import MilestoneContact, Offer

FIRST = 3


@dataclass(frozen=True)
class Due:
    """A milestone, who helps with it and how.

    Without a ``phone``, ``who`` is somebody each family has of its own ("Ihre Kinderarztpraxis"),
    or nobody knows a number yet: then ``instead`` (``WhomToAsk`` of the city) knows more.
    """

    milestone: Milestone
    who: str = ""
    phone: str = ""
    url: str = ""
    instead: object = None


class Dues(NamedTuple):
    """What is due in a phase: the first milestones and the others, each a ``Due``.

    ``offers`` are the keys of all that are named or might be.
    """

    first: list
    others: list
    offers: tuple = ()


def due_in(phase):
    """Return the ``Dues`` of a phase, read again when whom to call may be another."""
    name = "due", phase.slug, get_language()
    return held.current().once(name, lambda: _read(phase), entries=lambda dues: dues.offers)


def _read(phase):
    if phase.is_cross:
        return Dues([], [])
    milestones = Milestone.objects.in_phase(phase)
    first = [one for one in milestones if one.comes_first] or milestones
    first = first[:FIRST]
    contacts = _contacts(milestones)
    due = {one.pk: _due(one, contacts.get(one.pk)) for one in milestones}
    named = (contact.offer_id for contact, _offer in contacts.values() if contact.offer_id)
    offers = *named, *duties.current().offers
    return Dues([due.pop(one.pk) for one in first], list(due.values()), offers)


def _contacts(milestones):
    found = list(
        MilestoneContact.objects.filter(milestone__in=milestones).select_related("institution")
    )
    keys = [one.offer_id for one in found if one.offer_id]
    offers = {offer.pk: offer for offer in Offer.objects.published().for_page().filter(pk__in=keys)}
    return {one.milestone_id: (one, offers.get(one.offer_id)) for one in found}


def _due(milestone, found):
    if found is None:
        return Due(milestone, instead=who_answers(span=milestone.ages))
    contact, offer = found
    if contact.offer_id is None and contact.institution is None:
        return Due(milestone, contact.who)
    phone, url, instead = "", "", who_answers(span=milestone.ages)
    if offer:
        url, asked = offer.get_absolute_url(), whom_to_ask(offer)
        instead = asked
        if not asked.is_city:
            phone = next((one.phone for one in asked.channels if one.phone), "")
        elif offer.is_generic:  # what is everywhere, with a doctor or at a school of one's own
            return Due(milestone, contact.who)
    elif contact.institution and contact.institution.archived_on is None:
        url, phone = contact.institution.get_absolute_url(), contact.institution.phone
    return Due(milestone, contact.who, phone, url, None if phone else instead)
