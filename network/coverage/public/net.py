"""What everybody may read of an ``Overview``: the office's figures, without demand and notes."""

from typing import NamedTuple

from network.coverage.thread import kind_of

THICKEST = 8  # offers within reach; more make the thread no thicker


class Stretch(NamedTuple):
    """The thread of a topic in one phase (``thread.kind_of``), and how many it is made of."""

    kind: str
    number: int

    @property
    def thickness(self):
        return min(self.number, THICKEST)


class Net:
    def __init__(self, overview):
        self.day, self.place, self.part = overview.day, overview.place, overview.part
        self.city, self.here = overview.city, overview.all_here
        self.phases = [one for one in overview.phases if not one.is_cross]
        self.threads = [
            (topic, [self._stretch(overview, topic, one) for one in self.phases])
            for topic in overview.topics
        ]
        self.parts = [] if overview.part else list(overview.by_part())
        supply = overview.supply
        somewhere = supply.placed | supply.coming
        self.nobody_knows_where = (supply.of(overview.span) & ~somewhere).bit_count()

    def _stretch(self, overview, topic, phase):
        cell = overview.supply.cell(topic.slug, phase, overview.slug)
        return Stretch(kind_of(cell), cell.within_reach)

    @property
    def fields(self):
        """In how many phases a topic is needed, all topics together."""
        return sum(one.kind != "none" for _topic, thread in self.threads for one in thread)

    @property
    def torn(self):
        """In how many phases a topic has nothing within reach."""
        return sum(one.kind == "torn" for _topic, thread in self.threads for one in thread)

    @property
    def lacking(self):
        """Offers of which somebody to ask, a place or a time is not known."""
        return self.here.offers - self.here.within_reach
