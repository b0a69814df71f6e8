"""Read the words of a query: take them as typed, join what belongs together, correct errors."""

import re
from dataclasses import replace

from kekiz_portal.lib.german_words import is_german
from offers.search.words.compounds import LINKS
from offers.search.words.folding import APOSTROPHES, Word, fold
from offers.search.words.foreign import has_german_letters
from offers.search.words.inflection import LAST_LATIN
from offers.search.words.phrases import GERMAN
from offers.search.words.stop_words import STOP_WORDS
from offers.search.words.tokens import Foreign, Token
from offers.search.words.transliterating import Transliterations

from .beside import ANY_ERROR, LETTERS_FOR_A_SURE_ERROR, SURE, Beside
from .correcting import SAME_AS_HEARD, SHORTEST_FOREIGN, SURE_PART
from .known import Known
from .spoken_conditions import WORDS as CONDITION_WORDS
from .spoken_times import days_beside_parts, with_days_apart

SHORTEST_PART = 4
MOST_CORRECTED = 8
FEWEST_UNKNOWN, HARDLY_GERMAN = 5, 0.34  # words of a sentence, and the share that is German
SHORTEST_TELLING = 3  # letters: shorter ones are words in many languages
LETTERS_FOR_A_SPLIT_WITH_ERROR = 9
VERY_SURE = 0.5  # what an error may cost though the word could be a compound, too

# What is typed in one word with what somebody looks for: "hebamesuchen".
SAID_BESIDE = CONDITION_WORDS | {word for word in STOP_WORDS[GERMAN] if len(word) >= SHORTEST_PART}

APOSTROPHE = re.compile(f"[{APOSTROPHES}]")

SEEKS = "suche"
_WHO_SEEKS = """
    wer er frau mann mutter mama mami vater papa papi oma opa grossmutter grossvater familie eltern
    tochter sohn kind enkel enkelin freundin freund junge madchen schwester bruder
"""
WHO_SEEKS = frozenset(_WHO_SEEKS.split())


