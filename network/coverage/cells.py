"""What stands in a cell of the table: offers of a topic, for an age, in a part of the city."""

import datetime as dt
from typing import NamedTuple

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.models.agreement import RUNS_OUT_DAYS
from offers.catalogue import bits
from offers.models import Offer

from .columns import Needs


class Thin(models.TextChoices):
    """Where the ice is thin, the thinnest first."""

    NOBODY = "nobody", _("niemand")
    ELSEWHERE = "elsewhere", _("nur woanders")
    PLACELESS = "placeless", _("Ort unbekannt")
    UNREACHABLE = "unreachable", _("keins erreichbar")
    FULL = "full", _("alles voll")
    ENDING = "ending", _("endet bald")
    ONE_PROVIDER = "one-provider", _("nur 1 Anbieter")
    UNCONFIRMED = "unconfirmed", _("unbestätigt")
    NOT_NEEDED = "not-needed", _("nicht gebraucht")  # no thin ice: nobody lacks it at this age


class Cell(NamedTuple):
    """The figures of one cell. ``those`` is the set of its offers, ``elsewhere`` how many more
    the whole city has.
    """

    those: int
    offers: int
    within_reach: int
    free: int
    places: int
    languages: tuple
    providers: int
    unconfirmed: int
    full: int  # of those within reach
    ending: int
    levels: tuple  # how many are of each ``Offer.Prevention``, in its order
    elsewhere: int
    thin: tuple
    is_needed: bool

    @property
    def worst(self):
        """The thinnest ice, if any, but for what a table of entries says of all of them."""
        return next((one for one in self.thin if one != Thin.UNCONFIRMED), None)

    @property
    def by_level(self):
        """How many are of each prevention level, by its words; of the others nobody said it."""
        named = dict(zip(Offer.Prevention.labels, self.levels, strict=True))
        return named | {_("nicht gesagt"): self.offers - sum(self.levels)}

    @property
    def level_words(self):
        """As read in the table: "2 universell, 1 selektiv"."""
        said = {words: number for words, number in self.by_level.items() if number}
        return ", ".join(f"{number} {words}" for words, number in said.items())

    @property
    def is_empty(self):
        return self.offers == 0

    @property
    def is_hole(self):
        return self.is_needed and self.is_empty

    @property
    def is_open(self):
        """Whether families find nothing that they could reach, of what they need."""
        return self.is_needed and self.within_reach == 0

    @property
    def thread(self):
        """How its thread is: "torn", "thin", "whole", or "none": nothing is needed and there."""
        if self.within_reach == 0:
            return "torn" if self.is_needed else "none"
        return "thin" if self.within_reach == 1 or self.providers == 1 else "whole"


