"""What goes with an offer: what fits beside it, and what comes next in the chain."""

from dataclasses import dataclass, field

from django.db.models import Q

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
    wanted = Q(pk__in=_first(Offer.objects.published().beside(offer), OFFERS_BESIDE))
    step = _next_step(offer, [phase for phase in phases if not phase.is_cross])
    if step:
        related.transition, related.next_phase = step
        following = Offer.objects.published().following(offer, related.next_phase)
        wanted |= Q(pk__in=_first(following, OFFERS_AHEAD))
    for other in Offer.objects.filter(wanted).best_fit_first():
        comes_later = step and not _overlaps(offer, other)
        (related.ahead if comes_later else related.beside).append(other)
    return related


def _next_step(offer, chain):
    """Return the transition out of the last phase an offer touches, and the phase after it.

    An offer for any age, and one that reaches the end of the chain, has no next step.
    """
    if ages.last_month(offer.ages) is None or not offer.phases_lit:
        return None
    last = offer.phases_lit[-1]
    position = chain.index(last)
    return (last.transition_out, chain[position + 1]) if position + 1 < len(chain) else None


def _first(offers, limit):
    return offers.values("pk")[:limit]


def _overlaps(offer, other):
    last, first = ages.last_month(offer.ages), ages.first_month(other.ages)
    return last is None or first is None or first <= last
