"""What the order of hits depends on beside the words, of one offer each.

Of a published offer it is kept until the offer changes or the day ends; what else the office
searches may change at any time.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from kekiz_portal.lib import content_version
from offers.models import Occurrence, Offer

SOON = timedelta(days=14)
MOST_KEPT = 20_000


@dataclass(frozen=True)
class Facts:
    """Facts of an offer; ``groups`` are the names of those it is for, if not for everybody.

    ``is_past`` of what was once a year, or has no date left.
    """

    pk: int
    title: str
    provider: int | None
    ages: object
    is_generic: bool
    confirmed_at: object
    is_past: bool
    is_soon: bool
    groups: frozenset


@dataclass(frozen=True)
class _Kept:
    """Facts by the numbers of offers, as they are at one number of what readers see, on a day."""

    number: int | None = None
    day: date | None = None
    facts: dict = field(default_factory=dict)


class _Held:
    """What this process read last."""

    kept = _Kept()


_here = _Held()


def facts_of(numbers, *, published):
    """Return the ``Facts`` of some offers by their numbers; ``published`` if all of them are."""
    if not published:
        return _read(numbers)
    state = content_version.current(), timezone.localdate()
    facts = _known(*state)
    if new := [number for number in numbers if number not in facts]:
        facts = {**facts, **_read(new)}
    _here.kept = _Kept(*state, facts)
    return {number: facts[number] for number in numbers if number in facts}


def _known(number, day):
    """Return what was read before and is still so."""
    kept = _here.kept
    if kept.day != day or len(kept.facts) >= MOST_KEPT:
        return {}
    if kept.number == number:
        return kept.facts
    changed = content_version.entries_changed(kept.number, number)
    if changed is None:
        return {}
    return {key: facts for key, facts in kept.facts.items() if key not in changed}


def _read(numbers):
    columns = ("pk", "title", "provider", "ages", "is_generic", "confirmed_at")
    offers = Offer.objects.filter(pk__in=list(numbers)).order_by().with_past()
    rows = offers.values_list(*columns, "is_past")
    soon, groups = _with_a_date_soon(numbers), _groups(numbers)
    return {row[0]: Facts(*row, row[0] in soon, frozenset(groups[row[0]])) for row in rows}


def _with_a_date_soon(numbers):
    today = timezone.localdate()
    coming = Occurrence.objects.filter(offer__in=list(numbers), day__range=(today, today + SOON))
    return set(coming.order_by().values_list("offer", flat=True).distinct())


def _groups(numbers):
    found = defaultdict(set)
    rows = Offer.target_groups.through.objects.filter(offer__in=list(numbers))
    for offer, name in rows.values_list("offer", "targetgroup__name"):
        found[offer].add(name)
    return found
