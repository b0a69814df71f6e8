"""Words typed apart that are one, and words typed as one that are several.

A word that is known, or German as a whole, is one word however it was typed: "kreiß saal",
"o. g. s.", "fam. zentrum". What is neither is several: "spielgruppewanne". So both ways of typing
lead to the same.
"""

import re
from dataclasses import replace
from itertools import pairwise

from kekiz_portal.lib.german_words import is_german

from .compounds import LINKS
from .folding import Word, fold
from .stop_words import ANY_LANGUAGE, STOP_WORDS
from .word_list import WordList

MOST_JOINED = 5
SHORTEST_JOINED, SHORTEST_PIECE, SHORTEST_AT_THE_END = 3, 3, 4
MOST_INITIALS = 6
SHORTEST_BEGINNING = 3  # letters of an abbreviation: "fam. zentrum"
GERMAN_FILLERS = frozenset(word for word in STOP_WORDS["de"] if len(word) > 1)
NUMBER_AT_THE_END = re.compile(r"(?<=[^\W\d_]{4})(\d{1,2})$")
# Such ends make a word of another kind: "gewaltfrei" is no violence.
SAID_OF_OFFERS = ("kostenlos", "kostenfrei", "barrierefrei")  # what such words say of an offer
ENDS_OF_ADJECTIVES = ("frei", "los", "lose", "loser", "freie", "freier", "freies", "arm", "reich")


