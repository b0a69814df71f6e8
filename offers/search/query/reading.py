"""Read the words of a query: take them as typed, join what belongs together, correct errors."""

from dataclasses import replace
from functools import cached_property

from kekiz_portal.lib.german_words import is_german
from offers.search.words.compounds import LINKS
from offers.search.words.folding import Word, fold
from offers.search.words.folding import words as words_of
from offers.search.words.foreign import Looks, has_german_letters
from offers.search.words.inflection import LAST_LATIN, SAME, VERBS
from offers.search.words.joining import Joiner, one_of
from offers.search.words.phrases import ARABIC_BEGINNING, BESIDE, GERMAN, UMLAUTS
from offers.search.words.stemming import stem
from offers.search.words.stop_words import ANY_LANGUAGE, FAINT_WORDS, SPELLED_STOP_WORDS, STOP_WORDS
from offers.search.words.tokens import Foreign, Token
from offers.search.words.transliterating import Transliterations
from offers.search.words.typos import Spelling

from .spoken_conditions import WORDS as CONDITION_WORDS

SHORTEST_PART = 4
SHORTEST_JOINED = 2
SHORTEST_FOREIGN = 6  # letters from which on a word may be one of another language, mistyped
MOST_CORRECTED = 8
MOST_HEARD = 50
FEWEST_UNKNOWN, HARDLY_GERMAN = 5, 0.34  # words of a sentence, and the share that is German
SHORTEST_TELLING = 3  # letters: shorter ones are words in many languages
LETTERS_FOR_A_SPLIT_WITH_ERROR = 9
LETTERS_FOR_A_SURE_ERROR = 8
SURE_PART = 5  # letters of a part that is hardly there by chance
ANY_ERROR = 1.0  # what an error costs in a part that hands do not often make
SURE, VERY_SURE = 0.8, 0.5  # what an error may cost before a compound of known words is likelier

# Everyday words that are no errors, though no list of German words has them.
NO_ERRORS = frozenset({"iphone"})


