"""Read the words of a query: take them as typed, join what belongs together, correct errors."""

from functools import cached_property
from itertools import pairwise

from .folding import Word, fold
from .folding import words as words_of
from .phrases import BESIDE, GERMAN, LAST_LATIN, SAME, UMLAUTS, VERBS
from .spoken_conditions import WORDS as CONDITION_WORDS
from .stemming import stem
from .stop_words import ANY_LANGUAGE, FAINT_WORDS, SPELLED_STOP_WORDS, STOP_WORDS
from .tokens import Token
from .typos import Spelling

SHORTEST_PART = 4
SHORTEST_JOINED = 2
MOST_CORRECTED = 8
LETTERS_FOR_A_SPLIT_WITH_ERROR = 9
SURE_PART = 5  # letters of a part that is hardly there by chance
ANY_ERROR = 1.0  # what an error costs in a part that hands do not often make
SURE = 0.8  # what a correction may cost before a compound of known words is likelier

# Everyday words that are no errors, though nobody offers what they mean.
NO_ERRORS = frozenset({"wetter", "letter", "iphone", "smartphone", "wechseln", "auto", "hund"})


class Reader:
    """Reads tokens against all words that are known: of offers, phrases and places."""

    def __init__(self, vocabulary):
        self._index = vocabulary.words
        self._compounds = vocabulary.compounds
        self._phrases = vocabulary.phrases
        self._places = vocabulary.place_names
        self._vocabulary = vocabulary
        whole = CONDITION_WORDS | self._places.words | self._phrases.whole
        in_phrases = FAINT_WORDS | self._phrases.words
        self._spoken = whole | in_phrases | ANY_LANGUAGE | SAME.keys() | VERBS.keys()
        self._spoken |= vocabulary.danger_signs.words | NO_ERRORS
        frequencies = dict.fromkeys(in_phrases, 0) | dict.fromkeys(whole, 1)
        frequencies.update((word.folded, word.document_count) for word in self._index.values())
        for word in STOP_WORDS[GERMAN]:
            frequencies.pop(word, None)
        self._spelling = Spelling(frequencies)
        self._joinable = self._index.keys() | self._phrases.words

    def read(self, tokens):
        """Return the tokens as they are meant."""
        for token in tokens:
            token.is_known = self._is_in_offers(token.meant)
        tokens = self._join(tokens, self._in_phrases(tokens))
        left = MOST_CORRECTED
        for token in tokens:
            if left and not self._is_taken_as_typed(token):
                self._read_unknown(token)
                left -= 1
        return tokens

    def _is_in_offers(self, folded):
        return folded in self._index or stem(folded) in self._compounds.stems

    def _is_word(self, folded):
        if self._is_in_offers(folded) or folded in self._spoken:
            return True
        return not folded.isalpha()

    def _is_taken_as_typed(self, token):
        """Whether a token is a word, and not only without the marks it was typed with."""
        typed = token.word.text.casefold()
        is_filler = token.meant in STOP_WORDS[GERMAN] and token.meant not in self._index
        if is_filler and not UMLAUTS.isdisjoint(typed) and typed not in SPELLED_STOP_WORDS:
            return False
        return self._is_word(token.meant)

    def _in_phrases(self, tokens):
        """Return pairs of tokens that one phrase needs as they are: "Eltern-Kind-Turnen"."""
        found = (one for one in self._phrases.found_in(tokens) if one.phrase.quality == 1)
        return {pair for one in found for pair in pairwise(tokens[at].word for at in one.positions)}

    def _join(self, tokens, kept_apart):
        """Join neighbours that are one known word: "Kinder garten", "Beratung Schwangerschaft"."""
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
        word = self._joined(first.meant, last.meant, is_next=before == len(read) - 2)
        if not word:
            return False
        typed = Word(f"{first.word.text} {last.word.text}", word, first.word.start, last.word.end)
        apart = (*(first.apart or (first.meant,)), *(last.apart or (last.meant,)))
        joined = Token(typed, word, is_known=self._is_in_offers(word), apart=apart)
        if not self._is_word(word):
            self._correct(joined)
        read[before:] = [joined]
        return True

    def _joined(self, first, last, *, is_next):
        """Return the one word that two words make, as known or as corrected; "" if none."""
        if is_next and (word := self._compounds.joined(first, last, self._joinable)):
            return word
        if word := self._compounds.joined(last, first, self._index):
            return word
        is_mistyped = is_next and not self._is_word(last) and self._is_word(first)
        meant = self._spelling.meant(first + last) if is_mistyped else []
        return first + last if meant and meant[0].cost < ANY_ERROR else ""

    def _may_join(self, token):
        folded = token.meant
        return len(folded) > SHORTEST_JOINED and folded.isalpha() and folded not in ANY_LANGUAGE

    def _read_unknown(self, token):
        """Take a word that nobody wrote before for a compound, or for an error."""
        parts, meant = self._compounds.split(token.meant), self._meant(token)
        if len(parts) > 1 and not self._is_error(parts, meant):
            token.parts = tuple(parts)
        elif self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)  # if it is in no phrase after all
        elif meant:
            self._correct(token)
        elif len(token.meant) >= LETTERS_FOR_A_SPLIT_WITH_ERROR:
            self._split_with_error(token)

    def _is_inflected(self, folded):
        """Whether a word is a form of a known one; a Latin one may be a mistyped German one."""
        is_latin = folded[0] <= LAST_LATIN
        return self._phrases.has_form(folded, is_whole=is_latin)

    def _is_error(self, parts, meant):
        """Whether a word is rather a mistyped one than a compound of such parts."""
        if not meant or meant[0].cost >= SURE:
            return False
        is_the_same = meant[0].folded.startswith(parts[0]) and meant[0].folded.endswith(parts[-1])
        is_exact = all(map(self._compounds.is_word, parts))
        return is_the_same or not is_exact or min(map(len, parts)) < SURE_PART

    def _meant(self, token):
        meant = self._spelling.meant(token.meant)
        return meant or self._spelling.meant(fold(token.word.text, written_out=False))

    def _correct(self, token):
        best, *others = self._meant(token)
        token.meant, token.others = best.folded, tuple(one.folded for one in others)
        token.display = self._display_of(token.meant)
        token.is_known = self._is_in_offers(token.meant)

    @cached_property
    def _displays(self):
        return _displays(self._vocabulary)

    def _display_of(self, folded):
        word = self._index.get(folded)
        return word.display if word else self._displays.get(folded, folded)

    def _split_with_error(self, token):
        """Take a word for a compound of which one part is mistyped: "Kinderschwimkurs"."""
        likely = []
        for at in range(SHORTEST_PART, len(token.meant) - SHORTEST_PART + 1):
            first, last = token.meant[:at], token.meant[at:]
            if self._compounds.is_part(first) and len(last) >= SURE_PART:
                likely += [
                    (one.cost, first, one.folded)
                    for one in self._spelling.meant(last, most_errors=1)
                ]
            if self._compounds.is_part(last) and len(first) >= SURE_PART:
                likely += [
                    (one.cost, one.folded, last)
                    for one in self._spelling.meant(first, most_errors=1)
                ]
        cost, *parts = min(likely, default=(ANY_ERROR,))
        if cost < ANY_ERROR:
            token.parts, token.meant = tuple(parts), "".join(parts)
            token.display = token.meant.capitalize()

    def _part_meant(self, part):
        return self._spelling.meant(part, most_errors=1) if len(part) >= SURE_PART else []


def _displays(vocabulary):
    """Return how words that may not stand in any offer are written."""
    displays = {}
    texts = [f"{synonym.phrase} {synonym.term}" for synonym in vocabulary.synonyms]
    for text in texts:
        for word in words_of(text):
            displays.setdefault(word.folded, word.text)
    for place in vocabulary.places:
        for word in words_of(" ".join([place.name, *place.aliases])):
            displays.setdefault(word.folded, word.text)
    return displays
