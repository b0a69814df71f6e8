"""What goes with an offer: what fits beside it, and what comes next in the chain."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, Q

from lifephases import ages
from lifephases.models import LifePhase, Transition
from offers.models import Offer

OFFERS_BESIDE = 4
OFFERS_AHEAD = 4


@dataclass
class Related:
    """Offers beside one, and the phase after it with the transition that leads there."""

    beside: list = field(default_factory=list)
    ahead: list = field(default_factory=list)
    next_phase: LifePhase | None = None
    transition: Transition | None = None


def related_to(offer, phases):
    """Return what goes with an offer, in one query; ``phases`` are all phases in order."""
    related = Related()
    chain = [phase for phase in phases if not phase.is_cross]
    published = Offer.objects.published()
    is_beside = _among(published.beside(offer)[:OFFERS_BESIDE])
    wanted = is_beside
    last = ages.last_month(offer.ages)
    if last is not None and (later := [phase for phase in chain if last + 1 in phase]):
        related.next_phase = later[-1]
        related.transition = _transition_at(last, chain)
        wanted |= _among(published.following(offer, related.next_phase)[:OFFERS_AHEAD])
    found = Offer.objects.filter(wanted).annotate(
        is_beside=ExpressionWrapper(is_beside, BooleanField())
    )
    for other in found.best_fit_first():
        (related.beside if other.is_beside else related.ahead).append(other)
    return related


def _transition_at(month, chain):
    """Return the latest transition that a child goes through at an age in months."""
    transitions = [phase.transition_out for phase in chain if phase.transition_out]
    return next((one for one in reversed(transitions) if month in one), None)


def _among(offers):
    return Q(pk__in=offers.values("pk"))
