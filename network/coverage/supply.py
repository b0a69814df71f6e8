"""What there is on a day: every published offer as one plain ``Entry``, read in three questions."""

import datetime as dt
import gc
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast

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


@contextmanager
def without_collecting():
    """Make many small things that all stay: Python looks for circles among them again and again,
    finds none, and takes twice as long.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@without_collecting()
def read(day):
    """Return the ``Entry`` of each offer that the public may see on a day."""
    places, said, entries = _places(), _said(day), []
    same = cache(frozenset)  # most say the same as others
    for row in _offers(day).values_list(*COLUMNS):
        pk, title, provider, name, first, end, cost, takes_but = row[:8]
        spoken, reached, confirmed, full, level, last = row[8:]
        where = places.get(pk, NOWHERE)
        entries.append(
            Entry(
                pk,
                title,
                f"#{provider}" if provider else name.strip().casefold(),
                YOUNGEST if first is None else first,
                OLDEST if end is None else end,
                same(tuple(said[TOPIC].get(pk, ()))),
                same(tuple(said[PHASE].get(pk, ()))),
                where.parts,
                where.locations,
                not where.ways.isdisjoint(ANYWHERE_MODES),
                cost,
                takes_but,
                min(map(Decimal, said[PRICE][pk])) if pk in said[PRICE] else None,
                same(tuple(spoken.split())),
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
    *("pk", "title", "provider", "provider_name", "first", "end", "cost_kind", "takes_but"),
    *("spoken", "reached", "is_sure", "full", "prevention_level", "last"),
]
TOPIC, PHASE, PRICE = "topic", "phase", "price"


def _offers(day):
    full = FreePlaces.objects.used_up().order_by().values("offer")
    return (
        Offer.objects.published(day)
        .order_by("pk")
        .annotate(
            first=F("ages__startswith"),
            end=F("ages__endswith"),
            takes_but=_whether(Q(reductions__contains=[Offer.Reduction.BUT])),
            spoken=in_words("languages"),
            reached=_whether(is_within_reach()),
            is_sure=_whether(~Q(confirmed_at=None)),
            full=_whether(Q(pk__in=full)),
            last=last_day(),
        )
    )


def _said(day):
    """Return the topics, the crossing phases and the prices of a day, each by offer, as words.

    One query for the three: asked offer by offer they take many times as long.
    """
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    goes_on = Q(valid_to=None) | Q(valid_to__gte=day)
    kinds = {
        TOPIC: (Offer.topics.through.objects, "topic__slug"),
        PHASE: (
            Offer.extra_phases.through.objects.filter(lifephase__kind=LifePhase.Kind.CROSS),
            "lifephase__slug",
        ),
        PRICE: (CostOption.objects.filter(begun, goes_on), "amount"),
    }
    first, *others = (
        rows.order_by()
        .annotate(kind=Value(kind), word=Cast(path, CharField()))
        .values_list("kind", "offer", "word")
        for kind, (rows, path) in kinds.items()
    )
    found = {kind: {} for kind in kinds}
    for kind, offer, word in first.union(*others, all=True):
        found[kind].setdefault(offer, []).append(word)
    return found


def in_words(several):
    """Several values as one text: read much faster than arrays."""
    return Func(several, Value(" "), function="array_to_string", output_field=CharField())


def _whether(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


def _places():
    """Return where each offer is; a protected place lies nowhere."""
    steps = AccessibilityFact.objects.filter(
        location=OuterRef("location"),
        feature=AccessibilityFact.Feature.STEP_FREE,
        is_present=True,
    )
    rows = OfferPlace.objects.filter(is_public("location")).order_by()
    rows = rows.annotate(is_step_free=Exists(steps), path=in_words("location__district__path"))
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
