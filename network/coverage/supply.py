"""What there is on a day: every published offer as one plain ``Entry``, read in three questions."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import AccessibilityFact, CostOption, Offer, OfferPlace
from offers.models.location import is_public
from offers.models.offer.narrowing import ANYWHERE_MODES
from offers.models.offer.next_check import last_day
from offers.quality.reach import is_within_reach

YOUNGEST, OLDEST = -(2**15), 2**15  # of an open end


class Entry(NamedTuple):
    """An offer as far as the chain is counted by it; the month ``end`` is not included."""

    pk: int
    title: str
    provider: str  # the same for all offers of one provider
    first: int = YOUNGEST
    end: int = OLDEST
    topics: frozenset = frozenset()
    crossing: frozenset = frozenset()  # phases that cut across, by slug
    parts: frozenset = frozenset()  # of the city, by slug, with all that they lie in
    locations: frozenset = frozenset()
    comes: bool = False  # at home, online, by telephone, all over the city
    cost: str = Offer.Cost.FREE
    takes_but: bool = False
    lowest_price: Decimal | None = None
    languages: frozenset = frozenset()
    is_step_free: bool = False
    is_within_reach: bool = True
    is_confirmed: bool = True
    last_day: dt.date | None = None

    @property
    def is_free(self):
        return self.cost == Offer.Cost.FREE


class _Where(NamedTuple):
    parts: set
    locations: set
    ways: set
    step_free: set


def read(day=None):
    """Return the ``Entry`` of each offer that the public may see on a day (today by default)."""
    day = day or timezone.localdate()
    topics, where = _topics(), _places()
    columns = "pk", "title", "provider", "provider_name", "first", "end", "crossing", "cost_kind"
    columns += "reductions", "lowest", "languages", "reached", "confirmed_at", "last"
    found = Offer.objects.published(day).order_by("pk")
    found = found.annotate(
        first=F("ages__startswith"),
        end=F("ages__endswith"),
        crossing=ArraySubquery(_crossing_phases()),
        lowest=Subquery(_lowest_price(day)),
        reached=Case(When(is_within_reach(), then=Value(True)), default=Value(False)),
        last=last_day(),
    )
    entries = []
    for row in found.values_list(*columns):
        pk, title, provider, name, first, end, crossing, cost = row[:8]
        reductions, lowest, spoken, reached, at, last = row[8:]
        entries.append(
            Entry(
                pk,
                title,
                f"#{provider}" if provider else name.strip().casefold(),
                YOUNGEST if first is None else first,
                OLDEST if end is None else end,
                frozenset(topics.get(pk, ())),
                frozenset(crossing),
                frozenset(where[pk].parts),
                frozenset(where[pk].locations),
                not where[pk].ways.isdisjoint(ANYWHERE_MODES),
                cost,
                Offer.Reduction.BUT in reductions,
                lowest,
                frozenset(spoken),
                bool(where[pk].step_free),
                reached,
                at is not None,
                last,
            )
        )
    return entries


def _topics():
    found = defaultdict(set)
    for offer, slug in Offer.topics.through.objects.values_list("offer", "topic__slug"):
        found[offer].add(slug)
    return found


def _crossing_phases():
    put = Offer.extra_phases.through.objects.filter(offer=OuterRef("pk"))
    return put.filter(lifephase__kind=LifePhase.Kind.CROSS).values("lifephase__slug")


def _lowest_price(day):
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    goes_on = Q(valid_to=None) | Q(valid_to__gte=day)
    prices = CostOption.objects.filter(begun, goes_on, offer=OuterRef("pk"))
    return prices.order_by("amount").values("amount")[:1]


def _places():
    """Return where each offer is; a protected place lies nowhere."""
    steps = AccessibilityFact.objects.filter(
        location=OuterRef("location"),
        feature=AccessibilityFact.Feature.STEP_FREE,
        is_present=True,
    )
    rows = OfferPlace.objects.filter(is_public("location")).order_by()
    rows = rows.annotate(is_step_free=Exists(steps))
    found = defaultdict(lambda: _Where(set(), set(), set(), set()))
    columns = "offer", "mode", "location", "location__district__path", "is_step_free"
    for offer, mode, location, path, is_step_free in rows.values_list(*columns):
        one = found[offer]
        one.ways.add(mode)
        one.parts.update(path or ())
        if location:
            one.locations.add(location)
        if is_step_free:
            one.step_free.add(location)
    return found