class Joiner:
    """Joins and parts words by those of the index and of phrases, given with their frequency."""

    def __init__(self, frequencies, compounds):
        self._joinable = frequencies
        self._compounds = compounds
        self._word_list = WordList(frequencies)

    def together(self, tokens, kept_apart, never_one=frozenset()):
        """Return tokens with initials, abbreviations and torn words as one each.

        ``kept_apart`` are pairs of words that a phrase needs as they are; what is ``never_one``
        stays apart though offers say it as one word.
        """
        joined, at = [], 0
        while at < len(tokens):
            length, word = self._longest_at(at, tokens, kept_apart, never_one)
            joined.append(one_of(tokens[at : at + length], word) if word else tokens[at])
            at += length
        return joined

    def _longest_at(self, at, tokens, kept_apart, never_one):
        """Return how many tokens are one word from there on, and which; 1 and "" if none."""
        for length in range(min(MOST_INITIALS, len(tokens) - at), 1, -1):
            run = tokens[at : at + length]
            if any((one.word, other.word) in never_one for one, other in pairwise(run)):
                continue
            word = self._initials(run) or self._torn(run, kept_apart, is_all=length == len(tokens))
            if not word and length == len(("fam", "zentrum")):
                word = self._abbreviated(*run)
            if word:
                return length, word
        return 1, ""

    def _initials(self, run):
        word = "".join(token.meant for token in run)
        is_spelled = all(len(token.meant) == 1 for token in run) and word[0].isalpha()
        return word if is_spelled and word in self._joinable else ""

    def _torn(self, run, kept_apart, *, is_all):
        """Return the known or German word that neighbours make; fillers only where all is one."""
        if len(run) > MOST_JOINED or not all(self._may_be_a_piece(one, is_all) for one in run):
            return ""
        folded = "".join(token.meant for token in run)
        if folded in self._joinable:
            return folded
        if any((one.word, other.word) in kept_apart for one, other in pairwise(run)):
            return ""
        is_content = all(self._may_be_a_piece(token, False) for token in run)
        if is_content and is_german("".join(token.display or token.word.text for token in run)):
            return folded
        linked = (f"{run[0].meant}{link}{run[1].meant}" for link in LINKS[1:])
        found = next((word for word in linked if word in self._joinable), "")
        return found if len(run) == len(("kinder", "garten")) else ""

    def _may_be_a_piece(self, token, fillers):
        folded = token.meant
        if not folded.isalpha() or len(folded) < SHORTEST_JOINED:
            return False
        return fillers or folded not in ANY_LANGUAGE

    def _abbreviated(self, first, last):
        """Return the word of which only the beginning was typed, and its last part."""
        is_short = len(first.meant) >= SHORTEST_BEGINNING and first.is_abbreviated
        if not is_short or last.meant in ANY_LANGUAGE:
            return ""
        begun = self._word_list.starting(first.meant)
        ended = [word for word in begun if word.endswith(last.meant) and word != last.meant]
        return max(ended, key=lambda word: (self._joinable[word], -len(word), word), default="")

    def has_a_number(self, folded):
        """Whether a number was typed at the end of an unknown word: "kinderturnenab3"."""
        return folded not in self._joinable and bool(NUMBER_AT_THE_END.search(folded))

    def apart(self, token):
        """Return the tokens that were typed as one word, [token] if it is one."""
        text = token.word.text
        is_adjective = token.meant.endswith(ENDS_OF_ADJECTIVES)
        if is_german(text) or (is_adjective and not token.meant.endswith(SAID_OF_OFFERS)):
            return [token]
        pieces = self._pieces(token.meant)
        cuts = _cuts(text, pieces)
        if len(cuts) < len(("one", "other")):
            return [token]
        found, start = [], token.word.start
        for piece, (at, end) in zip(pieces, cuts, strict=True):
            word = Word(text[at:end], piece, start + at, start + end)
            found.append(replace(token, word=word, meant=piece))
        return found

    def _pieces(self, folded):
        number = NUMBER_AT_THE_END.search(folded)
        if number:
            rest = folded[: number.start()]
            return [*(self._with_fillers(rest, is_all=False) or [rest]), number[0]]
        parts, two = self._compounds.split(folded), self._beside_a_german_one(folded)
        if parts and all(map(self.is_word, parts)):
            parts = _with_links(folded, parts)
        else:
            parts = self._with_fillers(folded)
        is_whole = len(parts) > len(two) and self.is_word("".join(two[:1]))
        return two if is_whole or not parts else parts  # "kinderarzt", "notdienst"

    def _with_fillers(self, folded, *, is_first=True, is_all=True):
        """Return the fewest known words and fillers that make a text; a short filler in the middle.

        Of a text that is not ``is_all`` the last one may be a short filler, too.
        """
        best = [folded] if self.is_word(folded) or self._may_end(folded, is_all) else []
        for at in range(len(folded) - 2, 1, -1):
            first = folded[:at]
            is_filler = first in GERMAN_FILLERS and (not is_first or len(first) >= SHORTEST_PIECE)
            if not is_filler and not self.is_word(first):
                continue
            rest = self._with_fillers(folded[at:], is_first=False, is_all=is_all)
            if rest and (not best or len(rest) + 1 < len(best)):
                best = [first, *rest]
        return best

    def _may_end(self, text, is_all):
        return text in GERMAN_FILLERS and (not is_all or len(text) >= SHORTEST_AT_THE_END)

    def _beside_a_german_one(self, folded):
        """Return a known word and a German one that is not: "hebammegesucht"."""
        first, last = self._compounds.known_ends(folded)
        if first and is_german(folded.removeprefix(first)):
            return [first, folded.removeprefix(first)]
        rest = folded.removesuffix(last) if last else ""
        if is_german(rest):
            return [rest, last]
        fillers = (one for one in GERMAN_FILLERS if len(one) >= SHORTEST_PIECE)
        for filler in (one for one in fillers if rest.endswith(one)):
            if is_german(rest.removesuffix(filler)):  # "yogafürschwangere"
                return [rest.removesuffix(filler), filler, last]
        return []

    def is_word(self, text):
        """Whether a part of a word is one of its own: known, or a German form of a known one."""
        if len(text) < SHORTEST_PIECE or not self._compounds.is_part(text):
            return False
        return text in self._joinable or is_german(text)  # the mere stem of a word is none


def _cuts(text, pieces):
    """Return where each folded piece begins and ends in a text; [] if it is not made of them."""
    cuts, at = [], 0
    for piece in pieces:
        ends = range(at + 1, len(text) + 1)
        end = next((end for end in ends if fold(text[at:end]) == piece), None)
        if end is None:
            return []
        cuts.append((at, end))
        at = end
    return cuts if at == len(text) else []


def _with_links(folded, parts):
    """Return the parts of a compound as they stand in it, each with the letters that link it."""
    starts, at = [], 0
    for part in parts:
        at = folded.index(part, at)
        starts.append(at)
        at += len(part)
    return [
        folded[start:end] for start, end in zip(starts, [*starts[1:], len(folded)], strict=True)
    ]


def one_of(tokens, folded):
    """Return the token of several that are one word."""
    text = " ".join(token.word.text for token in tokens)
    typed = Word(text, folded, tokens[0].word.start, tokens[-1].word.end)
    return replace(tokens[0], word=typed, meant=folded)