class Reader:
    """Reads tokens against all words that are known: of offers, phrases and places."""

    def __init__(self, vocabulary):
        self._known = Known(vocabulary)
        self._beside = Beside(self._known)
        self.corrector = self._known.corrector
        self._transliterations = Transliterations(vocabulary.phrases.foreign_words)

    def read(self, tokens, *, is_taken_apart=False):
        """Return the tokens as they are meant."""
        typed = list(tokens)
        self._transliterate(tokens)
        _let_them_seek(tokens)
        _take_endings_from_names(tokens, self._known.places)
        tokens = with_days_apart(tokens)
        times = days_beside_parts(tokens)
        kept_apart = self._beside.in_phrases(tokens) | times
        tokens = self._known.joiner.together(tokens, kept_apart, times)
        looks_foreign = self._known.looks.are_foreign(tokens)
        for token in tokens:
            token.is_known = self._known.is_in_offers(token.meant)
            token.foreign = self._known.looks.reading_of(token, tokens, looks_foreign=looks_foreign)
        if not looks_foreign:
            kept_apart |= self._beside.correct_together(tokens)
            tokens = self._beside.joined(tokens, kept_apart)
        read, left = [], 0 if self._are_hardly_german(tokens) else MOST_CORRECTED
        for token in tokens:
            if left and not self._known.is_taken_as_typed(token):
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
        return self.read(whole) if self._beside.in_phrases(whole) - kept_apart else None

    def _together_again(self, tokens, kept_apart):
        """Join what can be seen to be one word only now that it is corrected."""
        joined = self._known.joiner.together(tokens, kept_apart)
        for token in joined:
            if token not in tokens:
                self._as_known(token)
                token.display = self.corrector.display_of(token.meant)
                token.parts = (
                    () if token.is_known else tuple(self._known.compounds.split(token.meant))
                )
        return joined

    def _transliterate(self, tokens):
        """Take Latin letters for another script, where half of the words or more may be that."""
        found = {}
        for at, token in enumerate(tokens):
            word = self._transliterations.meant(token.meant)
            if word and token.meant not in self._known.index and not self._may_be_german(token):
                found[at] = word
        unknown = [at for at in found if tokens[at].meant not in self._known.all]
        if unknown and 2 * len(unknown) >= len(tokens):
            for at, word in found.items():  # others, too: "sad" beside "detskiy"
                tokens[at].meant = word

    def _are_hardly_german(self, tokens):
        """Whether hardly a word of a sentence is German: then none is an error of a German one."""
        telling = [one for one in tokens if len(one.meant) >= SHORTEST_TELLING]
        german = sum(
            one.meant in self._known.index
            or one.meant in STOP_WORDS[GERMAN]
            or is_german(one.word.text)
            for one in telling
        )
        return len(tokens) >= FEWEST_UNKNOWN and german <= HARDLY_GERMAN * len(telling)

    def _may_be_german(self, token):
        if is_german(token.word.text) or len(self._known.joiner.apart(token)) > 1:
            return True
        return any(one.cost < ANY_ERROR for one in self.corrector.meant_joined(token.meant))

    def _read_unknown(self, token, looks_foreign, is_taken_apart):
        """Return as what a word that nobody wrote before was meant: a compound, or an error.

        What was taken apart once is not again: it could go on for ever.
        """
        if looks_foreign:
            return [self._read_foreign(token)]
        parts, meant = self._known.compounds.split(token.meant), self.corrector.meant(token)
        if self._is_error(parts, meant, token):
            self._known.correct(token, meant[0].folded)
        elif token.is_known:
            return [token]
        elif len(apart := self._known.joiner.apart(token)) > 1:
            return [self._as_known(piece) for piece in apart]
        elif len(parts) > 1:
            token.parts = tuple(parts)
        elif meant and meant[0].cost < SURE and len(token.meant) >= LETTERS_FOR_A_SURE_ERROR:
            self._known.correct(token, meant[0].folded)
        elif self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)  # if it is in no phrase after all
        elif meant:
            self._known.correct(token, meant[0].folded)
        elif self._may_be_split(token) and not is_taken_apart:
            return self._split_with_error(token)
        return [token]

    def _read_foreign(self, token):
        meant = self.corrector.meant_abroad(token.meant)
        likely = [one for one in self.corrector.meant(token) if one.cost < SURE]
        if self._is_inflected(token.meant):
            token.others = tuple(one.folded for one in meant)
        elif meant:
            self._known.correct(token, meant[0].folded)
        elif likely and self._helps(likely[0], token):
            self._known.correct(token, likely[0].folded)
        return token

    def _helps(self, meant, token):
        """Whether a word is in offers, or in parts, or a German one that only looks foreign."""
        if not has_german_letters(token.word.text) and meant.cost <= SAME_AS_HEARD:
            return is_german(meant.folded)
        is_long = len(token.meant) >= SHORTEST_FOREIGN
        is_there = meant.folded in self._known.index or bool(
            self._known.compounds.split(meant.folded)
        )
        return is_long and is_there

    def _as_known(self, token):
        token.is_known = self._known.is_in_offers(token.meant)
        token.foreign = Foreign.NOT
        return token

    def _is_inflected(self, folded):
        """Whether a word is a form of a known one; a Latin one may be a mistyped German one."""
        is_latin = folded[0] <= LAST_LATIN
        return self._known.phrases.has_form(folded, is_whole=is_latin)

    def _is_error(self, parts, meant, token):
        """Whether a word is rather a mistyped one than a compound of such parts."""
        if meant and meant[0].cost < VERY_SURE:
            return True
        if not meant or len(parts) < len(("kinder", "garten")):
            return bool(meant) and meant[0].cost < SURE and not token.is_known
        is_the_same = meant[0].folded.startswith(parts[0]) and meant[0].folded.endswith(parts[-1])
        is_exact = all(map(self._known.joiner.is_word, parts))
        if not is_exact and meant[0].cost < ANY_ERROR:
            return True
        is_sure = is_exact and not is_the_same and min(map(len, parts)) >= SURE_PART
        return meant[0].cost < SURE and not is_sure

    def _may_be_split(self, token):
        is_long = len(token.meant) >= LETTERS_FOR_A_SPLIT_WITH_ERROR
        return is_long and not is_german(token.word.text)

    def _split_with_error(self, token):
        """Take a word for a compound of which one part is mistyped: "Kinderschwimkurs"."""
        compounds, likely = self._known.compounds, []
        for at in range(SHORTEST_PART, len(token.meant) - SHORTEST_PART + 1):
            first, last = token.meant[:at], token.meant[at:]
            is_long = len(last) >= LETTERS_FOR_A_SURE_ERROR
            is_compound = compounds.is_part(first) or bool(compounds.split(first))
            if is_compound or (is_long and is_german(first)):
                likely += [
                    (one.cost, first, "", one.folded) for one in self.corrector.part_meant(last)
                ]
            if compounds.is_part(last) or last in SAID_BESIDE:
                for link in LINKS:
                    part = first.removesuffix(link)
                    if part + link == first:
                        meant = self.corrector.part_meant(part)
                        likely += [(one.cost, one.folded, link, last) for one in meant]
        cost, *pieces = min(likely, default=(ANY_ERROR,))
        if cost >= ANY_ERROR:
            return [token]
        first, link, last = pieces
        if self._known.is_word(first + link):  # what was found is a stem, and that was no link
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


def _take_endings_from_names(tokens, names):
    """Take a name for itself without the ending that Turkish sets behind it: "Herne'de"."""
    for token in tokens:
        name = fold(APOSTROPHE.split(token.word.text)[0])
        if name in names:
            token.meant = name


def _in_place_of(token, pieces):
    """Return the words that a mistyped one was meant as, each where a part of that stands."""
    end = token.word.end
    starts = [min(token.word.start + one.word.start - pieces[0].word.start, end) for one in pieces]
    return [
        replace(one, word=replace(one.word, start=start, end=until), display=one.word.text)
        for one, start, until in zip(pieces, starts, [*starts[1:], end], strict=True)
    ]
