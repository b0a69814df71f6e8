"""Doubles: where three providers or more do the same for the same ages, at the same time and place.

The same is a topic and a type of offer, the place a part of the city (the Ortsteil, as far as it is
known), the time a weekday and a part of the day; some month of age has to lie in the ages of all.
"""

from collections import defaultdict
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils import dates
from django.utils.translation import gettext_lazy as _

from lifephases import ages
from offers.models import District, Schedule
from offers.models.location import is_public
from offers.models.schedule import parts_touched

from .supply import OLDEST, YOUNGEST, in_words, without_collecting

ENOUGH = 3  # providers
TIMES = {
    "vormittag": _("vormittags"),
    "nachmittag": _("nachmittags"),
    "abend": _("abends"),
}


class Double(NamedTuple):
    """Entries of three providers or more in a stretch of months; the month ``end`` is not included.

    ``when`` holds the weekdays and parts of the day at which they meet.
    """

    topic: str
    kind: str
    part: District
    first: int
    end: int
    entries: tuple
    when: tuple = ()

    @property
    def providers(self):
        return len({one.provider for one in self.entries})

    @property
    def age_words(self):
        first = None if self.first == YOUNGEST else self.first
        last = None if self.end == OLDEST else self.end - 1
        return ages.roughly_in_words(ages.span(first, last))

    @property
    def when_words(self):
        return ", ".join(f"{dates.WEEKDAYS_ABBR[day]} {TIMES[time]}" for day, time in self.when)

    @property
    def words(self):
        """As read in a cell: "Gruppe, Wanne, Di nachmittags: 3 Anbieter"."""
        told = {"kind": self.kind, "part": self.part.label, "when": self.when_words}
        return _("%(kind)s, %(part)s, %(when)s: %(n)d Anbieter") % (told | {"n": self.providers})


class Doubles:
    """All doubles of a ``Supply``; ``parts`` are the parts of the city that they may lie in."""

    @without_collecting()
    def __init__(self, supply, parts):
        known, meetings = {one.slug: one for one in parts}, defaultdict(dict)
        for (kind, part, *when), entries in _slots(supply, known).items():
            for topic, phase, *meeting in _among(entries):
                same = meetings[topic, phase].setdefault((kind, part, *meeting), [])
                same.append(tuple(when))
        self._there = defaultdict(list)
        for (topic, phase), those in meetings.items():
            for (kind, part, *meeting), when in those.items():
                one = Double(topic, kind, known[part], *meeting, _in_order(when))
                for slug in (None, *one.part.path):
                    self._there[topic, phase, slug].append(one)

    def of(self, topic, column, part=None):
        """Return the doubles of a cell; ``topic`` and ``part`` are slugs, no part is the city."""
        found = self._there.get((topic, column.slug if column.is_cross else "", part), ())
        return [
            one
            for one in found
            if column.is_cross or (one.first < column.end and column.first < one.end)
        ]


def _slots(supply, known):
    """Return the entries of each type, part of the city (a slug), weekday and part of the day."""
    entries = {one.pk: one for one in supply.entries}

    @cache
    def part_of(path):
        return next((slug for slug in reversed((path or "").split()) if slug in known), None)

    touched, days_of = cache(parts_touched), cache(lambda days: [*map(int, days.split())])
    rows = Schedule.objects.coming().filter(is_public("place__location")).order_by()
    rows = rows.annotate(
        path=in_words("place__location__district__path"), days=in_words("weekdays")
    )
    columns = "place__offer", "place__offer__offer_type__name", "path", "days"
    found = defaultdict(dict)
    for offer, kind, path, days, *hours in rows.values_list(*columns, "start_time", "end_time"):
        part, entry = part_of(path), entries.get(offer)
        if part is None or entry is None:
            continue
        for time in touched(*hours):
            for day in days_of(days):
                found[kind, part, day, time][offer] = entry
    return {slot: [*those.values()] for slot, those in found.items() if _are_enough(those.values())}


def _in_order(when):
    return tuple(sorted(when, key=lambda at: (at[0], [*TIMES].index(at[1]))))


def _among(entries):
    """Yield topic, crossing phase ("" is any), months and entries of each double in a slot."""
    alike = defaultdict(list)
    for one in entries:
        for topic in one.topics:
            for phase in ("", *one.crossing):
                alike[topic, phase].append(one)
    for about, those in alike.items():
        for first, end in stretches(those) if _are_enough(those) else ():
            yield (
                *about,
                first,
                end,
                tuple(one for one in those if one.first < end and first < one.end),
            )


def stretches(entries):
    """Yield the first month, and the one after the last, wherever enough providers meet."""
    edges = sorted({month for one in entries for month in (one.first, one.end)})

    def meet(stretch):
        return _are_enough(one for one in entries if one.first <= stretch[0] < one.end)

    for is_enough, those in groupby(pairwise(edges), meet):
        if is_enough:
            months = [month for stretch in those for month in stretch]
            yield months[0], months[-1]


def _are_enough(entries):
    return len({one.provider for one in entries}) >= ENOUGH
