"""Put what answers a query into the order that a person would choose."""

from dataclasses import dataclass

from . import memory
from .retrieving import PUBLIC, candidates

MOST_HITS = 500
WORST_SHARE = 0.2


@dataclass(frozen=True)
class Ranked:
    """The offers that answer a query, best first; ``ids`` is ``None`` if it asks for all."""

    ids: list[int] | None


def ranked(understanding, *, statuses=PUBLIC):
    """Return what answers an understood query, of offers in one of the statuses."""
    if not understanding.concepts:
        return Ranked(None if understanding.readings else [])
    found = candidates(understanding.concepts, memory.held().offer_count, statuses)
    best = found[0].score if found else 0
    return Ranked([one.offer for one in found if one.score >= WORST_SHARE * best][:MOST_HITS])
