"""The second ear: what a query means as a whole, beside what its words say.

The texts that lie nearest to a query vote for the offers they lead to, and their order is fused
with that of the words. Words come first: whatever they find keeps its reasons. Where they find
nothing, likeness alone cannot tell nonsense; then the page only asks, and only from a bar.
Sentences that lead nowhere ("Wetter morgen") vote too: where they have many votes, a query is
about something else.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from kekiz_portal.lib import content_version
from kekiz_portal.lib.german_words import is_german

from .facts import facts_of
from .index.retrieving import PUBLIC, best_of_each
from .meaning import encoding
from .query import memory
from .query.understanding import understand
from .query.understood import Concept, Match
from .ranking import Ranked, circumstances, ranked, standing
from .words.folding import words as words_of
from .words.stop_words import STOP_WORDS
from .words.transliterating import in_cyrillic

NEAREST = 300
SHARPNESS = 0.12  # so much less alike, a neighbour's vote counts a third
# What all sentences teach votes as much as the nearest texts do; the softer, the more evenly.
MOST_LEARNED, SOFTNESS = 12, 1.5
LESS_A_TERM = 0.85  # each further term of a sentence counts so much less
OFFERS_A_TERM = 12
MOST_LEADS = 30  # of all that were voted for
FEW_WORDS = 3
SHORTEST_FILLERS = frozenset(word for word in STOP_WORDS["de"] if len(word) == len("am"))
BESIDE_MEANING = 0.3  # how much the order of the words counts, in sentences
# Share of the nearest votes that lead nowhere, from which nothing answers a query; of several words
# also the mean of that and of what all sentences teach.
ELSEWHERE, ELSEWHERE_TOGETHER = 0.1, 0.15
SURELY_ELSEWHERE = 0.12  # of what sounds like a need, too: "Hotel am See mit Hund"
# Where words find nothing the page asks "did you mean": from which likeness of the nearest text,
# and up to which share of votes that lead nowhere; of a few words more is asked.
ASKS_FROM, ASKS_FEW_WORDS_FROM = 0.5, 0.9
DOUBTFUL, DOUBTFUL_OF_FEW_WORDS = 0.08, 0.03
MOSTLY_SAID = 0.8  # of what a few words ask for; what says less is not surely meant
LOOKED_AT_CLOSELY = 30
MOST_HEARD, FAINTEST = 12, 0.05  # of the best vote


def answered(understanding, statuses=PUBLIC):
    """Return the offers that answer an understood query by its words and its meaning."""
    found = _answered(understanding, statuses)
    is_unsure = found.is_asking or (found.ids is not None and not found.ids)
    other = _sounding_the_same(understanding.text) if is_unsure else None
    if not other:
        return found
    return Ranked(_answered(other, statuses).ids or [], is_asking=True)


def _answered(understanding, statuses):
    words = ranked(understanding, statuses=statuses)
    text = understanding.wording
    is_said = bool(words.ids) and words.covered >= MOSTLY_SAID
    is_one_word = is_said and len(text.split()) == 1  # nothing else in it could be meant
    if words.ids is None or understanding.is_crisis or is_one_word or not encoding.available():
        return words
    heard = _Heard(understanding)
    if heard.is_elsewhere:
        return Ranked([])
    if (is_said and _is_short(text)) or not (words.ids or heard.is_sure(text)):
        return words  # a few words say it themselves; their order is the better one
    offers = heard.offers(statuses)
    if not words.ids:
        return Ranked(list(offers), frozenset(offers), is_asking=True)
    return Ranked(_fused(words.ids, offers, statuses), frozenset(offers) - frozenset(words.ids))


def _sounding_the_same(text):
    """Return what a word that leads nowhere sounds like, understood; ``None`` if like no other.

    "Fiber" is a German word, so it is not corrected; the page asks whether "Fieber" was meant.
    """
    typed = words_of(text)
    if len(typed) != 1:
        return None
    other = memory.held().reader.corrector.sounding_the_same(typed[0].folded)
    return understand(other, vocabulary=memory.held()) if other else None


def _is_short(text):
    """Whether a text has a few words only; initials and the shortest fillers ("am") are none."""
    said = text.casefold().split()
    return sum(len(one) > 1 and one not in SHORTEST_FILLERS for one in said) <= FEW_WORDS


class _Heard:
    """The texts that lie nearest to a query, and the weight of their votes by what they lead to."""

    def __init__(self, understanding):
        self._understanding = understanding
        wordings, neighbours = _wordings(understanding.wording), memory.held().neighbours
        self.likeness, votes = neighbours.votes(wordings, NEAREST, SHARPNESS)
        all_votes = sum(votes.values()) or 1
        self._nowhere = sum(w for lead, w in votes.items() if lead.is_nowhere) / all_votes
        self._votes = Counter({lead: vote / all_votes for lead, vote in votes.items()})
        learned = neighbours.learned_shares(wordings, MOST_LEARNED, SOFTNESS)
        self._votes.update(learned)
        taught = sum(share for lead, share in learned.items() if lead.is_nowhere)
        self._nowhere_together = (self._nowhere + taught) / 2

    @property
    def is_elsewhere(self):
        """Whether a query is about what the portal has nothing for, whatever its words find.

        Where a help line is offered, more has to say so.
        """
        if self._understanding.helplines:
            return self._nowhere > SURELY_ELSEWHERE
        is_one_word = " " not in self._understanding.wording.strip()
        together = 0 if is_one_word else self._nowhere_together
        return self._nowhere > ELSEWHERE or together > ELSEWHERE_TOGETHER

    def is_sure(self, text):
        """Whether the page may ask for what was heard where no word of a text found anything."""
        if _is_short(text):
            return self.likeness >= ASKS_FEW_WORDS_FROM and self._nowhere <= DOUBTFUL_OF_FEW_WORDS
        return self.likeness >= ASKS_FROM and self._nowhere <= DOUBTFUL

    def offers(self, statuses):
        """Return the offers with the most votes, each with its share of the best, in order."""
        heaviest = dict(Counter(self._votes).most_common(MOST_LEADS))
        offers_by_term = _offers_by_term({t for lead in heaviest for t in lead.terms}, statuses)
        votes = Counter()
        for lead, weight in heaviest.items():
            votes.update(_shared(lead, offers_by_term, weight))
        votes = Counter(dict(votes.most_common(LOOKED_AT_CLOSELY)))
        if self._understanding.readings:
            for offer, factor in circumstances(self._understanding, list(votes), statuses).items():
                votes[offer] *= factor
        best = votes.most_common(MOST_HEARD)
        return {offer: vote / best[0][1] for offer, vote in best if vote >= FAINTEST * best[0][1]}


def _wordings(text):
    """Return a text as encoded, with its vector; what is hardly German also as Cyrillic."""
    texts = [encoding.as_encoded(text)]
    if texts[0].isascii():
        said = [word for word in texts[0].split() if word.isalpha() and len(word) > 1]
        if sum(map(is_german, said)) <= len(said) / 2:
            texts.append(in_cyrillic(texts[0]))
    return [(text, encoding.encode([text])[0]) for text in texts]


def _shared(lead, offers_by_term, weight):
    """Return how the votes for a lead divide among offers; many share less each."""
    votes = defaultdict(float, dict.fromkeys(lead.offers, 1.0))
    for place, term in enumerate(lead.terms):
        for offer, share in offers_by_term[term].items():
            votes[offer] = max(votes[offer], share * LESS_A_TERM**place)
    together = math.sqrt(sum(votes.values())) or 1
    return {offer: weight * vote / together for offer, vote in votes.items()}


@dataclass(frozen=True)
class _Led:
    """Which offers each term leads to in one state of what readers see, with one vocabulary."""

    state: object = None
    vocabulary: object = None
    offers: dict = field(default_factory=dict)


class _Held:
    """What this process asked last."""

    led = _Led()


_here = _Held()


def _offers_by_term(terms, statuses):
    """Return for each term the offers that it leads to; 1 for the best one that says the term."""
    if statuses != PUBLIC:
        return _asked(terms, statuses)
    state, vocabulary = (content_version.current(), timezone.localdate()), memory.held()
    before = _here.led
    is_so = before.state == state and before.vocabulary is vocabulary
    offers = before.offers if is_so else {}
    if new := terms - offers.keys():
        offers = {**offers, **_asked(new, statuses)}
        _here.led = _Led(state, vocabulary, offers)
    return offers


def _asked(terms, statuses):
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


def _fused(words, heard, statuses):
    """Return both orders as one: by the place among the words, and the share of the best vote."""
    votes = Counter({offer: BESIDE_MEANING / (1 + place) for place, offer in enumerate(words, 1)})
    for offer, facts in facts_of(list(heard), published=statuses == PUBLIC).items():
        votes[offer] += heard[offer] * standing(facts)
    return [offer for offer, _vote in votes.most_common()]
