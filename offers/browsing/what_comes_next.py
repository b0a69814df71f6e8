"""What goes with an offer: what fits beside it, and what comes next in the chain."""

from dataclasses import dataclass, field
from typing import NamedTuple

from lifephases import ages
from lifephases.models import LifePhase, Transition

from .cards import links

OFFERS_BESIDE = 4
OFFERS_AHEAD = 4


@dataclass
class Related:
    """Links to offers beside one, and the phase after it with the transition that leads there."""

    beside: list = field(default_factory=list)
    ahead: list = field(default_factory=list)
    next_phase: LifePhase | None = None
    transition: Transition | None = None


class Subject(NamedTuple):
    """What of an offer tells what goes with it; ``topics`` by their slugs."""

    pk: int
    ages: object
    topics: tuple

    @classmethod
    def of(cls, offer):
        return cls(offer.pk, offer.ages, tuple(topic.slug for topic in offer.topics.all()))


def related_to(offer, catalogue):
    """Return what goes with an offer, given as a ``Subject``."""
    chain = [phase for phase in catalogue.phases if not phase.is_cross]
    related = Related(beside=_first(_beside(offer, catalogue), OFFERS_BESIDE, catalogue))
    last = ages.last_month(offer.ages)
    if last is not None and (later := [phase for phase in chain if last + 1 in phase]):
        related.next_phase = later[-1]
        related.transition = _transition_at(last, chain)
        following = _following(offer, related.next_phase, catalogue)
        others = following & ~catalogue.of(related.beside)
        related.ahead = _first(others, OFFERS_AHEAD, catalogue)
    known = links(catalogue, [*related.beside, *related.ahead])
    related.beside = [known[key] for key in related.beside if key in known]
    related.ahead = [known[key] for key in related.ahead if key in known]
    return related


def _beside(offer, catalogue):
    """Other offers for an overlapping age that share a topic."""
    return _of_its_topics(offer, catalogue) & catalogue.within(offer.ages)


def _following(offer, phase, catalogue):
    """Offers that begin in a later phase and share a topic, but not those for any age."""
    later = catalogue.within(phase.ages) & ~catalogue.any_age
    if (first := ages.first_month(offer.ages)) is not None:
        later &= catalogue.beginning_after(first)
    return later & _of_its_topics(offer, catalogue)


def _of_its_topics(offer, catalogue):
    return catalogue.any_of("thema", offer.topics) & ~catalogue.of([offer.pk])


def _first(offers, number, catalogue):
    return catalogue.best_fit_first(offers)[:number].tolist()


def _transition_at(month, chain):
    """Return the latest transition that a child goes through at an age in months."""
    transitions = [phase.transition_out for phase in chain if phase.transition_out]
    return next((one for one in reversed(transitions) if month in one), None)
