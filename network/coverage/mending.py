"""What closes the most holes: the next call, the next afternoon, the next offer, each after the
ones before it.

A gain only shrinks while others are taken, so that looking again at the best one is enough.
"""

import heapq
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.models import Offer

from .supply import Entry
from .walking import END, FIRST


class Kind(models.TextChoices):
    """The cheapest first."""

    ASK = "ask", _("fehlende Angaben erfragen")
    CONFIRM = "confirm", _("bestätigen lassen")
    MOVE = "move", _("einen Nachmittag dort anbieten")
    OPEN = "open", _("ein neues Angebot beginnen")


SHOWN = 5  # of each kind


class Mend(NamedTuple):
    """Something to do, what it gains on top of all before it, and the share held afterwards."""

    kind: Kind
    entry: Entry
    home: object  # where it would be, if that is new
    months: int
    children: int
    share: float


def mends(walk, entries):
    """Yield the ``Mend`` of each kind that gain most; the walk goes on with them."""
    candidates = {
        Kind.ASK: [answered(one) for one in entries if answered(one) != one],
        Kind.CONFIRM: [one._replace(is_confirmed=True) for one in entries if not one.is_confirmed],
        Kind.MOVE: [one for one in entries if one.parts and not one.comes],
        Kind.OPEN: [_ideal(need, walk.assumed) for need in walk.assumed.needs],
    }
    for kind, those in candidates.items():
        yield from _best(walk, kind, those)


def answered(entry):
    """Return an entry as it would be if a call brought all that lacks, and it costs nothing."""
    if entry.is_within_reach and entry.cost != Offer.Cost.UNKNOWN:
        return entry
    cost = Offer.Cost.FREE if entry.cost == Offer.Cost.UNKNOWN else entry.cost
    return entry._replace(is_within_reach=True, is_confirmed=True, cost=cost)


def _ideal(need, assumed):
    languages = frozenset({"de", assumed.language} - {""})
    topics = frozenset({need.slug})
    first, end = max(need.first, FIRST), min(need.end, END)
    return Entry(0, need.name, "", first, end, topics, languages=languages, is_step_free=True)


def _best(walk, kind, entries):
    """Yield the best of a kind, each once: what may be anywhere, where it helps most."""
    heap, may_move = [], kind in {Kind.MOVE, Kind.OPEN}
    for number, entry in enumerate(entries):
        gain, at = _gain(walk, entry, may_move)
        if gain:
            heapq.heappush(heap, (-gain, number, at))
    found = 0
    while heap and found < SHOWN:
        _before, number, _at = heapq.heappop(heap)
        entry = entries[number]
        gain, at = _gain(walk, entry, may_move)
        if not gain:
            continue
        if heap and gain < -heap[0][0]:
            heapq.heappush(heap, (-gain, number, at))
            continue
        children = walk.helped(entry, at)
        walk.add(entry, at)
        home = None if at is None else walk.assumed.homes[at]
        yield Mend(kind, entry, home, gain, children, walk.share)
        found += 1


def _gain(walk, entry, may_move):
    """Return the best gain of an entry, and the home where it would have to be."""
    if not may_move:
        return int(walk.gains(entry).sum()), None
    by_home = walk.gains_by_home(entry)
    at = int(by_home.argmax())
    return int(by_home[at]), at
