"""What there is on a day: every published offer as one plain ``Entry``, read in three questions."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from lifephases.models import LifePhase
from offers.models import AccessibilityFact, CostOption, FreePlaces, Offer, OfferPlace
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
    is_full: bool = False  # so its institution said lately
    level: str = ""  # of prevention, as far as somebody said it
    last_day: dt.date | None = None

    @property
    def is_free(self):
        return self.cost == Offer.Cost.FREE


class _Where(NamedTuple):
    """Where an offer is: all sets of slugs, keys and ways."""

    parts: frozenset
    locations: frozenset
    ways: frozenset
    is_step_free: bool

    def __or__(self, other):
        return _Where(*(one | another for one, another in zip(self, other, strict=True)))


NOWHERE = _Where(frozenset(), frozenset(), frozenset(), is_step_free=False)


def read(day=None):
    """Return the ``Entry`` of each offer that the public may see on a day (today by default)."""
    day = day or timezone.localdate()
    places, found = _places(), _offers(day)
    words = cache(lambda text: frozenset(text.split()))  # most say the same as others
    entries = []
    for row in found.values_list(*COLUMNS):
        pk, title, provider, name, first, end, topics, crossing, cost, takes_but, lowest = row[:11]
        spoken, reached, confirmed, full, level, last = row[11:]
        where = places.get(pk, NOWHERE)
        entries.append(
            Entry(
                pk,
                title,
                f"#{provider}" if provider else name.strip().casefold(),
                YOUNGEST if first is None else first,
                OLDEST if end is None else end,
                words(topics),
                words(crossing),
                where.parts,
                where.locations,
                not where.ways.isdisjoint(ANYWHERE_MODES),
                cost,
                takes_but,
                lowest,
                words(spoken),
                where.is_step_free,
                reached,
                confirmed,
                full,
                level,
                last,
            )
        )
    return entries


COLUMNS = [
    *("pk", "title", "provider", "provider_name", "first", "end", "about", "crossing"),
    *("cost_kind", "takes_but", "lowest", "spoken", "reached", "is_sure", "full"),
    *("prevention_level", "last"),
]


def _offers(day):
    topics = Offer.topics.through.objects.filter(offer=OuterRef("pk"))
    full = FreePlaces.objects.used_up().filter(offer=OuterRef("pk"))
    return (
        Offer.objects.published(day)
        .order_by("pk")
        .annotate(
            first=F("ages__startswith"),
            end=F("ages__endswith"),
            about=_in_words(ArraySubquery(topics.values("topic__slug"))),
            crossing=_in_words(ArraySubquery(_crossing_phases())),
            takes_but=_whether(Q(reductions__contains=[Offer.Reduction.BUT])),
            lowest=Subquery(_lowest_price(day)),
            spoken=_in_words("languages"),
            reached=_whether(is_within_reach()),
            is_sure=_whether(~Q(confirmed_at=None)),
            full=Exists(full),
            last=last_day(),
        )
    )


def _in_words(several):
    """Several values as one text: read much faster than arrays."""
    return Func(several, Value(" "), function="array_to_string", output_field=CharField())


def _whether(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


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
    rows = rows.annotate(is_step_free=Exists(steps), path=_in_words("location__district__path"))
    known, found = {}, {}
    columns = "offer", "mode", "location", "path", "is_step_free"
    for offer, *place in rows.values_list(*columns):
        if (key := tuple(place)) not in known:
            mode, location, path, is_step_free = place
            at = frozenset({location} - {None})
            known[key] = _Where(
                frozenset((path or "").split()), at, frozenset({mode}), is_step_free
            )
        found[offer] = found[offer] | known[key] if offer in found else known[key]
    return found
