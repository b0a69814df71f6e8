"""The known words that a mistyped word may have meant.

By its letters: one error, or two in a longer word; a letter too much, too few, swapped, doubled or
taken from the next key. By its sound: whoever writes down what he hears writes "Fater". Words of
two letters are taken as they are.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import sounds
from .word_list import WordList

SHORTEST = 4  # letters below which only the sound may tell
SHORTEST_HEARD = 3
LETTERS_FOR_ANY_ERROR = 6  # shorter words have their first letter right and mean something alone
LETTERS_FOR_TWO_ERRORS = 7
SHORTEST_WHOLE = 2
MOST_MEANT = 3
DOUBLED = 0.7  # what a letter costs that is doubled, or should be
LIKELY = 0.75  # an error that hands make often; any other costs 1
FIRST_LETTER = 0.35  # costs more: people seldom miss it
A_LETTER = 0.04  # of words as likely by their cost, the one of the same letters: "Miehte"
NOT_IN_OFFERS = 0.15  # and of these the one that offers say
CLOSE = 0.2  # within this of the best, a word may have been meant too
# What it costs that a word sounds alike, and each step by which it does not.
HEARD, MISHEARD = 0.2, 0.6
# How far a word may sound from another one, by its letters.
FARTHEST_HEARD = ((5, 0.35), (7, 0.7), (9, 1.0), (12, 1.6))
FARTHEST = 1.9
SURELY_HEARD = 0.4
WORDS_KEPT = 200  # one search asks for the same word by itself, beside others and joined to them
SOUNDS_FOR_A_SLIP, SOUNDS_AT_AN_END, HEARD_WITH_A_SLIP = 7, 3, 0.75
LETTERS_A_SOUND = 4  # a word that is asked for has one other sound in so many letters at most
LETTERS_A_SLIP = 4  # a word that sounds less alike has one other letter in so many

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

    A word of frequency 0 only means something beside others. ``heard_as`` says of words with
    letters that folding loses how they sound: "märchen" as "merchen".
    """

    def __init__(self, frequencies, heard_as=None):
        self._frequencies, self._heard_as = frequencies, heard_as or {}
        self._words = WordList(word for word in frequencies if len(word) >= SHORTEST - 1)
        self._by_skeleton, self._by_sounds = defaultdict(list), defaultdict(list)
        for word in frequencies:
            if word.isascii() and word.isalpha() and len(word) >= SHORTEST_HEARD:
                self._by_skeleton[sounds.skeleton(word)].append(word)
                self._by_sounds[sounds.spoken(word)].append(word)
        self._sounds = WordList(self._by_sounds)
        self._kept = lru_cache(WORDS_KEPT)(self._likeliest)

    def meant(self, folded, *, most_errors=2):
        """Return what a word may have meant, the most likely first; nothing if it is too far."""
        return list(self._kept(folded, most_errors))

    def _likeliest(self, folded, most_errors):
        if len(folded) < SHORTEST_HEARD or any(letter.isdigit() for letter in folded):
            return []
        found = {one.folded: one for one in self._misspelled(folded, most_errors)}
        for one in self._misheard(folded):
            known = found.get(one.folded)
            if known is None or one.cost < known.cost:
                found[one.folded] = one
        if not found and most_errors > 1:
            found = {one.folded: one for one in self._misheard_with_a_slip(folded)}
        ordered = sorted(
            found.values(),
            key=lambda one: (
                round(
                    one.cost
                    + A_LETTER * OSA.distance(folded, one.folded)
                    + (0 if self._frequencies[one.folded] > 1 else NOT_IN_OFFERS),
                    2,
                ),
                -self._frequencies[one.folded],
                one.folded,
            ),
        )
        least = min((one.cost for one in ordered), default=0)
        return [one for one in ordered if one.cost <= least + CLOSE][:MOST_MEANT]

    def sounding_like(self, folded):
        """Return the words of offers that sound exactly like one."""
        if not folded.isascii():
            return []
        return [
            word
            for word in self._by_sounds.get(sounds.spoken(folded), ())
            if self._frequencies[word]
        ]

    def nearest(self, folded, most):
        """Return the words that sound most like one, the nearest first, however far they are."""
        near = self._by_skeleton.get(sounds.skeleton(folded), ()) or self._with_one_end(folded, 2)
        heard = sorted((sounds.distance(folded, word), word) for word in near if word != folded)
        return [word for far, word in heard if far <= len(folded) / LETTERS_A_SOUND][:most]

    def _misspelled(self, folded, most_errors):
        if len(folded) < SHORTEST:
            return []
        found = self._within(folded, 1)
        if not found and most_errors > 1 and len(folded) >= LETTERS_FOR_TWO_ERRORS:
            found = self._within(folded, 2)
        return found

    def _misheard(self, folded):
        """Yield the words that sound alike; short ones only where they mean something alone."""
        if not folded.isascii():
            return
        farthest = next((far for most, far in FARTHEST_HEARD if len(folded) < most), FARTHEST)
        is_short = len(folded) < LETTERS_FOR_ANY_ERROR
        for word in self._by_skeleton.get(sounds.skeleton(folded), ()):
            if word != folded and (self._frequencies[word] or not is_short):
                heard = self._distance(folded, word)
                if heard <= SURELY_HEARD or (heard <= farthest and _is_near(folded, word)):
                    yield Meant(word, HEARD + MISHEARD * heard)

    def _distance(self, folded, word):
        heard = sounds.distance(folded, word)
        other = self._heard_as.get(word)
        return min(heard, sounds.distance(folded, other)) if heard and other else heard

    def _misheard_with_a_slip(self, folded):
        """Yield longer words that sound alike but for one sound: "Schprahkurß"."""
        heard = sounds.spoken(folded) if folded.isascii() else ""
        if len(heard) < SOUNDS_FOR_A_SLIP:
            return
        near = [*self._sounds.starting(heard[:SOUNDS_AT_AN_END])]
        near += self._sounds.ending(heard[-SOUNDS_AT_AN_END:])
        for one, _distance, _at in process.extract(
            heard, near, scorer=OSA.distance, score_cutoff=1, limit=None
        ):
            for word in self._by_sounds[one]:
                if self._frequencies[word]:
                    yield Meant(word, HEARD_WITH_A_SLIP)

    def _within(self, folded, errors):
        near = process.extract(
            folded,
            self._with_one_end(folded, errors),
            scorer=OSA.distance,
            score_cutoff=errors,
            limit=None,
        )
        found = [Meant(word, cost(folded, word)) for word, _distance, _at in near]
        likely = [one for one in found if self._may_be(folded, one, errors)]
        if errors == 1:
            return likely
        heard = ((one, HEARD + MISHEARD * sounds.distance(folded, one.folded)) for one in likely)
        return [Meant(one.folded, min(one.cost, by_sound)) for one, by_sound in heard]

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


def _is_near(typed, word):
    """Whether two words have few other letters, or few other sounds: "Beibi" is "Baby"."""
    slips = max(len(typed) // LETTERS_A_SLIP, 1) + 1
    if OSA.distance(typed, word, score_cutoff=slips) <= slips:
        return True
    return OSA.distance(sounds.spoken(typed), sounds.spoken(word), score_cutoff=1) <= 1


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
