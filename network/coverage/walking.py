"""The walk through the chain, month by month from pregnancy to the 18th birthday.

A month counts as held for what a child needs when an offer fits: it is within reach, for that age,
where the child's family goes or comes to it, payable, in its language and without steps if need
be. Children alike walk together, so that ten thousand take no longer than some hundred.
"""

from typing import NamedTuple

import numpy as np

from lifephases import ages
from offers.models import Offer

from . import drawing

FIRST, END = ages.YOUNGEST, 18 * ages.MONTHS_A_YEAR + 1
MONTHS = END - FIRST
EVERY_LANGUAGE = "mul"
PAYABLE_BY_ALL = {Offer.Cost.FREE, Offer.Cost.VARIES, Offer.Cost.INSURANCE}
EVERYWHERE = -1
AUGUST = 8  # when Kita years and school years begin


class LongestHole(NamedTuple):
    """The most months in a row that are not held: of the need in which most children walk through
    that many, at the home where most of them do.
    """

    home: drawing.Home
    need: drawing.Need
    first: int
    end: int
    children: int

    @property
    def months(self):
        return self.end - self.first

    @property
    def age_words(self):
        return ages.span_in_words(ages.span(self.first, self.end - 1))


class Walk:
    """Children of some assumptions among some entries (of ``supply``)."""

    def __init__(self, assumed, entries):
        self.assumed = assumed
        self.needs = {need.slug: at for at, need in enumerate(assumed.needs)}
        reaches = {home.reach: None for home in assumed.homes}
        self._reach = np.array([[*reaches].index(home.reach) for home in assumed.homes])
        shape = (len(assumed.homes), 2, 2, 2, len(assumed.needs))
        alike = drawing.draw(assumed).counted(shape)
        profiles = int(np.prod(shape[:-1]))
        self.born = alike.reshape(profiles, len(assumed.needs), drawing.BIRTH_MONTHS)
        self.alike = self.born.sum(axis=2)
        self.needed = np.zeros((len(assumed.needs), MONTHS), dtype=bool)
        for at, need in enumerate(assumed.needs):
            self.needed[at, max(need.first - FIRST, 0) : max(need.end - FIRST, 0)] = True
        self.held = np.zeros((profiles, len(assumed.needs), MONTHS), dtype=bool)
        for entry in entries:
            self._hold(entry)
        self._count()

    # What fits whom

    def fits(self, entry, at=None):
        """Return for each profile whether an entry fits it; ``at`` is the index of a home where it
        would be, or ``EVERYWHERE``, else it is where it is.
        """
        assumed = self.assumed
        homes = np.zeros(len(assumed.homes), dtype=bool)
        if entry.is_within_reach and (entry.is_confirmed or assumed.unconfirmed_counts):
            homes[:] = self._reached(entry, at)
        money = [self._is_paid(entry, is_poor=False), self._is_paid(entry, is_poor=True)]
        spoken = [self._is_in(entry, "de"), self._is_in(entry, assumed.language)]
        steps = [True, entry.is_step_free or entry.comes]
        return (
            homes[:, None, None, None]
            & np.array(money)[None, :, None, None]
            & np.array(spoken)[None, None, :, None]
            & np.array(steps)[None, None, None, :]
        ).ravel()

    def _reached(self, entry, at):
        homes = self.assumed.homes
        if entry.comes or at == EVERYWHERE:
            return True
        parts = entry.parts if at is None else {homes[at].reach}
        return [home.reach in parts for home in homes]

    def _is_paid(self, entry, *, is_poor):
        """Whether a family can pay; who has little pays nothing, but has Bildung und Teilhabe."""
        if entry.cost in PAYABLE_BY_ALL or (is_poor and entry.takes_but):
            return True
        if entry.cost == Offer.Cost.UNKNOWN and entry.lowest_price is None:
            return self.assumed.unknown_price_is_paid
        is_known = entry.lowest_price is not None
        return is_known and (0 if is_poor else self.assumed.highest_price) >= entry.lowest_price

    @staticmethod
    def _is_in(entry, language):
        spoken = entry.languages or {"de"}
        return language in spoken or EVERY_LANGUAGE in spoken

    # Walking

    def add(self, entry, at=None):
        """Let an entry hold months, too."""
        self._hold(entry, at)
        self._count()

    def _hold(self, entry, at=None):
        fits = self.fits(entry, at)
        first, end = _months(entry)
        if first < end and fits.any():
            for need in self._needs_of(entry):
                self.held[fits, need, first:end] = True

    def _needs_of(self, entry):
        return [self.needs[topic] for topic in entry.topics if topic in self.needs]

    def _count(self):
        open_months = self.needed & ~self.held
        summed = (self.alike[:, :, None] * open_months).cumsum(axis=2)
        self._open = np.concatenate([np.zeros((*self.alike.shape, 1), summed.dtype), summed], 2)

    def gains(self, entry, at=None):
        """Return for each profile how many child-months an entry would hold that nothing holds."""
        fits = self.fits(entry, at)
        first, end = _months(entry)
        if first >= end or not fits.any():
            return np.zeros(len(fits), dtype=np.int64)
        open_then = self._open[:, :, end] - self._open[:, :, first]
        return open_then[:, self._needs_of(entry)].sum(axis=1) * fits

    def gains_by_home(self, entry):
        """Return for each home how many child-months an entry would hold that was there, too."""
        each = self.gains(entry, EVERYWHERE).reshape(len(self.assumed.homes), -1).sum(axis=1)
        return np.bincount(self._reach, weights=each)[self._reach]

    def helped(self, entry, at=None):
        """Return how many children would have a month more."""
        fits = self.fits(entry, at)
        first, end = _months(entry)
        needs = self._needs_of(entry)
        open_then = (self._open[:, needs, end] > self._open[:, needs, first]) & fits[:, None]
        return int((self.alike[:, needs] * open_then).sum())

    # What comes out

    @property
    def months(self):
        """All child-months in which something is needed."""
        return int((self.alike * self.needed.sum(axis=1)).sum())

    @property
    def open_months(self):
        return int(self._open[:, :, -1].sum())

    @property
    def share(self):
        """The share of child-months that are held, between 0 and 1."""
        return 1 - self.open_months / self.months if self.months else 0.0

    def by_home(self):
        """Yield each home with its children and their share of months held."""
        return self._shares(self.assumed.homes, axis=1)

    def by_need(self):
        """Yield each need with its children and their share of months held."""
        return self._shares(self.assumed.needs, axis=0)

    def _shares(self, those, axis):
        counted = self.alike, self.alike * self.needed.sum(axis=1), self._open[:, :, -1]
        sums = (self._by_home(one).sum(axis=axis) for one in counted)
        for one, children, needed, left in zip(those, *sums, strict=True):
            yield one, int(children), float(1 - left / needed) if needed else None

    def longest_hole(self):
        """Return the ``LongestHole``; ``None`` if every month is held."""
        runs = np.zeros(self.alike.shape, dtype=np.int64)
        longest, ends = runs.copy(), runs.copy()
        open_months = (self.needed & ~self.held) & (self.alike > 0)[:, :, None]
        for month in range(MONTHS):
            runs = (runs + 1) * open_months[:, :, month]
            ends = np.where(runs > longest, month + 1, ends)
            longest = np.maximum(longest, runs)
        months = int(longest.max(initial=0))
        if not months:
            return None
        through_it = np.where(longest == months, self.alike, 0)
        of_homes = self._by_home(through_it)
        need = int(of_homes.sum(axis=0).argmax())
        at = int(of_homes[:, need].argmax())
        profile = int(through_it[:, need].reshape(len(of_homes), -1)[at].argmax())
        end = int(ends[:, need].reshape(len(of_homes), -1)[at, profile]) + FIRST
        whose = self.assumed.homes[at], self.assumed.needs[need]
        return LongestHole(*whose, end - months, end, int(of_homes[at, need]))

    def left_at(self, step):
        """Return how many children have nothing that they need in the month of a step (a column),
        and how many need anything then, both by home and need.
        """
        left = np.zeros((len(self.assumed.homes), len(self.assumed.needs)), dtype=np.int64)
        there = left.copy()
        for birth_month in range(drawing.BIRTH_MONTHS):
            month = month_of(step, birth_month + 1) - FIRST
            if 0 <= month < MONTHS:
                children = self.born[:, :, birth_month] * self.needed[:, month]
                there += self._by_home(children)
                left += self._by_home(children * ~self.held[:, :, month])
        return left, there

    def _by_home(self, children):
        return children.reshape(len(self.assumed.homes), -1, len(self.assumed.needs)).sum(axis=1)


def month_of(step, birth_month):
    """Return at how many months a child born in a month (1 to 12) takes a step.

    That is the middle of its ages up to the 18th birthday; if they are more than a year, the first
    August from then on, when Kita and school begin.
    """
    first, last = max(step.first, FIRST), min(step.end, END) - 1
    middle = (first + last) // 2
    if last - first < ages.MONTHS_A_YEAR:
        return middle
    return middle + (AUGUST - birth_month - middle) % ages.MONTHS_A_YEAR


def _months(entry):
    """Return the first month of an entry as an index, and the one after its last."""
    return max(entry.first, FIRST) - FIRST, max(min(entry.end, END), FIRST) - FIRST
