"""What the catalogue reads: few queries, plain rows, for all offers or for some.

``keys`` are the offers to read, all without. A set is named by a filter and one of its values,
as they stand in addresses; the names of other sets are below.
"""

import datetime as dt
import re
from typing import NamedTuple

from django.db.models import F, Min, OuterRef, Subquery

from kekiz_portal.lib import german_order
from lifephases.models import LifePhase
from offers.models import (
    AccessibilityFact,
    District,
    Location,
    Occurrence,
    Offer,
    OfferPlace,
    Schedule,
    Source,
)
from offers.models.location import counts_by_its_district, is_public
from offers.models.offer.delicate import DELICATE
from offers.models.offer.narrowing import ANYWHERE_MODES, WITHOUT_A_WAY
from offers.models.schedule import parts_touched

WIDEST_SPAN_MONTHS = 10_000
# What is there for more years than these is made for no age: one who looks by age finds it last.
MANY_AGES_MONTHS = 12 * 12
SOON_DAYS = 31
NOW, LATER, UNSURE, PAST = range(4)  # when one can do it
# What one applies for, or is invited to, has no times to miss: old hours of an office say nothing.
AT_ANY_TIME = [Offer.Access.APPLICATION, Offer.Access.INVITATION]
COMES_TO_THE_FAMILY = ("where", "comes")
NEEDS_NO_WAY = ("where", "no way")
NAMES_A_DISTRICT = ("where", "district")
ANY = ""  # any weekday, any part of the day
OPEN_BELOW, OPEN_ABOVE = -(2**31), 2**31 - 1
YEAR = re.compile(r"\b20[0-9]{2}\b")
NEVER = float("inf")


class Row(NamedTuple):
    """One published offer: its ages (the end is not included), what it is ordered by, and whether
    somebody confirmed it.
    """

    pk: int
    first_month: int
    end_month: int
    fit: tuple
    title: tuple
    is_confirmed: bool

    @property
    def best_fit(self):
        """What one can do now before what comes once a year and what was, made for some years of
        age before for many, what anybody may look for before what is delicate, checked before
        unchecked (whether, not when), then the narrower first.
        """
        return self.fit + self.title


def rows(day, keys=None):
    """Yield the ``Row`` of each offer that the public may see on a day."""
    columns = "pk", "title", "is_generic", "confirmed_at", "first_month", "end_month"
    columns += "schedule_text", "registration_deadline", "access_modes"
    found = _of(Offer.objects.published(day), "pk", keys).annotate(
        first_month=F("ages__startswith"), end_month=F("ages__endswith")
    )
    times = _Times(day, keys)
    for row in found.values_list(*columns):
        pk, title, is_generic, confirmed_at, first, end, text, over, access = row
        width = WIDEST_SPAN_MONTHS if first is None or end is None else end - first
        is_at_any_time = not set(AT_ANY_TIME).isdisjoint(access)
        when = times.when(pk, f"{title} {text}", confirmed_at, over, is_at_any_time=is_at_any_time)
        is_delicate = bool(DELICATE.search(title))
        yield Row(
            pk,
            OPEN_BELOW if first is None else first,
            OPEN_ABOVE if end is None else end,
            (when, is_generic, width > MANY_AGES_MONTHS, is_delicate, confirmed_at is None, width),
            (german_order.key(title), title, pk),
            confirmed_at is not None,
        )


class _Times:
    """What is known of the times of offers on a day, as far as their order needs it."""

    def __init__(self, day, keys):
        self._day, self._soon = day, day + dt.timedelta(days=SOON_DAYS)
        coming = _of(Occurrence.objects.filter(day__gte=day), "offer", keys)
        self._first = dict(coming.values_list("offer").annotate(Min("day")))
        timed = _of(Schedule.objects, "place__offer", keys)
        self._timed = set(timed.values_list("place__offer", flat=True))
        outdated = _of(Source.objects.of_outdated_times(day), "offer", keys)
        self._outdated = set(outdated.values_list("offer", flat=True))

    def when(self, pk, words, confirmed_at, registration_until, *, is_at_any_time):
        """Return whether one can do it ``NOW``, ``LATER``, is ``UNSURE`` or of the ``PAST``.

        Past is what names past years only, or has no date left. Nobody is sure of times that only
        an old page says. Later: the first date is far off, or nobody can sign up any more.
        """
        first, is_timed = self._first.get(pk), pk in self._timed
        years = [int(year) for year in YEAR.findall(words)]
        if first is None and years and max(years) < self._day.year:
            return PAST
        is_old = confirmed_at is None and pk in self._outdated
        if is_old and is_at_any_time:
            return NOW
        if is_old and (is_timed or not words.endswith(" ")):
            return UNSURE
        if is_timed and first is None:
            return PAST
        is_over = registration_until is not None and registration_until < self._day
        return LATER if is_over or (first is not None and first > self._soon) else NOW


def memberships(day, keys=None):
    """Yield the name of a set and the key of an offer that is in it, maybe of a hidden one."""
    yield from _terms(keys)
    yield from _flags(day, keys)
    yield from _places(keys)
    yield from _slots(keys)


