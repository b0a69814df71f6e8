"""Read the words of a query: take them as typed, join what belongs together, correct errors."""

from dataclasses import replace

from kekiz_portal.lib.german_words import is_german
from offers.search.words.compounds import LINKS
from offers.search.words.folding import Word
from offers.search.words.foreign import Looks
from offers.search.words.inflection import LAST_LATIN, SAME, VERBS
from offers.search.words.joining import Joiner, one_of
from offers.search.words.phrases import BESIDE, GERMAN, UMLAUTS
from offers.search.words.stemming import stem
from offers.search.words.stop_words import ANY_LANGUAGE, FAINT_WORDS, SPELLED_STOP_WORDS, STOP_WORDS
from offers.search.words.tokens import Foreign, Token
from offers.search.words.transliterating import Transliterations

from .correcting import SHORTEST_FOREIGN, SURE_PART, Corrector
from .spoken_conditions import WORDS as CONDITION_WORDS

SHORTEST_PART = 4
SHORTEST_JOINED = 2
MOST_CORRECTED = 8
FEWEST_UNKNOWN, HARDLY_GERMAN = 5, 0.34  # words of a sentence, and the share that is German
SHORTEST_TELLING = 3  # letters: shorter ones are words in many languages
LETTERS_FOR_A_SPLIT_WITH_ERROR = 9
LETTERS_FOR_A_SURE_ERROR = 8
ANY_ERROR = 1.0  # what an error costs in a part that hands do not often make
SAME_SOUND = 0.45  # what it may cost that two right words are one: "deutsch kurz"
SURE, VERY_SURE = 0.8, 0.5  # what an error may cost before a compound of known words is likelier

# What is typed in one word with what somebody looks for: "hebamesuchen".
SAID_BESIDE = CONDITION_WORDS | {word for word in STOP_WORDS[GERMAN] if len(word) >= SHORTEST_PART}

SEEKS = "suche"
_WHO_SEEKS = """
    wer er frau mann mutter mama mami vater papa papi oma opa grossmutter grossvater familie eltern
    tochter sohn kind enkel enkelin freundin freund junge madchen schwester bruder
"""
WHO_SEEKS = frozenset(_WHO_SEEKS.split())

# Everyday words that are no errors, though no list of German words has them.
NO_ERRORS = frozenset({"iphone"})


