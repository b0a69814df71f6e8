"""Within reach over the months: counted each night, kept once a month, told as a course.

The running month is counted anew each night; a month that is over stays as its last night was.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import District, Offer, OfferPlace, ReachCount
from offers.models.location import is_public

from . import reach

Group = ReachCount.Group
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """A part of the entries over the months: a ``ReachCount`` for each, or None."""

    name: str
    counts: list


@transaction.atomic
def count(on=None):
    """Count the entries that families see now as those of the month; safe to repeat."""
    month = (on or timezone.localdate()).replace(day=1)
    ReachCount.objects.filter(month=month).delete()
    ReachCount.objects.bulk_create(_counts(month))


def _counts(month):
    published = Offer.objects.published()
    is_within = _those(published, reach.is_within_reach())
    is_confirmed = _those(published, reach.is_within_reach_and_confirmed())
    for (group, key, name), offers in _parts(published).items():
        known = offers & is_within.keys()
        yield ReachCount(
            month=month,
            group=group,
            key=key,
            name=name,
            entries=len(known),
            within_reach=sum(is_within[one] for one in known),
            confirmed=sum(is_confirmed.get(one, 0) for one in known),
        )


def _those(published, condition):
    """Return for each offer 1 if a condition is true of it, else 0."""
    found = Case(When(condition, then=Value(1)), default=Value(0))
    return dict(published.annotate(found=found).values_list("pk", "found"))


def _parts(published):
    """Return the keys of the offers of each part, by group, key and name."""
    parts = defaultdict(set)
    parts[Group.ALL, "", ""] = set(published.values_list("pk", flat=True))
    pairs = published.order_by()
    for offer, key, name in pairs.values_list("pk", "topics__slug", "topics__name"):
        if key:
            parts[Group.TOPIC, key, name].add(offer)
    for offer, key, name in pairs.values_list("pk", "provider", "provider__name"):
        if key:
            parts[Group.PROVIDER, str(key), name].add(offer)
    for phase in LifePhase.objects.all():
        found = pairs.for_phase(phase).values_list("pk", flat=True)
        parts[Group.PHASE, phase.slug, phase.name] = set(found)
    _add_districts(parts, pairs)
    return parts


def _add_districts(parts, published):
    """Add each district with the offers of its public places, smaller parts included."""
    districts = District.objects.within_the_city()  # a borough and its middle may share a name
    names = {one.slug: f"{one.name} ({one.get_level_display()})" for one in districts}
    places = OfferPlace.objects.filter(is_public("location"), offer__in=published)
    for offer, path in places.values_list("offer", "location__district__path"):
        for slug in path or []:
            if slug in names:
                parts[Group.DISTRICT, slug, names[slug]].add(offer)


def course():
    """Return the counts of the whole portal in the last months, oldest first."""
    return list(ReachCount.objects.of_all())[-MONTHS_SHOWN:]


def table(group):
    """Return the last months and a ``Line`` for each part of a group, by name as of now."""
    counts = list(ReachCount.objects.by(group))
    months = sorted({one.month for one in counts})[-MONTHS_SHOWN:]
    of_part = defaultdict(dict)
    for one in counts:
        of_part[one.key][one.month] = one
    lines = [
        Line(known[max(known)].name, [known.get(month) for month in months])
        for known in of_part.values()
        if any(month in known for month in months)
    ]
    return months, sorted(lines, key=lambda line: line.name.casefold())


def missing():
    """Return how many published entries lack which part of being within reach, most first."""
    lacking = {
        "contact": ~reach.has_somebody_to_ask(),
        "place": ~reach.has_a_place(),
        "time": ~(reach.has_a_time() | reach.has_a_way_in()),
    }
    published = Offer.objects.published()
    found = {name: published.filter(condition).count() for name, condition in lacking.items()}
    return sorted(found.items(), key=lambda one: -one[1])
