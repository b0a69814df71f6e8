"""The catalogue of one moment: sets of offers, their orders, and the words of the filters.

It never changes; ``changed`` makes another one. An offer has a slot, the number under which sets
and arrays know it; it keeps its slot in all catalogues that are made of one another.
"""

import time
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from kekiz_portal.lib.content_version import OTHER
from lifephases.models import LifePhase
from offers.models import District, TargetGroup, Topic

from . import bits, reading
from .next_dates import NextDates
from .reading import (
    ANY,
    COMES_TO_THE_FAMILY,
    NAMES_A_DISTRICT,
    NEEDS_NO_WAY,
    NEVER,
    OPEN_ABOVE,
    OPEN_BELOW,
)

NOTHING = bits.NOTHING
MOST_MADE = 500
BEST_FIT, TITLE = attrgetter("best_fit"), attrgetter("title")


class _Made(NamedTuple):
    """Something that was made, until when it is so, and of which entries, ``None`` of any."""

    made: object
    until: float
    entries: tuple | None


def of_no_entry(_made):
    """Say that something is made of what is no entry."""
    return ()


class Catalogue:
    """All offers that the public may see on a day, at a number of ``content_version``."""

    def __init__(self, number, day, words):
        self.number = number
        self.day = day
        self.words = self.phases, self.topics, self.districts, self.groups = words
        # What others keep that is made of the words, of each offer by its key, and of searches.
        self.made_of_words, self.made_of_offers, self.answers = {}, {}, {}
        self._made = {}  # of anything that readers see, by name, each a ``_Made``
        self._rows = []  # by slot; None where an offer is gone
        self._sets = {}
        self.dates = NextDates.read([])
        self._by_fit = self._by_title = np.array([], dtype=np.int32)

    @classmethod
    def read(cls, number, day):
        """Read all of it from the database."""
        words = (
            list(LifePhase.objects.select_related("transition_out")),
            list(Topic.objects.all()),
            list(District.objects.within_the_city()),
            list(TargetGroup.objects.filter(shows_helplines=False)),
        )
        made = cls(number, day, words)
        made._rows = rows = sorted(reading.rows(day), key=BEST_FIT)
        made._by_fit = np.arange(len(rows), dtype=np.int32)
        by_title = sorted(range(len(rows)), key=lambda slot: rows[slot].title)
        made._by_title = np.array(by_title, dtype=np.int32)
        made._sets = made._read_sets()
        made.dates = NextDates.read(made._read_dates())
        return made

    def changed(self, number, keys):
        """Return the catalogue of a later number at which only some offers are others."""
        made = Catalogue(number, self.day, self.words)
        made.made_of_words, made.made_of_offers = self.made_of_words, dict(self.made_of_offers)
        for key in keys:
            made.made_of_offers.pop(key, None)
        made._made = _still_so(self._made, keys)
        made._rows = rows = list(self._rows)
        before = {self._slot_of[key] for key in keys if key in self._slot_of}
        for slot in before:
            rows[slot] = None
        now = []
        for row in reading.rows(self.day, keys):
            slot = self._slot_of.get(row.pk, len(rows))
            rows[slot : slot + 1] = [row]
            now.append(slot)
        made._by_fit = _moved(self._by_fit, before, now, lambda slot: rows[slot].best_fit)
        made._by_title = _moved(self._by_title, before, now, lambda slot: rows[slot].title)
        others = ~bits.of_slots(before, len(rows))
        made._sets = {name: those & others for name, those in self._sets.items()}
        for name, those in made._read_sets(keys).items():
            made._sets[name] = made._sets.get(name, NOTHING) | those
        made.dates = self.dates.with_new(before, made._read_dates(keys))
        return made

    @property
    def size(self):
        """How many slots there are."""
        return len(self._rows)

    def once(self, name, make, until=lambda _made: NEVER, entries=lambda _made: None):
        """Return what ``make`` returned when it was last asked for ``name``.

        It may be made of all that readers see, which is the same as long as this catalogue is
        current; ``until`` returns the moment in seconds at which it is another one anyway. Where
        ``entries`` returns keys it is made of no other offers, and stays while others change.
        """
        kept = self._made.get(name)
        if kept is None or time.time() >= kept.until:
            made = make()
            kept = _Made(made, until(made), entries(made))
            if len(self._made) >= MOST_MADE:
                self._made.clear()
            self._made[name] = kept
        return kept.made

    # The words of the filters

    @cached_property
    def depth_of(self):
        """How deep in the city its parts lie, by their slugs; 1 is right below the city."""
        return {district.slug: len(district.path) - 1 for district in self.districts}

    @cached_property
    def postal_codes(self):
        return sorted({code for district in self.districts for code in district.postal_codes})

    # Sets of offers

    @cached_property
    def all(self):
        return bits.of_mask(np.fromiter((row is not None for row in self._rows), dtype=bool))

    def of(self, keys):
        """The offers with some keys, as far as the public may see them."""
        return bits.of_slots(
            (self._slot_of[key] for key in keys if key in self._slot_of), self.size
        )

    def named(self, name, value="1"):
        """The offers with a value of a filter."""
        return self._sets.get((name, value), NOTHING)

    def values(self, name):
        """The values of a filter that any offer has, with their sets."""
        return {one[1]: those for one, those in self._sets.items() if one[0] == name}

    def any_of(self, name, values):
        found = NOTHING
        for value in values:
            found |= self._sets.get((name, value), NOTHING)
        return found

    def for_age(self, month):
        """Offers whose span contains an age in months, and those for any age."""
        return bits.of_mask((self._first_month <= month) & (month < self._end_month)) & self.all

    def beginning_after(self, month):
        """Offers whose span begins after a month; of an open one nobody knows."""
        return bits.of_mask(self._first_month > month) & self.all

    @cached_property
    def any_age(self):
        is_open = (self._first_month == OPEN_BELOW) & (self._end_month == OPEN_ABOVE)
        return bits.of_mask(is_open) & self.all

    @cached_property
    def unconfirmed(self):
        """The offers nobody has confirmed yet."""
        rows = self._rows
        return bits.of_mask(
            np.fromiter((row is not None and not row.is_confirmed for row in rows), dtype=bool)
        )

    @cached_property
    def by_phase(self):
        """The offers of each phase by its slug.

        A phase of growing up has those whose span overlaps its own, and those for any age. A phase
        that cuts across has those that were put there by hand.
        """
        return {
            phase.slug: self.named("phase", phase.slug)
            if phase.is_cross
            else self.within(phase.ages)
            for phase in self.phases
        }

    @cached_property
    def near_everywhere(self):
        """Offers that come to the family or that name no part of the city."""
        return self._sets.get(COMES_TO_THE_FAMILY, NOTHING) | (
            self.all & ~self._sets.get(NAMES_A_DISTRICT, NOTHING)
        )

    def near(self, name, values):
        """Offers in parts of the city (``bezirk``, ``plz``), and those near from everywhere."""
        return self.any_of(name, values) | self.near_everywhere

    @property
    def without_a_way(self):
        """Offers at home, online or by telephone: nobody has to go anywhere."""
        return self._sets.get(NEEDS_NO_WAY, NOTHING)

    def starting_before(self, moment, end):
        """Offers with a date that is not over at a moment and begins before another one."""
        return bits.of_mask(self.dates.starts(moment, self._by_title) < end) & self.all

    def open_at(self, moment):
        """Offers with a date to go to that has begun and is not over."""
        return bits.of_slots(self.dates.running(moment), self.size) & self.all

    def in_slot(self, weekdays=(), parts=()):
        """Offers with one schedule on a weekday (0 is Monday) that touches a part of the day."""
        return bits.union(
            self._sets.get(("slot", weekday, part), NOTHING)
            for weekday in weekdays or [ANY]
            for part in parts or [ANY]
        )

    # Their order

    def best_fit_first(self, those):
        """Return keys in the order of ``Row.best_fit``."""
        return self._in_order(those, self._by_fit)

    def by_title(self, those):
        return self._in_order(those, self._by_title)

    def next_date_first(self, those, moment):
        """Return keys: soonest date first, without a known date last."""
        return self._in_order(those, self.dates.order(moment, self._by_title))

    def next_dates(self, keys, moment):
        """Return when each of some offers takes place next, in seconds; ``inf`` if nobody knows."""
        starts = self.dates.starts(moment, self._by_title)
        slots = [self._slot_of.get(key) for key in keys]
        return [NEVER if slot is None else float(starts[slot]) for slot in slots]

    def until(self, keys):
        """Return the moment at which the first date from now on of some offers is over."""
        slots = [self._slot_of[key] for key in keys if key in self._slot_of]
        return self.dates.until(time.time(), slots)

    def ranked(self, those, keys):
        """Return those of some keys, as they stand there, that are in a set."""
        inside = bits.mask(those, self.size)
        return [key for key in keys if key in self._slot_of and inside[self._slot_of[key]]]

    # Inside

    @cached_property
    def _slot_of(self):
        return {row.pk: slot for slot, row in enumerate(self._rows) if row is not None}

    @cached_property
    def _keys(self):
        return np.fromiter((row.pk if row else 0 for row in self._rows), dtype=np.int64)

    @cached_property
    def _first_month(self):
        return np.fromiter((row.first_month if row else 0 for row in self._rows), dtype=np.int32)

    @cached_property
    def _end_month(self):
        return np.fromiter((row.end_month if row else 0 for row in self._rows), dtype=np.int32)

    def within(self, ages):
        """Offers whose span overlaps another one, and those for any age."""
        first = OPEN_BELOW if ages is None or ages.lower is None else ages.lower
        end = OPEN_ABOVE if ages is None or ages.upper is None else ages.upper
        return bits.of_mask((self._first_month < end) & (first < self._end_month)) & self.all

    def _in_order(self, those, order):
        return self._keys[bits.in_order(those, order, self.size)]

    def _read_sets(self, keys=None):
        found = defaultdict(list)
        for name, key in reading.memberships(self.day, keys):
            if (slot := self._slot_of.get(key)) is not None:
                found[name].append(slot)
        return {name: bits.of_slots(slots, self.size) for name, slots in found.items()}

    def _read_dates(self, keys=None):
        for key, over, starts in reading.dates(self.day, keys):
            if (slot := self._slot_of.get(key)) is not None:
                yield slot, over, starts


def _still_so(made, keys):
    """Return what was made of other entries than those with some keys, each a ``_Made``."""
    if OTHER in keys:
        return {}
    return {
        name: one
        for name, one in dict(made).items()
        if one.entries is not None and keys.isdisjoint(one.entries)
    }


def _moved(order, before, now, by):
    """Return an order with some slots taken out and others put in where they belong."""
    order = order[~np.isin(order, list(before))]
    for slot in now:
        order = np.insert(order, bisect_left(order, by(slot), key=by), slot)
    return order
