"""What a query means: what to look for, and which of its words are filters.

``understand`` never raises and never asks the database; it reads a query against a
``Vocabulary``.
"""

import unicodedata
from dataclasses import dataclass

from . import memory
from .folding import words
from .stemming import stem

LONGEST_QUERY = 200
MOST_CONCEPTS = 16


@dataclass(frozen=True, slots=True)
class Match:
    """A stem of the index that answers a concept; ``all_of`` has to stand in the offer too.

    ``weight`` is 1 for the very word, less for what only means it.
    """

    stem: str
    weight: float
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why other words than those typed may answer.

    ``kind`` is exact, stem, typo, compound, synonym, translation or hidden; ``said`` is what
    was typed and ``meant`` how offers call it. What a hidden reason leads to is never named
    ("Kind hört nicht" may not be called a question for the counselling).
    """

    kind: str
    said: str
    meant: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for; any of its matches answers it."""

    words: tuple[str, ...]
    matches: tuple[Match, ...]
    weight: float = 1.0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a query that became a filter; name and value as in ``browsing.filters``."""

    words: str
    name: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Understanding:
    """A query as it was understood.

    A query of readings only has no concepts: it asks for all offers that pass them. One with
    concepts of which none has a match finds nothing. ``corrected`` is the whole query in the
    words that were meant, only when a correction was applied.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    readings: tuple[Reading, ...] = ()
    corrected: str | None = None
    helplines: tuple[str, ...] = ()
    is_crisis: bool = False
    institutions: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()

    def without(self, reading):
        """Return the query without the words of a reading."""
        return " ".join((self.text[: reading.start] + " " + self.text[reading.end :]).split())


def understand(text, *, literal=False, vocabulary=None):  # noqa: ARG001 (read below soon)
    """Return what a query means.

    ``literal`` takes it at its word: no correction, no reading, no synonyms.
    """
    vocabulary = memory.current() if vocabulary is None else vocabulary
    text = unicodedata.normalize("NFC", text[:LONGEST_QUERY]).replace("\x00", " ")
    concepts = [
        Concept((word.text,), (Match(_stem(word.folded, vocabulary), 1.0),))
        for word in words(text)[:MOST_CONCEPTS]
    ]
    return Understanding(text, tuple(concepts))


def _stem(folded, vocabulary):
    word = vocabulary.words.get(folded)
    return word.stem if word else stem(folded)
