"""What synonyms lead to: the term that offers use, and the other words for it."""

from collections import defaultdict
from dataclasses import dataclass

from .phrases import GERMAN

PLACE_ALIAS = "place_alias"  # names of places are read as places
SYMPTOM, RELATED, TRANSLATION, TERM = "symptom", "related", "translation", "term"
WAY_OUT = "way out"  # what helps in a need, besides its help lines
# How well a term answers a phrase of this kind, and how well another phrase does.
OF_TERM = {TERM: 1.0, RELATED: 0.55, SYMPTOM: 0.8, WAY_OUT: 0.8}
OF_ANY_KIND = 0.88
OF_SIBLINGS = {"synonym": 0.62, "abbreviation": 0.7, "colloquial": 0.5}
OF_SEVERAL_WORDS = 0.7  # "offene Tür" stands in offers for much else
LESS_IF_WRITTEN = 0.75
SURE_SIBLINGS = 1.25  # a term's own synonyms are nearer than those of another synonym


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase means ``term``; ``kind`` is that of the synonym."""

    term: str
    kind: str


class Meanings:
    """The terms of ``synonyms``, and the German words that mean the same as each."""

    def __init__(self, synonyms):
        self._siblings = defaultdict(list)
        self.entries = []
        for synonym in synonyms:
            if synonym.kind == PLACE_ALIAS:
                continue
            meaning = Meaning(synonym.term, synonym.kind)
            self.entries.append((synonym.phrase, synonym.language, meaning))
            if synonym.language == GERMAN and synonym.kind in OF_SIBLINGS:
                self._siblings[synonym.term].append((synonym.phrase, synonym.kind))
        terms = dict.fromkeys(meaning.term for _phrase, _language, meaning in self.entries)
        self.entries += [(term, GERMAN, Meaning(term, TERM)) for term in terms]

    def answers(self, meaning, phrase, of_phrase, *, is_written):
        """Return what answers a phrase that means something: stems to weight.

        ``of_phrase`` tells the stems of a German text. Where offers use the very words of the
        phrase, which ``is_written`` says, other words answer less; what helps in a need does not:
        a course that speaks of "Wehen" is no reason to hide the delivery room.
        """
        found = {}
        is_term = meaning.kind == TERM
        nearer = (SURE_SIBLINGS if is_term else 1.0) * (LESS_IF_WRITTEN if is_written else 1.0)
        of_term = OF_TERM.get(meaning.kind, OF_ANY_KIND)
        is_less = is_written and meaning.kind not in (TERM, WAY_OUT)
        of_term *= LESS_IF_WRITTEN if is_less else 1.0
        _add(found, of_phrase(meaning.term, in_parts=True), of_term)
        for sibling, kind in self._siblings[meaning.term]:
            if sibling != phrase:
                vaguer = OF_SEVERAL_WORDS if " " in sibling else 1.0
                _add(found, of_phrase(sibling), OF_SIBLINGS[kind] * nearer * vaguer)
        return found


def _add(found, answers, factor):
    for stems, weight in answers.items():
        found[stems] = max(found.get(stems, 0), weight * factor)
