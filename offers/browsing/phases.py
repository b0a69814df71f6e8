"""How offers lie on the thread: which phases their ages light, and where."""

from dataclasses import dataclass

from lifephases import ages
from lifephases.models import LifePhase


def light_phases(offers, phases):
    """Set ``phases_lit`` on each offer: the phases of the chain that its ages cover."""
    chain = [phase for phase in phases if not phase.is_cross]
    for offer in offers:
        offer.phases_lit = [phase for phase in chain if ages.really_covers(offer.ages, phase.ages)]


def thread(catalogue):
    """Return what the large thread shows: its phases, and where it is firm.

    It is where at least half of the offers of a phase are confirmed.
    """
    phases, by_phase = catalogue.phases, catalogue.by_phase
    firm = {
        slug
        for slug, those in by_phase.items()
        if those and 2 * (those & catalogue.unconfirmed).bit_count() <= those.bit_count()
    }
    chain = [phase for phase in phases if not phase.is_cross]
    return {
        "phases": chain,
        "cross": next((phase for phase in phases if phase.is_cross), None),
        "firm": firm,
        "is_loose": any(phase.slug not in firm for phase in chain),
    }


@dataclass
class Segment:
    """A phase on the age bar, in percent of its width."""

    phase: LifePhase
    start_percent: float
    width_percent: float
    lit: bool


class AgeBar:
    """An offer's ages as a stretch of the thread; every phase is equally wide on it."""

    def __init__(self, span, phases):
        chain = [phase for phase in phases if not phase.is_cross]
        self.words = ages.span_in_words(span)
        self.width = 100 / len(chain) if chain else 100
        self.segments = [
            Segment(
                phase,
                round(index * self.width, 2),
                round(self.width, 2),
                ages.really_covers(span, phase.ages),
            )
            for index, phase in enumerate(chain)
        ]
        start = self._position(ages.first_month(span), default=0)
        end = self._position(ages.last_month(span), default=100)
        self.start_percent = round(start, 2)
        self.width_percent = round(max(end - start, self.width / 4), 2)

    def _position(self, month, default):
        """Return where a month lies, in percent; phases begin where the next one does."""
        if month is None or not self.segments:
            return default
        for segment, following in zip(self.segments, [*self.segments[1:], None], strict=True):
            begins = segment.phase.first_month or 0
            ends = following.phase.first_month if following else segment.phase.last_month
            if ends is None or month < ends:
                share = (month - begins) / (ends - begins) if ends else 0
                return segment.start_percent + self.width * min(max(share, 0), 1)
        return 100