def dates(day, keys=None):
    """Yield the key of an offer, the moment a date is over, and the moment it begins, as seconds.

    All dates of a day and of the night before it, and the first one after: of these one is the
    next, however late on the day it is asked for.
    """
    to_go_to = Occurrence.objects.to_go_to()
    columns = "offer", "day", "ends_at", "starts_at"
    near = _of(to_go_to, "offer", keys).filter(day__gte=day - dt.timedelta(days=1), day__lte=day)
    for offer, on, ends, starts in near.order_by().values_list(*columns):
        if ends or on >= day:
            yield offer, ends.timestamp() if ends else NEVER, starts.timestamp()
    later = to_go_to.filter(offer=OuterRef("pk"), day__gt=day).order_by("day", "starts_at")
    first = _of(Offer.objects.published(day), "pk", keys).order_by()
    for offer, starts in first.values_list("pk", Subquery(later.values("starts_at")[:1])):
        if starts:
            yield offer, NEVER, starts.timestamp()


def _of(rows, path, keys):
    """Return the rows of some offers, in no order: the usual one takes longer than reading."""
    rows = rows.order_by()
    return rows if keys is None else rows.filter(**{f"{path}__in": list(keys)})


def _terms(keys):
    topics = _of(Offer.topics.through.objects, "offer", keys)
    for slug, offer in topics.values_list("topic__slug", "offer"):
        yield ("thema", slug), offer
    phases = _of(Offer.extra_phases.through.objects, "offer", keys)
    groups = _of(Offer.target_groups.through.objects, "offer", keys)
    for slug, offer in groups.values_list("targetgroup__slug", "offer"):
        yield ("fuer", slug), offer
    crossing = phases.filter(lifephase__kind=LifePhase.Kind.CROSS)
    for slug, offer in crossing.values_list("lifephase__slug", "offer"):
        yield ("phase", slug), offer


def _flags(day, keys):
    columns = "pk", "cost_kind", "reductions", "access_modes", "languages", "is_anonymous"
    found = _of(Offer.objects.published(day).with_anonymous(), "pk", keys)
    for pk, cost, reductions, access, languages, is_anonymous in found.values_list(*columns):
        if cost == Offer.Cost.FREE:
            yield ("kostenlos", "1"), pk
        if Offer.Reduction.BUT in reductions:
            yield ("but", "1"), pk
        if Offer.Access.OPEN in access:
            yield ("ohne-anmeldung", "1"), pk
        if is_anonymous:
            yield ("anonym", "1"), pk
        for code in languages:
            yield ("sprache", code), pk
    step_free = AccessibilityFact.objects.filter(
        is_public("location"), feature=AccessibilityFact.Feature.STEP_FREE, is_present=True
    )
    there = _of(OfferPlace.objects, "offer", keys).filter(location__accessibility__in=step_free)
    for pk in there.values_list("offer", flat=True):
        yield ("barrierefrei", "1"), pk


def _places(keys):
    sets = _sets_of_locations()
    found = _of(OfferPlace.objects, "offer", keys)
    for offer, mode, location in found.values_list("offer", "mode", "location"):
        if mode in ANYWHERE_MODES:
            yield COMES_TO_THE_FAMILY, offer
        if mode in WITHOUT_A_WAY:
            yield NEEDS_NO_WAY, offer
        if mode == OfferPlace.Mode.ONLINE:
            yield ("online", "1"), offer
        for one in sets.get(location, ()):
            yield one, offer


def _sets_of_locations():
    """Return in which sets an offer is for each place it may be at; a protected one is in none."""
    columns = "pk", "by_district", "postal_code", "district__path", "district__postal_codes"
    columns += "visibility", "latitude", "longitude"
    places = Location.objects.public().order_by().annotate(by_district=counts_by_its_district())
    middles = positions(District.objects.within_the_city())
    found = {}
    for pk, by_district, code, path, codes, visibility, north, east in places.values_list(*columns):
        near = (codes or []) if by_district else [code]
        found[pk] = [("bezirk", slug) for slug in path or []] + [("plz", one) for one in near]
        if path is not None:
            found[pk].append(NAMES_A_DISTRICT)
        is_exact = north is not None and visibility == Location.Visibility.PUBLIC
        if at := (float(north), float(east)) if is_exact else middles.get((path or [None])[-1]):
            found[pk].append(("at", at))
    return found


def positions(districts):
    """Return where parts of the city lie, by slug: their middle, else that of the part around."""
    known = {
        one.slug: (float(one.latitude), float(one.longitude))
        for one in districts
        if one.latitude is not None
    }
    found = {}
    for one in districts:
        around = [known[slug] for slug in reversed(one.path) if slug in known]
        if around:
            found[one.slug] = around[0]
    return found


def _slots(keys):
    """A weekday and a part of the day are one set: one schedule has to meet both."""
    coming = _of(Schedule.objects.coming(), "place__offer", keys)
    columns = "place__offer", "weekdays", "start_time", "end_time"
    parts_of_hours = {}
    for offer, weekdays, start, end in coming.values_list(*columns):
        if (start, end) not in parts_of_hours:
            parts_of_hours[start, end] = [ANY, *parts_touched(start, end)]
        for part in parts_of_hours[start, end]:
            for weekday in (ANY, *weekdays):
                yield ("slot", weekday, part), offer
