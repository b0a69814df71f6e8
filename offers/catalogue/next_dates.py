"""When each offer takes place next, at any time of a day, without asking the database again."""

from typing import NamedTuple

import numpy as np

COLUMNS = [("slot", np.int32), ("over", np.float64), ("starts", np.float64)]


class _Known(NamedTuple):
    """When each slot takes place next, from a moment until the first of these dates is over."""

    since: float
    until: float
    starts: np.ndarray
    order: np.ndarray


class NextDates:
    """The dates of a day and the first one after it, for each slot; moments are seconds."""

    def __init__(self, dates):
        """Take an array of ``COLUMNS``."""
        self._dates = dates[np.argsort(-dates["starts"], kind="stable")]
        self._known = None

    @classmethod
    def read(cls, found):
        """Take slots with when a date is over and when it begins."""
        return cls(np.array(list(found), dtype=COLUMNS))

    def with_new(self, slots, found):
        """Return the same with the dates of some slots read anew."""
        stay = self._dates[~np.isin(self._dates["slot"], list(slots))]
        return NextDates(np.concatenate([stay, np.array(list(found), dtype=COLUMNS)]))

    def starts(self, moment, by_title):
        """Return for each slot when its next date begins; never is ``inf``."""
        return self._at(moment, by_title).starts

    def order(self, moment, by_title):
        """Return the slots, soonest date first, from their order by title."""
        return self._at(moment, by_title).order

    def running(self, moment):
        """Return the slots of which a date has begun and is known to end later."""
        began = self._dates[(self._dates["starts"] <= moment) & np.isfinite(self._dates["over"])]
        return np.unique(began["slot"][began["over"] > moment])

    def until(self, moment, slots):
        """Return when the first date from a moment on of some slots is over."""
        over = self._dates["over"][np.isin(self._dates["slot"], slots)]
        return over[over > moment].min(initial=np.inf)

    def change_after(self, moment):
        """Return when the first date after a moment begins or is over."""
        moments = np.concatenate([self._dates["starts"], self._dates["over"]])
        return moments[moments > moment].min(initial=np.inf)

    def _at(self, moment, by_title):
        known = self._known
        if known is None or not known.since <= moment < known.until:
            coming = self._dates[self._dates["over"] > moment]
            starts = np.full(by_title.max(initial=-1) + 1, np.inf)
            starts[coming["slot"]] = coming["starts"]  # of several the last counts: the soonest
            order = by_title[np.argsort(starts[by_title], kind="stable")]
            known = _Known(moment, coming["over"].min(initial=np.inf), starts, order)
            self._known = known
        return known