class Reader:
    """Reads tokens against all words that are known: of offers, phrases and places."""

    def __init__(self, vocabulary):
        self._index = vocabulary.words
        self._compounds = vocabulary.compounds
        self._phrases = vocabulary.phrases
        self._vocabulary = vocabulary
        places = vocabulary.place_names.words
        whole = CONDITION_WORDS | places | self._phrases.whole
        in_phrases = FAINT_WORDS | self._phrases.words
        self._spoken = whole | in_phrases | ANY_LANGUAGE | SAME.keys() | VERBS.keys()
        self._spoken |= vocabulary.danger_signs.words | NO_ERRORS
        self._known = self._spoken | self._index.keys()
        frequencies = dict.fromkeys(in_phrases, 0) | dict.fromkeys(whole, 1)
        frequencies.update((word.folded, word.document_count + 1) for word in self._index.values())
        for word in STOP_WORDS[GERMAN]:
            frequencies.pop(word, None)
        german = self._index.keys() | self._phrases.german_words | places
        self._looks = Looks(german, self._phrases.foreign_words)
        foreign = {word for word in frequencies if self._looks.is_foreign(word)}
        self._foreign_spelling = Spelling({word: frequencies[word] for word in foreign})
        self._frequencies = {
            word: frequency for word, frequency in frequencies.items() if word not in foreign
        }
        self._spelling = Spelling(self._frequencies)
        self._transliterations = Transliterations(self._phrases.foreign_words)
        self._joiner = Joiner(
            {word: self._frequencies.get(word, 0) for word in self._index | self._phrases_as_words},
            self._compounds,
        )

    @property
    def _phrases_as_words(self):
        return dict.fromkeys(self._phrases.words)

    def read(self, tokens, *, is_taken_apart=False):
        """Return the tokens as they are meant."""
        self._transliterate(tokens)
        kept_apart = self._in_phrases(tokens)
        tokens = self._joiner.together(tokens, kept_apart)
        looks_foreign = self._looks.are_foreign(tokens)
        for token in tokens:
            token.is_known = self._is_in_offers(token.meant)
            token.foreign = self._looks.reading_of(token, tokens, looks_foreign=looks_foreign)
        if not looks_foreign:
            tokens = self._join(tokens, kept_apart)
        read, left = [], 0 if self._are_hardly_german(tokens) else MOST_CORRECTED
        for token in tokens:
            if left and not self._is_taken_as_typed(token):
                read += self._read_unknown(token, looks_foreign, is_taken_apart)
                left -= 1
            else:
                read.append(token)
        if len(read) > len(tokens) and not is_taken_apart:
            return self.read(read, is_taken_apart=True)  # as if they had been typed so
        return read

    def _transliterate(self, tokens):
        """Take Latin letters for another script, where half of the words or more may be that."""
        unknown = [one for one in tokens if one.meant not in self._known]
        found = [(one, self._transliterations.meant(one.meant)) for one in unknown]
        found = [(one, word) for one, word in found if word and not self._may_be_german(one)]
        if found and 2 * len(found) >= len(tokens):
            for token, word in found:
                token.meant = word

    def _are_hardly_german(self, tokens):
        """Whether hardly a word of a sentence is German: then none is an error of a German one."""
        telling = [one for one in tokens if len(one.meant) >= SHORTEST_TELLING]
        german = sum(
            one.meant in self._index or one.meant in STOP_WORDS[GERMAN] or is_german(one.word.text)
            for one in telling
        )
        return len(tokens) >= FEWEST_UNKNOWN and german <= HARDLY_GERMAN * len(telling)

    def _may_be_german(self, token):
        meant = self._spelling.meant(token.meant)
        return is_german(token.word.text) or bool(meant and meant[0].cost < ANY_ERROR)

    def nearest(self, folded, most):
        """Return how the words of offers are written that sound most like one."""
        near = (word for word in self._spelling.nearest(folded, MOST_HEARD) if word in self._index)
        return [self._index[word].display for word in near][:most]

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
        if token.meant in self._index or token.meant in self._spoken:
            return True
        if not token.meant.isalpha():
            return not self._joiner.has_a_number(token.meant)
        return self._is_in_offers(token.meant) and is_german(token.word.text)

    def _in_phrases(self, tokens):
        """Return pairs of tokens that one phrase needs as they are: "Eltern-Kind-Turnen"."""
        found = (one for one in self._phrases.found_in(tokens) if one.phrase.quality == 1)
        pairs = (zip(one.positions, one.positions[1:], strict=False) for one in found)
        return {(tokens[at].word, tokens[to].word) for row in pairs for at, to in row}

    def _join(self, tokens, kept_apart):
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
        joined.is_known = self._is_in_offers(word)
        if not self._is_word(word):
            self._correct(joined, self._meant(joined))
        read[before:] = [joined]
        return True

    def _joined(self, first, last, *, is_next):
        """Return the one word that two words make, as known or as corrected; "" if none."""
        if word := self._compounds.joined(last.meant, first.meant, self._index):
            return word
        is_mistyped = is_next and not (self._is_right(first) and self._is_right(last))
        meant = self._spelling.meant(first.meant + last.meant) if is_mistyped else []
        return first.meant + last.meant if meant and meant[0].cost < ANY_ERROR else ""

    def _is_right(self, token):
        return self._is_word(token.meant) or is_german(token.word.text)

    def _may_join(self, token):
        folded = token.meant
        return len(folded) > SHORTEST_JOINED and folded.isalpha() and folded not in ANY_LANGUAGE

    def _read_unknown(self, token, looks_foreign, is_taken_apart):
        """Return as what a word that nobody wrote before was meant: a compound, or an error.

        What was taken apart once is not again: it could go on for ever.
        """
        if looks_foreign:
            return [self._read_foreign(token)]
        parts, meant = self._compounds.split(token.meant), self._meant(token)
        if self._is_error(parts, meant):
            self._correct(token, meant)
        elif token.is_known:
            return [token]
        elif len(apart := self._joiner.apart(token)) > 1:
            return [self._as_known(piece) for piece in apart]
        elif len(parts) > 1:
            token.parts = tuple(parts)
        elif meant and meant[0].cost < SURE and len(token.meant) >= LETTERS_FOR_A_SURE_ERROR:
            self._correct(token, meant)
        elif self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)  # if it is in no phrase after all
        elif meant:
            self._correct(token, meant)
        elif self._may_be_split(token) and not is_taken_apart:
            return self._split_with_error(token)
        return [token]

    def _read_foreign(self, token):
        is_long = len(ARABIC_BEGINNING.sub("", token.meant)) >= SHORTEST_FOREIGN
        meant = self._foreign_spelling.meant(token.meant) if is_long else []
        likely = [one for one in self._meant(token) if one.cost < SURE]
        if self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)
        elif meant:
            self._correct(token, meant)
        elif likely and is_long and likely[0].folded in self._index:
            self._correct(token, likely)
        return token

    def _as_known(self, token):
        token.is_known = self._is_in_offers(token.meant)
        token.foreign = Foreign.NOT
        return token

    def _is_inflected(self, folded):
        """Whether a word is a form of a known one; a Latin one may be a mistyped German one."""
        is_latin = folded[0] <= LAST_LATIN
        return self._phrases.has_form(folded, is_whole=is_latin)

    def _is_error(self, parts, meant):
        """Whether a word is rather a mistyped one than a compound of such parts."""
        if meant and meant[0].cost < VERY_SURE:
            return True
        if not meant or len(parts) < len(("kinder", "garten")):
            return False
        is_the_same = meant[0].folded.startswith(parts[0]) and meant[0].folded.endswith(parts[-1])
        is_exact = all(map(self._joiner.is_word, parts))
        if not is_exact and meant[0].cost < ANY_ERROR:
            return True
        is_sure = is_exact and not is_the_same and min(map(len, parts)) >= SURE_PART
        return meant[0].cost < SURE and not is_sure

    def _meant(self, token):
        """Return what a word may have meant; a German word means itself."""
        if is_german(token.word.text):
            return []
        if not has_german_letters(token.word.text):
            is_long = len(ARABIC_BEGINNING.sub("", token.meant)) >= SHORTEST_FOREIGN
            return self._foreign_spelling.meant(token.meant) if is_long else []
        as_typed = fold(token.word.text, written_out=False).replace(" ", "")
        spellings = dict.fromkeys([token.meant, as_typed])
        meant = [one for spelled in spellings for one in self._spelling.meant(spelled)]
        meant.sort(key=lambda one: one.cost)
        if not meant and len(token.meant) >= SHORTEST_FOREIGN and token.foreign is Foreign.NEAR:
            meant = self._foreign_spelling.meant(token.meant)
        return meant

    def _correct(self, token, meant):
        token.meant = meant[0].folded
        token.foreign = self._looks.reading_of_word(token.meant)
        token.display = self._display_of(token.meant)
        token.is_known = self._is_in_offers(token.meant)

    @cached_property
    def _displays(self):
        return _displays(self._vocabulary)

    def _display_of(self, folded):
        word = self._index.get(folded)
        return word.display if word else self._displays.get(folded, folded)

    def _may_be_split(self, token):
        is_long = len(token.meant) >= LETTERS_FOR_A_SPLIT_WITH_ERROR
        return is_long and not is_german(token.word.text)

    def _split_with_error(self, token):
        """Take a word for a compound of which one part is mistyped: "Kinderschwimkurs"."""
        likely = []
        for at in range(SHORTEST_PART, len(token.meant) - SHORTEST_PART + 1):
            first, last = token.meant[:at], token.meant[at:]
            if self._compounds.is_part(first):
                likely += [(one.cost, first, "", one.folded) for one in self._part_meant(last)]
            if self._compounds.is_part(last):
                for link in LINKS:
                    part = first.removesuffix(link)
                    if part + link == first:
                        meant = self._part_meant(part)
                        likely += [(one.cost, one.folded, link, last) for one in meant]
        cost, *pieces = min(likely, default=(ANY_ERROR,))
        if cost >= ANY_ERROR:
            return [token]
        first, link, last = pieces
        right = f"{self._display_of(first)}{link}{last}".capitalize()
        typed = Word(right, "".join(pieces), token.word.start, token.word.end)
        read = self.read([Token(typed, typed.folded)], is_taken_apart=True)
        return _in_place_of(token, read)

    def _part_meant(self, part):
        return self._spelling.meant(part, most_errors=1) if len(part) >= SURE_PART else []


def _in_place_of(token, pieces):
    """Return the words that a mistyped one was meant as, each where a part of that stands."""
    end = token.word.end
    starts = [min(token.word.start + one.word.start - pieces[0].word.start, end) for one in pieces]
    return [
        replace(one, word=replace(one.word, start=start, end=until), display=one.word.text)
        for one, start, until in zip(pieces, starts, [*starts[1:], end], strict=True)
    ]


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
