"""Ways out of an empty list."""

from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib import languages
from kekiz_portal.lib.languages import said
from lifephases import ages
from offers.browsing.cards import cards
from offers.browsing.filters import FILTERS
from offers.browsing.searching import GIVEN_UP_FIRST
from offers.browsing.whom_to_ask import of_the_city, who_answers
from offers.search import suggesting

MOST_PAIRS = 3  # of filters to drop that an empty list names
MOST_NEAR = 3
MOST_TOPICS = 6
OF_THE_CHILD = ["alter", "phase"]


@dataclass
class Suggestion:
    label: str
    url: str
    count: int


class WaysOut:
    """What leads on from a ``BrowseQuery`` that leaves nothing."""

    def __init__(self, query, *, is_private=False):
        self.query = query
        self.is_private = is_private

    @cached_property
    def nearest(self):
        """The cards of the offers that miss least: what matters least is left out first."""
        query = self.query
        if self.is_private:
            return []
        used = [name for name in GIVEN_UP_FIRST if name in query.selection]
        names = [name for name in used if name not in OF_THE_CHILD]
        found = [query.found_without(name) for name in names]
        found += [query.found_without(*names[:end]) for end in range(2, len(names) + 1)]
        found += [query.found_without(*used)] * bool(used)
        keys = [key for those in found for key in query.catalogue.best_fit_first(those)[:MOST_NEAR]]
        return cards(query.catalogue, list(dict.fromkeys(map(int, keys)))[:MOST_NEAR])

    @cached_property
    def asked(self):
        """Who answers for what was asked (``WhomToAsk``); of words of distress nothing is taken."""
        if self.is_private:
            return of_the_city()
        asked, catalogue = self.query.asked, self.query.catalogue
        parts = asked.get("bezirk", ())
        paths = [one.path for one in catalogue.districts if one.slug in parts]
        return who_answers(asked.get("thema", ()), paths, self._span(asked))

    def _span(self, asked):
        """The months that were asked for as a range, ``None`` where they were not."""
        if "alter" in asked:
            month = int(asked["alter"][0])
            return ages.span(month, month)
        phases = self.query.catalogue.phases
        chosen = (one for one in phases if one.slug in asked.get("phase", ()))
        return next((one.ages for one in chosen if not one.is_cross), None)

    @cached_property
    def topics(self):
        """Where to look instead, as name, address and pictogram: near the words, else much for the
        child. No address holds the words.
        """
        pictograms = settings.CITY.get("topic_pictograms", {})
        child = {name: values for name, values in self.query.chosen.items() if name in OF_THE_CHILD}
        others = dict.fromkeys(self.query.chosen.keys() - child.keys())
        return [
            (
                said(topic.name),
                self.query.url(**others | {"thema": [topic.slug]}),
                pictograms.get(topic.slug, "tag"),
            )
            for topic in self._near_topics(child)
        ]

    def _near_topics(self, child):
        query, topics = self.query, self.query.catalogue.topics
        if query.search:
            return suggesting.nearest_topics(query.search.text, topics)
        left = query.found_without(*(one.name for one in FILTERS if one.name not in child))
        sets = [left & query.catalogue.named("thema", one.slug) for one in topics]
        pairs = zip(topics, sets, strict=True)
        most = nlargest(MOST_TOPICS, pairs, key=lambda pair: pair[1].bit_count())
        return [topic for topic, those in most if those]

    @cached_property
    def suggestions(self):
        """What to drop, and how many offers that brings; each is an address, so never in a need.

        Each filter alone; where none alone brings any, two of them, or beside words all of them.
        """
        query = self.query
        if self.is_private:
            return []
        filters = [one for one in query.chosen_filters if one.name != "q"]
        found = [self._without(query.url_dropping(one.name), one) for one in filters]
        if not any(one.count for one in found):
            found = self._without_several(filters)
        if "q" in query.chosen:
            count = query.found_without("q").bit_count()
            found.append(Suggestion(_("ohne Suchwort"), query.url_dropping("q"), count))
        return sorted((one for one in found if one.count), key=lambda one: -one.count)

    def _without_several(self, filters):
        if "q" in self.query.chosen:
            return [self._without(self.query.url_without_filters, *reversed(filters))]
        pairs = (
            self._without(self.query.url(**dict.fromkeys(one.name for one in pair)), *pair)
            for pair in combinations(filters, 2)
        )
        return nlargest(MOST_PAIRS, pairs, key=lambda one: one.count)

    def _without(self, url, *filters):
        words = _(" und ").join(_("„%s“") % self._words(one) for one in filters)
        found = self.query.found_without(*(one.name for one in filters))
        return Suggestion(_("ohne %s suchen") % words, url, found.bit_count())

    def _words(self, one):
        values = self.query.selection[one.name]
        return languages.listed(one.label(value, self.query.catalogue) for value in values)
