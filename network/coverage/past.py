"""What the chain was on an earlier day, and what has come and gone since."""

from typing import NamedTuple

from kekiz_portal.lib.history.as_of import at_the_end_of
from offers.models import (
    AccessibilityFact,
    ContactPoint,
    CostOption,
    Institution,
    Location,
    Offer,
    OfferPlace,
    Pursuit,
    Schedule,
)

from . import supply
from .cells import Supply

MADE_OF = [
    Offer,
    OfferPlace,
    Location,
    AccessibilityFact,
    CostOption,
    ContactPoint,
    Schedule,
    Institution,
    Pursuit,
]


def entries_on(day):
    """Return the entries that families could see at the end of an earlier day."""
    with at_the_end_of(day, MADE_OF):
        return supply.read(day)


class Change(NamedTuple):
    """The entries that came to a cell and that went from it, by title."""

    came: list
    gone: list

    def __bool__(self):
        return bool(self.came or self.gone)


class Turned(NamedTuple):
    """In how many fields families found nothing within reach then and now, and which have closed
    and which have torn since.
    """

    then: int
    now: int
    closed: list
    torn: list


class Since:
    """The supply of an earlier day beside that of today."""

    def __init__(self, day, now, needs):
        self.day, self.now = day, now
        self.then = Supply(entries_on(day), day, needs)

    def turned(self, fields, part=None):
        """Return how some fields of a part of the city have ``Turned``."""
        before = [self.then.cell(one.topic.slug, one.column, part).is_open for one in fields]
        both = [(one, then, one.cell.is_open) for one, then in zip(fields, before, strict=True)]
        return Turned(
            sum(before),
            sum(now for _one, _then, now in both),
            [one for one, then, now in both if then and not now],
            [one for one, then, now in both if now and not then],
        )

    def cell(self, column, topic=None, part=None):
        """Return the ``Change`` of a cell, of all topics without one (``topic`` is a slug)."""
        then, now = (
            one.entries_of(one.about(topic) & one.of(column) & one.near(part))
            for one in (self.then, self.now)
        )
        return _change(then, now)


def _change(then, now):
    before, after = {one.pk for one in then}, {one.pk for one in now}
    came = [one for one in now if one.pk not in before]
    gone = [one for one in then if one.pk not in after]
    return Change(*(sorted(those, key=lambda one: one.title) for those in (came, gone)))
