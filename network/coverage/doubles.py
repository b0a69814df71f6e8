"""Doubles: where three providers or more do the same for the same ages, at the same time and place.

The same is a topic and a type of offer, the place a part of the city (the Ortsteil, as far as it is
known), the time a weekday and a part of the day; some month of age has to lie in the ages of all.
"""

from collections import defaultdict
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils import dates
from django.utils.translation import gettext_lazy as _

from lifephases import ages
from offers.models import District, Schedule
from offers.models.location import is_public
from offers.models.schedule import parts_touched

from .supply import OLDEST, YOUNGEST

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

    def __init__(self, supply, parts):
        known, meetings = {one.slug: one for one in parts}, defaultdict(dict)
        for (kind, part, *when), entries in _slots(supply, known).items():
            for topic, phase, *meeting in _among(entries):
                same = meetings[topic, phase].setdefault((kind, part, *meeting), [])
                same.append(tuple(when))
        self._by_topic = {
            about: [
                Double(about[0], kind, known[part], *meeting, _in_order(when))
                for (kind, part, *meeting), when in those.items()
            ]
            for about, those in meetings.items()
        }

    def of(self, topic, column, part=None):
        """Return the doubles of a cell; ``topic`` and ``part`` are slugs, no part is the city."""
        found = self._by_topic.get((topic, column.slug if column.is_cross else ""), ())
        return [
            one
            for one in found
            if (column.is_cross or (one.first < column.end and column.first < one.end))
            and (part is None or part in one.part.path)
        ]


def _slots(supply, known):
    """Return the entries of each type, part of the city (a slug), weekday and part of the day."""
    entries = {one.pk: one for one in supply.entries}
    rows = Schedule.objects.coming().filter(is_public("place__location")).order_by()
    columns = "place__offer", "place__offer__offer_type__name", "place__location__district__path"
    found, times = defaultdict(dict), {}
    for offer, kind, path, weekdays, *hours in rows.values_list(
        *columns, "weekdays", "start_time", "end_time"
    ):
        part = next((slug for slug in reversed(path or ()) if slug in known), None)
        if part is None or offer not in entries:
            continue
        if tuple(hours) not in times:
            times[tuple(hours)] = parts_touched(*hours)
        for time in times[tuple(hours)]:
            for day in weekdays:
                found[kind, part, day, time][offer] = entries[offer]
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
