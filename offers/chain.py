"""What comes after an offer in the chain, so that no family falls out of it."""

from dataclasses import dataclass

from lifephases import ages
from lifephases.models import LifePhase, Transition
from offers.models import Offer

OFFERS_AHEAD = 3


@dataclass
class NextStep:
    """The phase after an offer, the transition that leads there, and offers in it."""

    phase: LifePhase
    transition: Transition | None
    offers: list


def next_in_the_chain(offer, phases):
    """Return the step after the last phase an offer touches, or ``None`` at the end.

    ``phases`` are all phases in order. An offer for any age has no next step.
    """
    chain = [phase for phase in phases if not phase.is_cross]
    last = ages.last_month(offer.ages)
    if last is None or not offer.phases_lit:
        return None
    position = chain.index(offer.phases_lit[-1])
    if position + 1 >= len(chain):
        return None
    following = chain[position + 1]
    found = Offer.objects.published().following(offer, following)[:OFFERS_AHEAD]
    return NextStep(following, chain[position].transition_out, list(found))
