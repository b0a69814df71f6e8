"""The second ear: what a query means as a whole, beside what its words say.

The texts that lie nearest to a query vote for the offers they lead to, and their order is fused
with that of the words. Words come first: whatever they find keeps its reasons. Where they find
nothing, likeness alone cannot tell nonsense; then the page only asks, and only from a bar.
Sentences that lead nowhere ("Wetter morgen") vote too: where they have many votes, a query is
about something else.
"""

import math
from collections import Counter, defaultdict

from .index import vectors
from .index.retrieving import PUBLIC, best_of_each
from .meaning import encoding
from .query import memory
from .query.understood import Concept, Match
from .ranking import Ranked, ranked

NEAREST = 40
SHARPNESS = 0.09  # so much less alike, a neighbour's vote counts a third
LESS_A_TERM = 0.85  # each further term of a sentence counts so much less
OFFERS_A_TERM = 12
# How much the order by meaning counts beside that of the words, in sentences.
RECIPROCAL, BESIDE_WORDS, FEW_WORDS = 3, 2.0, 3
# Likeness of the nearest text from which the page asks "did you mean".
ASKS_FROM, ASKS_FEW_WORDS_FROM = 0.5, 0.9
ELSEWHERE = 0.2  # share of votes that lead nowhere, from which nothing answers a query
DOUBTFUL = 0.1  # likewise, from which the page does not ask
MOST_HEARD, FAINTEST = 10, 0.2  # of the best vote


def answered(understanding, statuses=PUBLIC):
    """Return the offers that answer an understood query by its words and its meaning."""
    words = ranked(understanding, statuses=statuses)
    if words.ids is None or understanding.is_crisis or not encoding.available():
        return words
    text = understanding.corrected or understanding.text
    heard = _Heard(text)
    if heard.is_elsewhere:
        return Ranked([])
    if words.ids and _is_short(text):
        return words  # a few words say it themselves; their order is the better one
    if not words.ids and not heard.is_sure(text):
        return words
    offers = heard.offers(statuses)
    if not words.ids:
        return Ranked(offers, frozenset(offers), is_asking=True)
    return Ranked(_fused(words.ids, offers), frozenset(offers) - frozenset(words.ids))


def _is_short(text):
    """Whether a text has a few words only; single letters are initials of one."""
    return sum(len(word) > 1 for word in text.split()) <= FEW_WORDS


class _Heard:
    """The texts that lie nearest to a query, each with the weight of its vote."""

    def __init__(self, text):
        nearest = memory.held().neighbours.nearest(vectors.heard([text])[0], NEAREST)
        self.likeness = nearest[0].likeness if nearest else 0
        self.weighted = [
            (one, math.exp((one.likeness - self.likeness) / SHARPNESS)) for one in nearest
        ]
        total = sum(weight for _one, weight in self.weighted) or 1
        self._nowhere = sum(w for one, w in self.weighted if one.leads_nowhere) / total

    @property
    def is_elsewhere(self):
        """Whether a query is about what the portal has nothing for, whatever its words find."""
        return self._nowhere > ELSEWHERE

    def is_sure(self, text):
        """Whether the page may ask for what was heard where no word of a text found anything."""
        bar = ASKS_FEW_WORDS_FROM if _is_short(text) else ASKS_FROM
        return self.likeness >= bar and self._nowhere <= DOUBTFUL

    def offers(self, statuses):
        """Return the offers (their numbers) with the most votes, the first one first."""
        terms = {term for one, _weight in self.weighted for term in one.terms}
        offers_by_term = _offers_by_term(terms, statuses)
        votes = Counter()
        for one, weight in self.weighted:
            votes.update(_votes(one, offers_by_term, weight))
        best = votes.most_common(MOST_HEARD)
        return [offer for offer, vote in best if vote >= FAINTEST * best[0][1]]


def _votes(neighbour, offers_by_term, weight):
    """Return how a neighbour divides its vote among offers; many share less each."""
    votes = defaultdict(float, dict.fromkeys(neighbour.offers, 1.0))
    for place, term in enumerate(neighbour.terms):
        for offer, share in offers_by_term[term].items():
            votes[offer] = max(votes[offer], share * LESS_A_TERM**place)
    together = math.sqrt(sum(votes.values())) or 1
    return {offer: weight * vote / together for offer, vote in votes.items()}


def _offers_by_term(terms, statuses):
    """Return for each term the offers that it leads to; 1 for the best one that says the term."""
    answers = memory.held().answers
    found = {term: answers.of_phrase(term, in_parts=True) for term in sorted(terms)}
    concepts = [
        Concept(
            (term,), tuple(Match(stems[0], weight, stems[1:]) for stems, weight in each.items())
        )
        for term, each in found.items()
    ]
    best = best_of_each(concepts, OFFERS_A_TERM, statuses)
    return {
        term: _shares(offers, max(each.values(), default=0))
        for (term, each), offers in zip(found.items(), best, strict=True)
    }


def _shares(offers, sure):
    """Return how much each offer says a term, compared with the one that says it most."""
    most = max(offers.values(), default=0)
    return {offer: sure * said / most for offer, said in offers.items()}


def _fused(words, heard):
    votes = Counter({offer: 1 / (RECIPROCAL + place) for place, offer in enumerate(words, 1)})
    for place, offer in enumerate(heard, 1):
        votes[offer] += BESIDE_WORDS / (RECIPROCAL + place)
    return [offer for offer, _vote in votes.most_common()]
