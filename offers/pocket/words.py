"""What words look for, written down beforehand: so a device can search without the server.

Each word that stands in offers and each German phrase that the search knows is read once as
the search reads it; what it looks for is written as numbers: stems, each with its weight.
"""

from dataclasses import dataclass, field

from offers.models import SearchPosting
from offers.search.query import memory
from offers.search.query.understanding import concepts_in
from offers.search.words.folding import words
from offers.search.words.stop_words import STOP_WORDS

GERMAN = "de"
MOST_WORDS = 3  # of a phrase
HUNDREDTHS, THOUSANDTHS = 100, 1000


@dataclass
class Words:
    """``phrases`` lead to places in ``concepts``; a stem is its place in ``postings``."""

    phrases: dict = field(default_factory=dict)
    concepts: list = field(default_factory=list)
    postings: list = field(default_factory=list)
    number_of: dict = field(default_factory=dict)

    @classmethod
    def of(cls, keys):
        """Write down the words of offers, given their keys in the order of their numbers."""
        made = cls()
        made._read_postings({key: number for number, key in enumerate(keys)})
        for phrase in _phrases():
            made._add(phrase)
        del made._known
        return made

    def _read_postings(self, place_of):
        rows = SearchPosting.objects.filter(offer__in=place_of).order_by("stem", "-impact")
        for stem, offer, impact in rows.values_list("stem", "offer", "impact"):
            number = self.number_of.setdefault(stem, len(self.postings))
            if number == len(self.postings):
                self.postings.append([])
            self.postings[number] += [place_of[offer], impact]
        self._known = {}

    def _add(self, phrase):
        said = key_of(phrase)
        if not said or said in self.phrases:
            return
        concepts = concepts_in(phrase)
        if len(concepts) != 1:
            return
        written = self._written(concepts[0])
        if len(written) > 1:
            number = self._known.setdefault(repr(written), len(self.concepts))
            if number == len(self.concepts):
                self.concepts.append(written)
            self.phrases[said] = number

    def _written(self, concept):
        """Return a concept as weight and matches; one that is common weighs less than 0."""
        weight = round(concept.weight * THOUSANDTHS)
        matches = [
            [self.number_of[stem] for stem in (match.stem, *match.all_of)]
            + [round(match.weight * HUNDREDTHS)]
            for match in concept.matches
            if self.number_of.keys() >= {match.stem, *match.all_of}
        ]
        return [-weight if concept.is_common else weight, *matches]


def key_of(phrase):
    """Return the words of a phrase by which a device finds it: folded, without stop words."""
    folded = [word.folded for word in words(phrase)]
    return " ".join(word for word in folded if word not in STOP_WORDS[GERMAN])


def _phrases():
    """Yield the longest phrases last: the first one at a key stays."""
    held = memory.current()
    yield from held.words
    for synonym in held.synonyms:
        if synonym.language == GERMAN and len(synonym.phrase.split()) <= MOST_WORDS:
            yield synonym.phrase
            yield synonym.term