class Supply:
    """The entries of a day as sets of bits, one bit an entry.

    ``needs`` are the ``columns.Needs`` that holes are counted by; without, all is needed.
    """

    def __init__(self, entries, day, needs=None):
        self.entries, self._needs = entries, needs or Needs({})
        soon = day + dt.timedelta(days=RUNS_OUT_DAYS)
        self.all = (1 << len(entries)) - 1
        self.coming = self._where(lambda one: one.comes)
        self.placed = self._where(lambda one: one.parts)
        self.within_reach = self._where(lambda one: one.is_within_reach)
        self.free = self._where(lambda one: one.is_free)
        self.unconfirmed = self._where(lambda one: not one.is_confirmed)
        self.full = self._where(lambda one: one.is_full)
        self.ending = self._where(lambda one: one.last_day and one.last_day <= soon)
        levels = self._by(lambda one: (one.level,))
        self._of_levels = [levels.get(one, bits.NOTHING) for one in Offer.Prevention.values]
        self._by_topic = self._by(lambda one: one.topics)
        self._by_phase = self._by(lambda one: one.crossing)
        self._by_part = self._by(lambda one: one.parts)
        self._by_language = self._by(lambda one: one.languages)
        self._ages = np.array([(one.first, one.end) for one in entries], np.int64).reshape(-1, 2)
        self._by_span = {}
        self._number_places_and_providers()

    def _number_places_and_providers(self):
        entries, names, places = self.entries, {}, {}
        self._providers = np.array(
            [names.setdefault(one.provider, len(names)) for one in entries], np.int64
        )
        slots, of_slots = [], []  # two lists of numbers: a hundred thousand pairs take far longer
        for slot, one in enumerate(entries):
            for at in one.locations:
                slots.append(slot)
                of_slots.append(places.setdefault(at, len(places)))
        self._place = np.full(len(entries), -1, np.int64)  # the last of each entry
        self._place[slots] = of_slots
        pairs = np.array([slots, of_slots], np.int64).T
        several = np.bincount(slots, minlength=len(entries)) > 1 if slots else np.zeros(0, bool)
        self._more_places = pairs[several[pairs[:, 0]]]

    def cell(self, topic, column, part=None):
        """Return the ``Cell`` of a topic (a slug, or all) in a column; ``part`` is a slug, or the
        city.
        """
        everywhere = self.about(topic) & self.of(column)
        those = everywhere & self.near(part)
        offers = those.bit_count()
        places, providers = self._places_and_providers(those) if offers else (0, 0)
        reached = those & self.within_reach
        cell = Cell(
            those=those,
            offers=offers,
            within_reach=reached.bit_count(),
            free=(those & self.free).bit_count(),
            places=places,
            languages=tuple(code for code, of in self._by_language.items() if of & those),
            providers=providers,
            unconfirmed=(those & self.unconfirmed).bit_count(),
            full=(reached & self.full).bit_count(),
            ending=(those & self.ending).bit_count(),
            levels=tuple((those & of).bit_count() for of in self._of_levels),
            elsewhere=(everywhere & ~those).bit_count(),
            thin=(),
            is_needed=self._needs.holds(topic, column),
        )
        return cell._replace(thin=tuple(self._thin(cell, everywhere)))

    def _places_and_providers(self, those):
        inside = bits.mask(those, self.size)
        slots = np.flatnonzero(inside)
        more = self._more_places[inside[self._more_places[:, 0]], 1]
        places = np.concatenate([self._place[slots], more]) + 1  # 0 is none
        number = np.count_nonzero(np.bincount(places)[1:])
        providers = np.count_nonzero(np.bincount(self._providers[slots]))
        return int(number), int(providers)  # as a workbook takes numbers

    def _thin(self, cell, everywhere):
        if cell.is_needed and cell.is_empty:
            return [self._hole(everywhere)]
        if cell.is_empty:
            return [Thin.NOT_NEEDED]
        lacking = cell.within_reach == 0
        marks = {
            Thin.UNREACHABLE: lacking,
            Thin.FULL: not lacking and cell.full == cell.within_reach,
            Thin.ENDING: cell.ending == cell.offers,
            Thin.ONE_PROVIDER: cell.providers == 1,
        }
        found = [mark for mark, holds in marks.items() if holds and cell.is_needed]
        return [*found, Thin.UNCONFIRMED] if cell.unconfirmed == cell.offers else found

    def _hole(self, everywhere):
        if everywhere == 0:
            return Thin.NOBODY
        return Thin.ELSEWHERE if everywhere & self.placed else Thin.PLACELESS

    # Sets

    @property
    def size(self):
        return len(self.entries)

    def entries_of(self, those):
        """Return the entries of a set, in their order."""
        return [self.entries[slot] for slot in np.flatnonzero(bits.mask(those, self.size))]

    def about(self, topic):
        return self.all if topic is None else self._by_topic.get(topic, bits.NOTHING)

    def of(self, column):
        """Entries of a column: of its span, or put by hand to a phase that cuts across."""
        if column.is_cross:
            return self._by_phase.get(column.slug, bits.NOTHING)
        span = column.first, column.end
        if span not in self._by_span:
            overlaps = (self._ages[:, 0] < column.end) & (column.first < self._ages[:, 1])
            self._by_span[span] = bits.of_mask(overlaps)
        return self._by_span[span]

    def near(self, part):
        """Entries with a place in a part of the city, and those that come to the family."""
        if part is None:
            return self.all
        return self.in_part(part) | self.coming

    def in_part(self, part):
        """Entries with a place in a part of the city."""
        return self._by_part.get(part, bits.NOTHING)

    def _where(self, condition):
        return bits.of_mask(np.array([condition(one) for one in self.entries], dtype=bool))

    def _by(self, values):
        alike, found = {}, {}
        for slot, one in enumerate(self.entries):
            alike.setdefault(values(one), []).append(slot)
        for those, slots in alike.items():
            same = bits.of_slots(slots, self.size)
            for value in those:
                found[value] = found.get(value, bits.NOTHING) | same
        return dict(sorted(found.items()))
