"""Whether a family can take part: somebody to ask, a place, and when or how.

Each rule is one condition on offers, so that the report, and whoever asks later, count alike.
"""

from django.db.models import Count, Exists, Q

from offers.models import Offer, OfferPlace
from offers.models.location import is_public
from offers.models.offer.narrowing import ANYWHERE_MODES
from offers.models.offer.next_check import is_confirmed_in_time

from . import rules


def has_own_contact():
    """Return the condition of a telephone, mailbox or form of the offer itself."""
    return ~Q(phone="", email="", registration_url="") | Q(Exists(rules.public_contacts()))


def has_somebody_to_ask():
    """Return the condition that parents reach somebody: the offer, a page of it, its provider.

    The same rule that the office is told by (``rules.MISSING``).
    """
    return ~rules.has_no_contact()


def has_a_place():
    """Return the condition that one knows where to go, or need not go anywhere."""
    named = ~Q(location__name="", location__street="")
    there = rules.places().filter(is_public("location"), named, mode=OfferPlace.Mode.LOCATION)
    return Q(Exists(there)) | Q(Exists(rules.places().filter(mode__in=ANYWHERE_MODES)))


def has_a_time():
    """Return the condition that it says when, as a schedule or in words."""
    return ~Q(schedule_text="") | Q(Exists(rules.schedules()))


def has_a_way_in():
    """Return the condition that it says how one takes part."""
    return ~Q(access_modes=[]) | ~Q(how_to_apply="") | ~Q(registration_url="")


def has_a_description():
    return ~Q(description="")


def is_within_reach():
    """Return the condition of somebody to ask, where, and when or how to take part."""
    return has_somebody_to_ask() & has_a_place() & (has_a_time() | has_a_way_in())


def is_within_reach_and_confirmed(on=None):
    return is_within_reach() & is_confirmed_in_time(on)


COUNTED = {
    "own_contact": has_own_contact,
    "place": has_a_place,
    "time": has_a_time,
    "way_in": has_a_way_in,
    "description": has_a_description,
    "within_reach": is_within_reach,
    "confirmed": is_within_reach_and_confirmed,
}


def report(offers=None):
    """Return how many published offers (or those of a queryset) there are and what they have."""
    offers = Offer.objects.published() if offers is None else offers
    counts = {name: Count("pk", filter=condition()) for name, condition in COUNTED.items()}
    return offers.aggregate(entries=Count("pk"), **counts)


def percent(report):
    """Return the share within reach of a report, in whole percent."""
    return round(100 * report["within_reach"] / report["entries"]) if report["entries"] else 0
