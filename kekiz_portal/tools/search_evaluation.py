"""How well the search understands labelled queries, by what the page of results shows first.

A file of queries has the columns of ``tests/offers/search/queries.csv``. Several expected
values are parted by ``|``, parts of titles by ``;``.
"""

import csv
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from offers.browsing.query import BrowseQuery
from offers.models import Offer
from offers.search.query.understanding import understand

HITS_LOOKED_AT = 50
FIRST = 5
OFF_TOPIC = "off-topic"
PLACES, AGE = {"bezirk", "plz"}, "alter"


@dataclass(frozen=True)
class Labelled:
    """A query and what it should bring; empty where nothing is expected."""

    key: str
    text: str
    language: str
    kind: str
    offers: frozenset
    title_parts: tuple
    topic: str
    places: frozenset
    ages: frozenset
    helplines: tuple

    @classmethod
    def from_row(cls, row):
        """Read a row of the file, a dict by column."""
        filters = _parts(row.get("expected_filter"))
        return cls(
            key=row["id"],
            text=row["query"],
            language=row.get("language") or "de",
            kind=row.get("query_kind") or "",
            offers=frozenset(_parts(row.get("expected_offer_ids"))),
            title_parts=_parts(row.get("expected_offer_title_parts"), ";"),
            topic=row.get("expected_topic") or "",
            places=frozenset(one.split("=")[-1] for one in filters if not _is_age(one)),
            ages=frozenset(one.split("=")[-1] for one in filters if _is_age(one)),
            helplines=_parts(row.get("expected_helplines")),
        )

    @property
    def is_off_topic(self):
        """Whether it asks for what the portal has nothing for."""
        return self.kind == OFF_TOPIC

    @property
    def expects_offers(self):
        return bool(self.offers or self.title_parts or self.topic)

    def can_be_answered(self, public):
        """Whether one of the offers that it names is public; ``public`` are their external ids."""
        return not self.offers or not self.offers.isdisjoint(public)

    def is_right(self, offer):
        """Whether an offer is one that the query should bring."""
        if self.offers:
            return offer.external_id in self.offers
        if self.title_parts:
            return any(part.casefold() in offer.title.casefold() for part in self.title_parts)
        return any(topic.slug == self.topic for topic in offer.topics.all())


@dataclass(frozen=True)
class Outcome:
    """What came of a query: the ``rank`` of the first right offer, and what was recognised."""

    query: Labelled
    shown: tuple
    rank: int | None
    places: frozenset
    ages: frozenset
    helplines: tuple
    seconds: float
    is_crisis: bool = False

    @property
    def misses(self):
        """What went wrong, in words; empty if all is right."""
        query, found = self.query, []
        if query.expects_offers and (self.rank is None or self.rank > FIRST):
            found.append(f"right at {self.rank}" if self.rank else "no right offer")
        if query.is_off_topic and self.shown:
            found.append("answered, though off-topic")
        if not query.places <= self.places:
            found.append(f"place {' '.join(sorted(self.places)) or '–'}")
        if not query.ages <= self.ages:
            found.append(f"age {' '.join(sorted(self.ages)) or '–'}")
        if not self.names_helplines:
            found.append(f"help lines {' '.join(self.helplines) or '–'}")
        return found

    @property
    def names_helplines(self):
        """Whether the query calls all the help lines that it should."""
        return set(self.query.helplines) <= set(self.helplines)


@dataclass
class Figures:
    """The figures of some outcomes; a share is ``None`` where nothing was expected."""

    outcomes: list = field(default_factory=list)

    @property
    def ranks(self):
        return [one.rank for one in self.outcomes if one.query.expects_offers]

    def hit(self, first):
        return _share([rank is not None and rank <= first for rank in self.ranks])

    @property
    def mean_reciprocal_rank(self):
        return _share([1 / rank if rank else 0 for rank in self.ranks])

    @property
    def places(self):
        return _share([o.query.places <= o.places for o in self.outcomes if o.query.places])

    @property
    def ages(self):
        return _share([o.query.ages <= o.ages for o in self.outcomes if o.query.ages])

    @property
    def helplines(self):
        return _share([o.names_helplines for o in self.outcomes if o.query.helplines])

    @property
    def answered_off_topic(self):
        """Return the share of queries about something else that are answered with offers."""
        return _share([bool(one.shown) for one in self.outcomes if one.query.is_off_topic])

    @property
    def without_a_hit(self):
        return sum(not one.shown for one in self.outcomes)

    def milliseconds(self, percentile):
        """Return how long so many percent of the queries took at most."""
        times = [one.seconds * 1000 for one in self.outcomes]
        return _percentile(times, percentile)


def read(path):
    """Yield the labelled queries of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from map(Labelled.from_row, csv.DictReader(file))


def evaluate(queries):
    """Return the ``Outcome`` of each query, in their order.

    Those are left out that name offers of which none is public: archived since, or not yet checked.
    """
    public = set(Offer.objects.published().values_list("external_id", flat=True))
    queries = [query for query in queries if query.can_be_answered(public)]
    for query in queries[:FIRST]:
        shown_for(query.text)  # the vocabulary is read once by every process
    return [_outcome(query) for query in queries]


def grouped(outcomes, name):
    """Return the ``Figures`` of outcomes by ``kind`` or ``language`` of their queries."""
    groups = defaultdict(Figures)
    for one in outcomes:
        groups[getattr(one.query, name)].outcomes.append(one)
    return dict(sorted(groups.items()))


def shown_for(text):
    """Return the offers that the page shows first for a query."""
    query = BrowseQuery(QueryDict(urlencode({"q": text})))
    return [int(key) for key in query.offers[:HITS_LOOKED_AT]]


def _outcome(query):
    started = time.perf_counter()
    shown = shown_for(query.text)
    seconds = time.perf_counter() - started
    understood = understand(query.text)
    offers = Offer.objects.prefetch_related("topics").in_bulk(shown)
    right = (rank for rank, key in enumerate(shown, 1) if query.is_right(offers[key]))
    return Outcome(
        query=query,
        shown=tuple(offers[key].title for key in shown[:FIRST]),
        rank=next(right, None),
        places=frozenset(one.value for one in understood.readings if one.name in PLACES),
        ages=frozenset(one.value for one in understood.readings if one.name == AGE),
        helplines=understood.helplines,
        seconds=seconds,
        is_crisis=understood.is_crisis,
    )


def _parts(cell, by="|"):
    return tuple(part.strip() for part in (cell or "").split(by) if part.strip())


def _is_age(words):
    return words.startswith("age=")


def _share(values):
    return sum(values) / len(values) if values else None


def _percentile(values, percent):
    if len(values) < 2:  # noqa: PLR2004, one value is all percentiles
        return values[0] if values else 0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
