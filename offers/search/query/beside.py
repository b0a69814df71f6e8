"""Words that are one, or right, only beside others."""

from dataclasses import replace
from itertools import pairwise

from kekiz_portal.lib.german_words import is_german
from offers.search.words.joining import one_of
from offers.search.words.phrases import BESIDE, GERMAN
from offers.search.words.stop_words import ANY_LANGUAGE, STOP_WORDS
from offers.search.words.tokens import Foreign

SHORTEST_JOINED = 2
LETTERS_FOR_A_SURE_ERROR = 8
ANY_ERROR = 1.0  # what an error costs in a part that hands do not often make
SAME_SOUND = 0.45  # what it may cost that two right words are one: "deutsch kurz"
SURE = 0.8  # what an error may cost before a compound of known words is likelier


class Beside:
    """Joins and corrects the words of a query by their neighbours."""

    def __init__(self, known):
        self._known = known
        self._phrases = known.phrases

    def in_phrases(self, tokens):
        """Return pairs of tokens that one phrase needs as they are: "Eltern-Kind-Turnen"."""
        found = (one for one in self._phrases.found_in(tokens) if one.phrase.quality == 1)
        pairs = (zip(one.positions, one.positions[1:], strict=False) for one in found)
        return {(tokens[at].word, tokens[to].word) for row in pairs for at, to in row}

    def correct_together(self, tokens):
        """Correct words that are a phrase only when all are right: "eltern kint grupe".

        Returns the pairs that this phrase needs as they are.
        """
        likely = [self._as_likely(token) for token in tokens]
        changed = {at for at, one in enumerate(likely) if one is not tokens[at]}
        pairs = set()
        for found in self._phrases.found_in(likely) if changed else ():
            wrong = changed.intersection(found.positions)
            if found.phrase.quality < 1 or not self._is_phrase_of(found, wrong, tokens):
                continue
            for at in wrong:
                self._known.correct(tokens[at], likely[at].meant)
            words = [tokens[at].word for at in found.positions]
            pairs.update(pairwise(words))
        return pairs

    def _is_phrase_of(self, found, wrong, tokens):
        """Whether a phrase says enough to be meant; a German word is wrong only beside two."""
        german = sum(is_german(tokens[at].word.text) for at in wrong)
        return len(found.positions) > 1 and (not german or len(found.positions) - german > 1)

    def _as_likely(self, token):
        """Return a token with the word that it means by its sound, or surely enough."""
        if self._known.is_taken_as_typed(token) or is_german(token.word.text):
            return self._as_sounds(token)
        meant = self._known.corrector.meant(token)
        is_sure = meant and meant[0].cost < SURE
        return replace(token, meant=meant[0].folded) if is_sure else token

    def _as_sounds(self, token):
        """Return a word that no offer says as the one of the same sound that some do: "grupe"."""
        if (
            token.foreign is Foreign.NEAR
            or token.meant in self._known.index
            or token.meant in STOP_WORDS[GERMAN]
        ):
            return token
        same = self._known.corrector.homophone(token.meant)
        return replace(token, meant=same) if same else token

    def joined(self, tokens, kept_apart):
        """Join neighbours that are one known word: "Kinder gaten", "Beratung Schwangerschaft"."""
        read = []
        for token in tokens:
            read.append(token)
            while len(read) > 1 and self._join_last(read, kept_apart):
                pass
        return read

    def _join_last(self, read, kept_apart):
        """Join the last word with the one before it; tell whether they are one."""
        last, before = read[-1], len(read) - 2
        while before > 0 and read[before].meant in ANY_LANGUAGE and before > len(read) - 4:
            before -= 1
        first = read[before]
        if not self._may_join(first) or not self._may_join(last):
            return False
        between = {token.meant for token in read[before + 1 : -1]}
        if (first.word, last.word) in kept_apart or between & BESIDE:
            return False
        word = self._joined(first, last, is_next=before == len(read) - 2)
        if not word:
            return False
        joined = one_of([first, last], word)
        joined.is_known = self._known.is_in_offers(word)
        if not self._known.is_word(word):
            self._known.correct(joined, self._known.corrector.meant(joined)[0].folded)
        read[before:] = [joined]
        return True

    def _joined(self, first, last, *, is_next):
        """Return the one word that two words make, as known or as corrected; "" if none."""
        if word := self._known.compounds.joined(last.meant, first.meant, self._known.index):
            return word
        joined, most = first.meant + last.meant, self._most_error(first, last) if is_next else 0
        meant = self._known.corrector.meant_joined(joined) if most else []
        if not meant or joined == meant[0].folded or meant[0].cost >= most:
            return ""
        return joined if self._known.corrector.frequencies.get(meant[0].folded) else ""

    def _most_error(self, first, last):
        """Return what an error may cost at most in a known word that was typed as two."""
        if not (self._is_right(first) and self._is_right(last)):
            return ANY_ERROR
        if len(first.meant + last.meant) < LETTERS_FOR_A_SURE_ERROR:
            return 0
        return SAME_SOUND if first.is_known is last.is_known else SURE

    def _is_right(self, token):
        return self._known.is_word(token.meant) or is_german(token.word.text)

    def _may_join(self, token):
        folded = token.meant
        return len(folded) > SHORTEST_JOINED and folded.isalpha() and folded not in ANY_LANGUAGE
