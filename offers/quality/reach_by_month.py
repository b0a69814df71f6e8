"""Within reach over the months and on any past day: counted from the histories.

Each night the last twelve months are counted anew, each as it ended and the running one as it is.
``ReachCount`` only keeps what was counted, because the first page of the office shows it.
"""

from collections import defaultdict
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from kekiz_portal.lib.history.as_of import at_the_end_of
from lifephases.models import LifePhase
from offers.models import (
    ContactPoint,
    District,
    Institution,
    Location,
    Offer,
    OfferPlace,
    OfferType,
    Pursuit,
    ReachCount,
    Schedule,
    Topic,
)
from offers.models.location import is_public

from . import reach

Group = ReachCount.Group
MONTHS_SHOWN = 12
# What the rules ask; phases and parts of the city are those of today, so that days compare.
MADE_OF = [
    Offer,
    OfferPlace,
    Location,
    ContactPoint,
    Schedule,
    Institution,
    Pursuit,
    Topic,
    OfferType,
]


@dataclass(frozen=True)
class Line:
    """A part of the entries on some days or in some months: a ``ReachCount`` for each, or None."""

    name: str
    counts: list

    @property
    def change(self):
        """By how many each number grew from the first to the last, with its sign: "+2"."""
        first, last = self.counts[0], self.counts[-1]
        return {
            name: _signed(getattr(last, name, 0) - getattr(first, name, 0))
            for name in ("entries", "within_reach", "confirmed")
        }


@dataclass(frozen=True)
class Table:
    """What was counted on some days: of the whole portal, and of each part by name."""

    days: list  # of a month its first
    whole: list
    lines: list


def on(day):
    """Return the counts of a day that is over as it ended, of today as it is; none is kept."""
    if day >= timezone.localdate():
        return list(_counts(day))
    with at_the_end_of(day, MADE_OF):
        return list(_counts(day))


def count(today=None):
    """Count the last months and keep them; safe to repeat."""
    today = today or timezone.localdate()
    firsts = [today.replace(day=1) - relativedelta(months=ago) for ago in range(MONTHS_SHOWN)]
    lasts = [min(first + relativedelta(months=1, days=-1), today) for first in firsts]
    counts = [one for last in lasts for one in on(last)]
    with transaction.atomic():
        ReachCount.objects.filter(month__in=firsts).delete()
        ReachCount.objects.bulk_create(counts)


def _counts(day):
    published = Offer.objects.published(day)
    is_within = _those(published, reach.is_within_reach())
    is_confirmed = _those(published, reach.is_within_reach_and_confirmed(day))
    for (group, key, name), offers in _parts(published).items():
        if known := offers & is_within.keys():
            yield ReachCount(
                month=day.replace(day=1),
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
        if name:
            parts[Group.TOPIC, key, name].add(offer)
    for offer, key, name in pairs.values_list("pk", "provider", "provider__name"):
        if name:
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
    """Return the ``Table`` of the last months that were counted."""
    of_month = defaultdict(list)
    for one in ReachCount.objects.order_by("month"):
        of_month[one.month].append(one)
    months = sorted(of_month)[-MONTHS_SHOWN:]
    return _table(group, months, [of_month[month] for month in months])


def table_of(days, group):
    """Return the ``Table`` of some days."""
    return _table(group, days, [on(day) for day in days])


def _table(group, days, counted):
    by_key = [{(one.group, one.key): one for one in counts} for counts in counted]
    names = {
        one.key: one.name for counts in counted for one in counts if one.group == group
    }  # by name as of the last day
    lines = [
        Line(name, [counts.get((group, key)) for counts in by_key]) for key, name in names.items()
    ]
    whole = [counts.get((Group.ALL, "")) for counts in by_key]
    return Table(days, whole, sorted(lines, key=lambda line: line.name.casefold()))


def _signed(number):
    return f"{number:+d}".replace("-", "−") if number else "0"


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
