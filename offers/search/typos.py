"""The known words that a mistyped word may have meant.

One error, or two in a long word: a letter too much, too few, swapped, doubled or taken from
the next key. Words of three letters and fewer are taken as they are.
"""

from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .word_list import WordList

SHORTEST = 4  # letters below which a word is never corrected
LETTERS_FOR_ANY_ERROR = 6  # shorter words have their first letter right and mean something alone
LETTERS_FOR_TWO_ERRORS = 9
SHORTEST_WHOLE = 2
MOST_MEANT = 3
DOUBLED = 0.7  # what a letter costs that is doubled, or should be
LIKELY = 0.75  # an error that hands make often; any other costs 1
FIRST_LETTER = 0.35  # costs more: people seldom miss it
CLOSE = 0.2  # within this of the best, a word may have been meant too

_ROWS = ["qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop"]
_SOUND_ALIKE = ["dt", "bp", "gk", "fv", "ckz", "sz", "iy", "ckk", "ei", "ao", "fw", "vw", "mn"]


def _pairs_of_neighbours():
    pairs = set()
    for row in _ROWS:
        pairs.update(frozenset(pair) for pair in pairwise(row))
    for upper, lower in pairwise(_ROWS[:3]):
        for at, letter in enumerate(lower):
            pairs.update(frozenset((letter, key)) for key in upper[at : at + 2])
    for letters in _SOUND_ALIKE:
        pairs.update(frozenset((one, other)) for one in letters for other in letters)
    return pairs


EASILY_CONFUSED = _pairs_of_neighbours()


@dataclass(frozen=True, slots=True)
class Meant:
    """A known word that may have been meant; the lower the cost, the surer."""

    folded: str
    cost: float


class Spelling:
    """Finds the nearest of many known words, given as folded words with their frequency.

    A word of frequency 0 only means something beside others.
    """

    def __init__(self, frequencies):
        self._frequencies = frequencies
        self._words = WordList(word for word in frequencies if len(word) >= SHORTEST - 1)

    def meant(self, folded, *, most_errors=2):
        """Return what a word may have meant, the most likely first; nothing if it is too far."""
        if len(folded) < SHORTEST or any(letter.isdigit() for letter in folded):
            return []
        found = self._within(folded, 1)
        if not found and most_errors > 1 and len(folded) >= LETTERS_FOR_TWO_ERRORS:
            found = self._within(folded, 2)
        found.sort(key=lambda one: (one.cost, -self._frequencies[one.folded], one.folded))
        return [one for one in found if one.cost <= found[0].cost + CLOSE][:MOST_MEANT]

    def _within(self, folded, errors):
        near = process.extract(
            folded,
            self._with_one_end(folded, errors),
            scorer=OSA.distance,
            score_cutoff=errors,
            limit=None,
        )
        found = [Meant(word, cost(folded, word)) for word, _distance, _at in near]
        return [one for one in found if self._may_be(folded, one, errors)]

    def _may_be(self, typed, meant, errors):
        """Whether an error is likely enough: the shorter a word, the more others are near."""
        word = meant.folded
        if len(word) < SHORTEST:  # an abbreviation: "asdf" means none
            return meant.cost <= DOUBLED and self._frequencies[word] > 0
        if max(len(typed), len(word)) >= LETTERS_FOR_ANY_ERROR:
            return errors == 1 or typed[0] == word[0]
        return typed[0] == word[0] and meant.cost < 1 and self._frequencies[word] > 0

    def _with_one_end(self, folded, errors):
        """Words that begin or end like this one: few errors leave a part of a word whole.

        One error leaves one half, two leave a third, hardly ever only the middle one.
        """
        whole = max(len(folded) // (errors + 1) - 1, SHORTEST_WHOLE)
        words = {*self._words.starting(folded[:whole]), *self._words.ending(folded[-whole:])}
        return [word for word in words if abs(len(word) - len(folded)) <= errors]


def cost(typed, word):
    """Return how unlikely it is that somebody typed this for that word."""
    elsewhere = FIRST_LETTER if typed[0] != word[0] else 0
    return _cost_of_error(*_where_they_differ(typed, word)) + elsewhere


def _where_they_differ(typed, word):
    """Return the different middle of two words, and the letter before it."""
    shorter = min(len(typed), len(word))
    start = next((at for at in range(shorter) if typed[at] != word[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if typed[-1 - at] != word[-1 - at]), rest)
    return (
        typed[start : len(typed) - end],
        word[start : len(word) - end],
        typed[max(start - 1, 0) : start],
    )


def _cost_of_error(ours, theirs, before):
    if not ours or not theirs:
        letters = ours or theirs
        return DOUBLED if letters == before else LIKELY * len(letters)
    if ours == theirs[::-1] and len(ours) == len("ab"):
        return LIKELY
    if len(ours) == len(theirs) == 1:
        return LIKELY if frozenset((ours, theirs)) in EASILY_CONFUSED else 1
    return float(OSA.distance(ours, theirs))