class Reader:
    """Reads tokens against all words that are known: of offers, phrases and places."""

    def __init__(self, vocabulary):
        self._index = vocabulary.words
        self._compounds = vocabulary.compounds
        self._phrases = vocabulary.phrases
        places = vocabulary.place_names.words
        whole = CONDITION_WORDS | places | self._phrases.whole
        in_phrases = FAINT_WORDS | self._phrases.words
        self._spoken = whole | in_phrases | ANY_LANGUAGE | SAME.keys() | VERBS.keys()
        self._spoken |= vocabulary.danger_signs.words | NO_ERRORS
        self._known = self._spoken | self._index.keys()
        german = self._index.keys() | self._phrases.german_words | places
        self._looks = Looks(german, self._phrases.foreign_words)
        self.corrector = Corrector(vocabulary, self._looks)
        self._transliterations = Transliterations(self._phrases.foreign_words)
        frequencies = self.corrector.frequencies
        joinable = self._index.keys() | self._phrases.words
        self._joiner = Joiner(
            {word: frequencies.get(word, 0) for word in joinable}, self._compounds
        )

    def read(self, tokens, *, is_taken_apart=False):
        """Return the tokens as they are meant."""
        typed = list(tokens)
        self._transliterate(tokens)
        _let_them_seek(tokens)
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
        if not looks_foreign and any(token.is_corrected for token in read):
            again = self._with_phrases(typed, read, kept_apart)
            return again or self._together_again(read, kept_apart)
        return read

    def _with_phrases(self, typed, read, kept_apart):
        """Read words again that were joined before their neighbour was corrected: "Fater Kind
        Gruppe" is the group of fathers with children; ``None`` if no phrase tells so.
        """
        if len(read) == len(typed):
            return None
        right = {token.word: token for token in read if token.is_corrected}
        whole = [right.get(token.word, token) for token in typed]
        return self.read(whole) if self._in_phrases(whole) - kept_apart else None

    def _together_again(self, tokens, kept_apart):
        """Join what can be seen to be one word only now that it is corrected."""
        joined = self._joiner.together(tokens, kept_apart)
        for token in joined:
            if token not in tokens:
                self._as_known(token)
                token.display = self.corrector.display_of(token.meant)
                token.parts = () if token.is_known else tuple(self._compounds.split(token.meant))
        return joined

    def _transliterate(self, tokens):
        """Take Latin letters for another script, where half of the words or more may be that."""
        found = {}
        for at, token in enumerate(tokens):
            word = self._transliterations.meant(token.meant)
            if word and token.meant not in self._index and not self._may_be_german(token):
                found[at] = word
        unknown = [at for at in found if tokens[at].meant not in self._known]
        if unknown and 2 * len(unknown) >= len(tokens):
            for at, word in found.items():  # others, too: "sad" beside "detskiy"
                tokens[at].meant = word

    def _are_hardly_german(self, tokens):
        """Whether hardly a word of a sentence is German: then none is an error of a German one."""
        telling = [one for one in tokens if len(one.meant) >= SHORTEST_TELLING]
        german = sum(
            one.meant in self._index or one.meant in STOP_WORDS[GERMAN] or is_german(one.word.text)
            for one in telling
        )
        return len(tokens) >= FEWEST_UNKNOWN and german <= HARDLY_GERMAN * len(telling)

    def _may_be_german(self, token):
        if is_german(token.word.text):
            return True
        return any(one.cost < ANY_ERROR for one in self.corrector.meant_joined(token.meant))

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
            self._correct(joined, self.corrector.meant(joined))
        read[before:] = [joined]
        return True

    def _joined(self, first, last, *, is_next):
        """Return the one word that two words make, as known or as corrected; "" if none."""
        if word := self._compounds.joined(last.meant, first.meant, self._index):
            return word
        joined, most = first.meant + last.meant, self._most_error(first, last) if is_next else 0
        meant = self.corrector.meant_joined(joined) if most else []
        if not meant or joined == meant[0].folded or meant[0].cost >= most:
            return ""
        return joined if self.corrector.frequencies.get(meant[0].folded) else ""

    def _most_error(self, first, last):
        """Return what an error may cost at most in a known word that was typed as two."""
        if not (self._is_right(first) and self._is_right(last)):
            return ANY_ERROR
        if len(first.meant + last.meant) < LETTERS_FOR_A_SURE_ERROR:
            return 0
        return SAME_SOUND if first.is_known and last.is_known else SURE

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
        parts, meant = self._compounds.split(token.meant), self.corrector.meant(token)
        if self._is_error(parts, meant, token):
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
        meant = self.corrector.meant_abroad(token.meant)
        likely = [one for one in self.corrector.meant(token) if one.cost < SURE]
        if self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)
        elif meant:
            self._correct(token, meant)
        elif likely and len(token.meant) >= SHORTEST_FOREIGN and self._leads(likely[0].folded):
            self._correct(token, likely)
        return token

    def _leads(self, folded):
        """Whether a word is in offers, or in parts."""
        return folded in self._index or bool(self._compounds.split(folded))

    def _as_known(self, token):
        token.is_known = self._is_in_offers(token.meant)
        token.foreign = Foreign.NOT
        return token

    def _is_inflected(self, folded):
        """Whether a word is a form of a known one; a Latin one may be a mistyped German one."""
        is_latin = folded[0] <= LAST_LATIN
        return self._phrases.has_form(folded, is_whole=is_latin)

    def _is_error(self, parts, meant, token):
        """Whether a word is rather a mistyped one than a compound of such parts."""
        if meant and meant[0].cost < VERY_SURE:
            return True
        if not meant or len(parts) < len(("kinder", "garten")):
            return bool(meant) and meant[0].cost < SURE and not token.is_known
        is_the_same = meant[0].folded.startswith(parts[0]) and meant[0].folded.endswith(parts[-1])
        is_exact = all(map(self._joiner.is_word, parts))
        if not is_exact and meant[0].cost < ANY_ERROR:
            return True
        is_sure = is_exact and not is_the_same and min(map(len, parts)) >= SURE_PART
        return meant[0].cost < SURE and not is_sure

    def _correct(self, token, meant):
        token.meant = meant[0].folded
        token.foreign = self._looks.reading_of_word(token.meant)
        token.display = self.corrector.display_of(token.meant)
        token.is_known = self._is_in_offers(token.meant)
        if not self._is_word(token.meant):
            token.parts = tuple(self._compounds.split(token.meant))

    def _may_be_split(self, token):
        is_long = len(token.meant) >= LETTERS_FOR_A_SPLIT_WITH_ERROR
        return is_long and not is_german(token.word.text)

    def _split_with_error(self, token):
        """Take a word for a compound of which one part is mistyped: "Kinderschwimkurs"."""
        likely = []
        for at in range(SHORTEST_PART, len(token.meant) - SHORTEST_PART + 1):
            first, last = token.meant[:at], token.meant[at:]
            is_long = len(last) >= LETTERS_FOR_A_SURE_ERROR
            if self._compounds.is_part(first) or (is_long and is_german(first)):
                likely += [
                    (one.cost, first, "", one.folded) for one in self.corrector.part_meant(last)
                ]
            if self._compounds.is_part(last) or last in SAID_BESIDE:
                for link in LINKS:
                    part = first.removesuffix(link)
                    if part + link == first:
                        meant = self.corrector.part_meant(part)
                        likely += [(one.cost, one.folded, link, last) for one in meant]
        cost, *pieces = min(likely, default=(ANY_ERROR,))
        if cost >= ANY_ERROR:
            return [token]
        first, link, last = pieces
        if self._is_word(first + link):  # what was found is a stem, and that was no link
            first, link = first + link, ""
        shown = self.corrector.display_of(first)
        link = "" if shown.endswith(link) else link
        right = f"{shown}{link}{last}".capitalize()
        typed = Word(right, "".join(pieces), token.word.start, token.word.end)
        read = self.read([Token(typed, typed.folded)], is_taken_apart=True)
        return _in_place_of(token, read)


def _let_them_seek(tokens):
    """Take "sucht" for what somebody does: "Oma sucht Beratung" asks for no help with addiction."""
    for before, token, _after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.meant == "sucht" and before.meant in WHO_SEEKS:
            token.meant = SEEKS


def _in_place_of(token, pieces):
    """Return the words that a mistyped one was meant as, each where a part of that stands."""
    end = token.word.end
    starts = [min(token.word.start + one.word.start - pieces[0].word.start, end) for one in pieces]
    return [
        replace(one, word=replace(one.word, start=start, end=until), display=one.word.text)
        for one, start, until in zip(pieces, starts, [*starts[1:], end], strict=True)
    ]
