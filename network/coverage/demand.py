"""What families looked for in vain, found full or unfit: never fewer than five."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from offers.models import District, SearchDemand, Topic, UnmetNeed

MOST_WORDS = 20


class Missed(NamedTuple):
    """How often something was searched in vain, found full, and did not fit."""

    in_vain: int
    full: int
    unfit: int

    @property
    def total(self):
        return sum(self)


@dataclass(frozen=True)
class Line:
    """A cell with what was missed there, over all months that are kept."""

    topic: Topic | None
    phase: object
    district: District | None
    kind_words: str
    count: int
    months: str

    @property
    def address(self):
        """The page of the cell."""
        about = {"thema": self.topic, "feld": self.phase, "bezirk": self.district}
        slugs = {name: one.slug for name, one in about.items() if one}
        return f"{reverse('coverage:cell')}?{urlencode(slugs)}"


class Demand:
    """All that is kept of needs that were not met."""

    def __init__(self):
        kept = UnmetNeed.objects.recent().select_related("topic", "phase", "district")
        self._kept = list(kept)
        self._of_cell = defaultdict(list)
        for one in self._kept:
            self._of_cell[one.topic_id, one.phase and one.phase.slug].append(one)

    def of(self, place, topic, column):
        """Return what was ``Missed`` in a cell; a part of the city has those of its parts."""
        those = self._of_cell.get((topic and topic.pk, column.slug))
        if not those:
            return Missed(0, 0, 0)
        inside = [one for one in those if _lies_in(one.district, place)]
        return Missed(
            *(sum(one.count for one in inside if one.kind == kind) for kind in UnmetNeed.Kind)
        )

    @property
    def lines(self):
        """A ``Line`` for each cell and kind, most first."""
        alike = defaultdict(list)
        for one in self._kept:
            alike[one.topic, one.phase, one.district, one.get_kind_display()].append(one)
        found = [
            Line(*about, sum(one.count for one in those), _months(those))
            for about, those in alike.items()
        ]
        return sorted(found, key=lambda line: -line.count)


def words(topic=None):
    """Return the searches in vain that were made most often, of a topic or of all."""
    found = SearchDemand.objects.frequent().exclude(words="")
    if topic:
        found = found.filter(filters__regex=rf"(^|&)thema={topic.slug}(&|$)")
    return found.order_by("-total", "words")[:MOST_WORDS]


def _lies_in(district, place):
    if place is None or place.parent_id is None:
        return True
    return district is not None and place.slug in district.path


def _months(those):
    first, last = (date_format(pick(one.month for one in those), "m.Y") for pick in (min, max))
    return first if first == last else f"{first}–{last}"
