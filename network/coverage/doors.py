"""Whose duty what is: every month of age, part of the city and topic, by the rules of families.

The answers are those that pages for families give (``offers.browsing.contact.duties``).
"""

from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from lifephases import ages
from offers.browsing.contact.duties import MONTHS, Duties, Need
from offers.models import District, Topic


class Gap(NamedTuple):
    """Ages at which a topic is nobody's duty, and the parts of the city where it is so."""

    topic: Topic
    age_words: str
    places: list
    is_everywhere: bool


class Doors:
    """All combinations of a month, a part of the city and a topic, each with who answers."""

    def __init__(self):
        self.duties = Duties.read()
        self.topics = list(Topic.objects.order_by("position", "pk"))
        places = District.objects.exclude(level=District.Level.QUARTER)
        self.places = list(places.order_by("path"))

    @cached_property
    def answers(self):
        """Who answers by topic and place: for each month the rule, or ``None``."""
        return {
            (topic, place): self.duties.by_month(topic.slug, tuple(place.path))
            for topic in self.topics
            for place in self.places
        }

    @property
    def combinations(self):
        return len(self.topics) * len(self.places) * len(MONTHS)

    @cached_property
    def answered(self):
        return self.combinations - sum(found.count(None) for found in self.answers.values())

    @property
    def percent(self):
        """How many of a hundred combinations are somebody's duty, rounded down."""
        return 100 * self.answered // self.combinations if self.combinations else 0

    @cached_property
    def gaps(self):
        """What nobody answers for: a ``Gap`` for each topic and the places that are alike."""
        found = []
        for topic in self.topics:
            alike = {}
            for place in self.places:
                if open_ones := _open(self.answers[topic, place]):
                    alike.setdefault(open_ones, []).append(place)
            for spans, places in alike.items():
                words = ", ".join(_said(first, last) for first, last in spans)
                found.append(Gap(topic, words, places, len(places) == len(self.places)))
        return found


def of_cell(topic, place, column):
    """Return who answers in a cell of the table: pairs of ages in words and rule, or ``None``."""
    duties, path = Duties.read(), tuple(place.path)
    if column.is_cross:
        return [(column.name, duties.answer(Need(topic.slug, path)))]
    inside = range(max(column.first, MONTHS.start), min(column.end, MONTHS.stop))
    answers = duties.by_month(topic.slug, path)
    runs = groupby(inside, key=lambda month: answers[month - MONTHS.start])
    return [(_said((those := list(months))[0], those[-1]), rule) for rule, months in runs]


def _open(answers):
    """Return the stretches of months without an answer, as first and last one."""
    runs = groupby(zip(MONTHS, answers, strict=True), key=lambda pair: pair[1] is None)
    stretches = [[month for month, _answer in run] for is_open, run in runs if is_open]
    return tuple((months[0], months[-1]) for months in stretches)


def _said(first, last):
    return ages.span_in_words(ages.span(first, last))
