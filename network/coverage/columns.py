"""The ages that the table divides by: phases, steps between them, and the two programmes."""

from typing import NamedTuple

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from lifephases import ages
from lifephases.models import LifePhase, Transition

from .supply import OLDEST, YOUNGEST

YEAR = ages.MONTHS_A_YEAR
MONTHS = 18 * YEAR  # the chain that is counted ends with the 18th birthday


class Cut(NamedTuple):
    """Ages that a coordinator is responsible for; the month ``end`` is not included."""

    slug: str
    name: str
    first: int
    end: int


CUTS = [
    Cut("", _("alle Kinder"), YOUNGEST, OLDEST),
    Cut(
        "fruehe-hilfen",
        _("Frühe Hilfen: Schwangerschaft bis zum 3. Geburtstag"),
        ages.YOUNGEST,
        3 * YEAR,
    ),
    Cut("ab-4", _("kinderstark: ab 4 Jahren"), 4 * YEAR, OLDEST),
]


class Column(NamedTuple):
    """A phase or a step, as far as it lies in a cut; the month ``end`` is not included."""

    slug: str
    name: str
    first: int
    end: int
    is_cross: bool = False

    @property
    def age_words(self):
        return ages.roughly_in_words(ages.span(self.first, self.end - 1))

    @property
    def years(self):
        """The first and last year of life that lie in it whole; ``None`` without any."""
        first, last = -(-max(self.first, 0) // YEAR), self.end // YEAR - 1
        return (first, last) if first <= last and not self.is_cross else None


class Needs:
    """At which ages each topic is needed, as the office says: elsewhere nothing is a hole.

    ``said`` is what ``ChainNeed.objects.by_topic`` returns; a topic it does not name is always
    needed. What is needed ends with the 18th birthday, as the chain does that is counted.
    """

    def __init__(self, said):
        self._said = said

    def span(self, topic):
        """Return the first month of a topic and the one after its last, None if it is not needed
        at all.
        """
        said = self._said.get(topic, (None, None))
        if said is None:
            return None
        first, end = said
        return (
            ages.YOUNGEST if first is None else first,
            MONTHS if end is None else min(end, MONTHS),
        )

    def holds(self, topic, column):
        """Whether a topic is needed in a column: for at least half of the shorter of the two.

        Neighbours share months, so that "up to the first birthday" touches the next phase.
        """
        span = self.span(topic)
        if span is None or column.is_cross or topic not in self._said:
            return span is not None
        first, end = max(column.first, ages.YOUNGEST), min(column.end, MONTHS)
        shared = min(end, span[1]) - max(first, span[0])
        return shared > 0 and 2 * shared >= min(end - first, span[1] - span[0])


def read(cut):
    """Return the phases, cut where they reach out, and the steps that lie in a cut; one query for
    the two.
    """
    by_hand = Case(When(kind=LifePhase.Kind.CROSS, then=True), default=False)
    of_phases = {"is_step": Value(False), "said": F("short_name"), "by_hand": by_hand}
    of_steps = {"is_step": Value(True), "said": F("name"), "by_hand": Value(False)}
    columns = "is_step", "position", "slug", "said", "ages", "by_hand"
    all_phases, all_steps = (
        kind.objects.order_by().annotate(**about).values_list(*columns)
        for kind, about in ((LifePhase, of_phases), (Transition, of_steps))
    )
    found = sorted(all_phases.union(all_steps), key=lambda row: row[:3])
    return [_cut([row[2:] for row in found if row[0] is is_step], cut) for is_step in (False, True)]


def whole(cut):
    """Return a cut as one column."""
    first, end = max(cut.first, ages.YOUNGEST), min(cut.end, ages.OLDEST + 1)
    return Column(cut.slug, cut.name, first, end)


def _cut(spans, cut):
    found = []
    for slug, name, months, is_cross in spans:
        first = YOUNGEST if months.lower is None else months.lower
        end = OLDEST if months.upper is None else months.upper
        if not is_cross:
            first, end = max(first, cut.first), min(end, cut.end)
        if first < end:
            found.append(Column(slug, name, first, end, is_cross))
    return found
