"""Whether a query is in another language than German, as a whole.

Words that look alike in two languages are read as foreign ones only where the others are foreign,
too: "kind", "but" and "art" stand in German queries.
"""

from kekiz_portal.lib.german_words import is_german

from .inflection import LAST_LATIN
from .phrases import GERMAN
from .stop_words import ANY_LANGUAGE, STOP_WORDS
from .tokens import Foreign

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzäöüßéèàáóñ0123456789'’ .-")


def has_german_letters(text):
    """Whether a word is written in letters that German has, or borrows: "Café"."""
    return LETTERS.issuperset(text.casefold())


class Looks:
    """Tells by the words of offers and phrases (``german``) and by ``foreign`` ones."""

    def __init__(self, german, foreign):
        self._german = german
        self._foreign = (foreign | ANY_LANGUAGE) - STOP_WORDS[GERMAN]

    def is_foreign(self, folded):
        """Whether a known word is one of another language only."""
        return folded not in self._german and (
            folded in self._foreign or folded[0] > LAST_LATIN or not is_german(folded)
        )

    def are_foreign(self, tokens):
        """Whether more of the words are surely foreign than are German."""
        foreign = sum(map(self._is_surely_foreign, tokens))
        german = sum(self._is_german(one) and not self._is_in_both(one) for one in tokens)
        return foreign > german

    def reading_of(self, token, tokens, *, looks_foreign):
        """Return how a word may be read as one of another language."""
        if looks_foreign:
            return Foreign.ONLY
        if token.meant[0] > LAST_LATIN:
            return Foreign.NEAR
        if self._is_german(token):
            return Foreign.NOT
        return Foreign.EXACT if any(map(self._is_german, tokens)) else Foreign.NEAR

    def reading_of_word(self, folded):
        """Return how a known word may be read as one of another language."""
        return Foreign.NEAR if self.is_foreign(folded) else Foreign.NOT

    def _is_german(self, token):
        folded = token.meant
        if folded in STOP_WORDS[GERMAN] or folded in self._german:
            return True
        return has_german_letters(token.word.text) and is_german(token.word.text)

    def _is_in_both(self, token):
        """Whether a German word is one of another language, too: "bank", "baby"."""
        return token.meant in self._foreign and token.meant not in STOP_WORDS[GERMAN]

    def _is_surely_foreign(self, token):
        if not has_german_letters(token.word.text):
            return True
        return token.meant in self._foreign and token.meant not in self._german
