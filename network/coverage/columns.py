"""The ages that the table divides by: phases, steps between them, and the two programmes."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from lifephases import ages
from lifephases.models import LifePhase, Transition

from .supply import OLDEST, YOUNGEST

YEAR = ages.MONTHS_A_YEAR


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


def phases(cut):
    """Return the columns of a cut: one a life phase, cut where it reaches out of it."""
    return _cut(LifePhase.objects.order_by("position"), cut)


def steps(cut):
    """Return the steps between phases that lie in a cut."""
    return _cut(Transition.objects.order_by("position"), cut)


def whole(cut):
    """Return a cut as one column."""
    first, end = max(cut.first, ages.YOUNGEST), min(cut.end, ages.OLDEST + 1)
    return Column(cut.slug, cut.name, first, end)


def _cut(spans, cut):
    found = []
    for one in spans:
        first = YOUNGEST if one.ages.lower is None else one.ages.lower
        end = OLDEST if one.ages.upper is None else one.ages.upper
        is_cross = getattr(one, "is_cross", False)
        if not is_cross:
            first, end = max(first, cut.first), min(end, cut.end)
        name = getattr(one, "short_name", "") or one.name
        if first < end:
            found.append(Column(one.slug, name, first, end, is_cross))
    return found
