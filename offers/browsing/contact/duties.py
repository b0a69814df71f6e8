"""Whose duty a need is, answered by the office's rules: the more specific rule wins.

Of two rules that fit, the one that names the topic stands before one that does not, then the one
for the smaller part of the city, then the one for fewer months, then the one checked last. A rule
fits where it holds for all that was asked: without a topic, a part of the city or an age, only
rules that leave it open. A rule without a number to call or a mailbox answers nobody.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language

from lifephases import ages
from offers.catalogue import held
from offers.models import Duty, Offer

from . import channels

ANY_TIME = -(2**15), 2**15  # of an open span
MONTHS = range(ages.YOUNGEST, ages.OLDEST + 1)


class Need(NamedTuple):
    """What somebody asks about; the month ``end`` is not included.

    ``topic`` is a slug or ``None``, ``path`` names the part of the city as ``District.path`` does.
    """

    topic: str | None = None
    path: tuple = ()
    first: int = ANY_TIME[0]
    end: int = ANY_TIME[1]


@dataclass(frozen=True)
class Rule:
    """A ``Duty`` with how to reach who answers; the month ``end`` is not included."""

    duty: Duty
    channels: tuple
    topic: str | None
    district: str | None
    depth: int
    first: int
    end: int

    @property
    def rank(self):
        """By what rules are put in order, the most specific first."""
        checked = self.duty.checked_on or dt.date.min
        of_topic = self.topic is None, -self.depth, self.end - self.first
        return *of_topic, -checked.toordinal(), self.duty.pk

    def is_about(self, topic, path):
        return self.topic in {None, topic} and (self.district is None or self.district in path)


class Duties:
    """All rules of a moment. ``rules`` are those that answer, ``without_a_number`` the others.

    ``offers`` are the keys of those that answer for a rule.
    """

    def __init__(self, rules):
        self.offers = tuple(one.duty.offer_id for one in rules if one.duty.offer_id)
        in_order = sorted(rules, key=lambda one: one.rank)
        self.rules = [one for one in in_order if one.channels]
        self.without_a_number = [one for one in in_order if not one.channels]
        self._about = {}

    @classmethod
    def read(cls):
        """Read all of them from the database."""
        kept = Duty.objects.select_related("topic", "district", "institution")
        found = list(kept.prefetch_related("institution__sources"))
        keys = [one.offer_id for one in found if one.offer_id]
        published = Offer.objects.published().for_page().filter(pk__in=keys) if keys else ()
        offers = {offer.pk: offer for offer in published}
        return cls([_rule(one, offers.get(one.offer_id)) for one in found])

    def answer(self, need):
        """Return the ``Rule`` that holds for a ``Need``, ``None`` if it is nobody's duty."""
        for rule in self._rules_about(need.topic, need.path):
            if rule.first <= need.first and need.end <= rule.end:
                return rule
        return None

    def by_month(self, topic, path):
        """Return who answers for each month of ``MONTHS``: the ``Rule``, or ``None``."""
        return [self.answer(Need(topic, path, month, month + 1)) for month in MONTHS]

    def _rules_about(self, topic, path):
        about = topic, path
        if about not in self._about:
            self._about[about] = [one for one in self.rules if one.is_about(*about)]
        return self._about[about]


def current():
    """Return the ``Duties`` of this moment, read once for all that readers see now."""
    name = "duties", get_language()
    return held.current().once(name, Duties.read, entries=lambda duties: duties.offers)


def _rule(duty, offer):
    span, district = duty.ages, duty.district
    return Rule(
        duty,
        _channels(duty, offer),
        duty.topic and duty.topic.slug,
        district and district.slug,
        len(district.path) if district else 0,
        ANY_TIME[0] if span is None or span.lower is None else span.lower,
        ANY_TIME[1] if span is None or span.upper is None else span.upper,
    )


def _channels(duty, offer):
    """Return how to reach who answers; what is archived or not published any more is no way."""
    if duty.institution:
        institution = duty.institution
        return channels.of_institution(institution) if institution.archived_on is None else ()
    if offer is None:
        return ()
    return channels.of_offer(offer) or (
        channels.of_institution(offer.provider) if offer.provider else ()
    )
