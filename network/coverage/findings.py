"""The three sentences that matter, worked out of the table: the hole, the thin ice, the mend."""

from typing import NamedTuple

import numpy as np

from lifephases import ages

from .cells import Thin
from .columns import MONTHS


class Hole(NamedTuple):
    """The longest stretch of months in which a topic is needed and has nothing within reach."""

    topic: object
    first: int
    end: int
    published: int  # entries here that only lack somebody to ask, a place or a time
    in_the_city: int  # entries within reach elsewhere in the city

    @property
    def months(self):
        return self.end - self.first

    @property
    def age_words(self):
        return ages.span_in_words(ages.span(self.first, self.end - 1))


def holes(overview):
    """Return the longest hole of each topic that has one, the biggest first.

    Among holes as long as each other the one stands first that the city fills elsewhere: there it
    is known to be possible.
    """
    found = [one for topic in overview.topics if (one := _hole(overview, topic))]
    return sorted(found, key=lambda one: (-one.months, -one.in_the_city, one.topic.position))


def _hole(overview, topic):
    supply, span = overview.supply, overview.span
    about = supply.about(topic.slug) & supply.of(span)
    here = about & supply.near(overview.slug)
    needed = overview.needs.span(topic.slug)
    if needed is None:
        return None
    months = max(span.first, needed[0]), min(span.end, needed[1], MONTHS)
    first, end = longest_gap(supply.entries_of(here & supply.within_reach), *months)
    if first == end:
        return None
    gap = span._replace(first=first, end=end)
    in_it = about & supply.of(gap)
    lacking = in_it & here & ~supply.within_reach
    return Hole(
        topic,
        first,
        end,
        lacking.bit_count(),
        (in_it & supply.within_reach & ~here).bit_count(),
    )


def longest_gap(entries, first, end):
    """Return the longest stretch from ``first`` to before ``end`` that no entry's ages cover."""
    covered = np.zeros(max(end - first, 0) + 1, dtype=bool)
    covered[-1] = True
    for one in entries:
        covered[max(one.first - first, 0) : max(min(one.end, end) - first, 0)] = True
    ends = np.flatnonzero(covered)
    begins = np.concatenate([[0], ends[:-1] + 1])
    longest = int(np.argmax(ends - begins))
    return first + int(begins[longest]), first + int(ends[longest])


class Mend(NamedTuple):
    """Of how many needed fields how many have nothing within reach, and how many of those lack
    details alone.
    """

    fields: int
    open: int
    by_a_call: int
    entries: int

    @property
    def new(self):
        return self.open - self.by_a_call


def mend(overview):
    needed = [field.cell for field in overview.fields if field.cell.is_needed]
    open_ones = [cell for cell in needed if cell.is_open]
    lacking = overview.all_here
    return Mend(
        len(needed),
        len(open_ones),
        sum(cell.offers > 0 for cell in open_ones),
        lacking.offers - lacking.within_reach,
    )


def thin_ice(overview):
    """Return the fields that hang on one provider alone, those that end within three months, and
    those where all that is within reach is full.
    """
    return {
        kind: [field for field in overview.fields if kind in field.cell.thin]
        for kind in (Thin.ONE_PROVIDER, Thin.ENDING, Thin.FULL)
    }
