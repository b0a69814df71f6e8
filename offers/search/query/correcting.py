"""What mistyped words may have meant, and how those words are written."""

import re
from functools import cached_property

from kekiz_portal.lib.german_words import is_german
from offers.search.words import sounds
from offers.search.words.folding import fold
from offers.search.words.folding import words as words_of
from offers.search.words.foreign import has_german_letters
from offers.search.words.phrases import ARABIC_BEGINNING, GERMAN
from offers.search.words.stemming import stem
from offers.search.words.stop_words import FAINT_WORDS, STOP_WORDS
from offers.search.words.tokens import Foreign
from offers.search.words.typos import HEARD, Meant, Spelling

from .spoken_conditions import WORDS as CONDITION_WORDS

SHORTEST_FOREIGN = 6  # letters from which on a word may be one of another language, mistyped
SHORTEST_STEM = 9  # letters of a stem that tells its word whatever ending that has
SHORTEST_SAME = 5  # letters of a German word that may have been meant as one that sounds the same
SHORTEST_LONG, HARDLY_OTHER = 8, 0.35  # of a longer one that sounds nearly the same
SURE_PART = 5  # letters of a part that is hardly there by chance
MOST_HEARD = 50
# Letters by which newcomers write down what they hear: "Şvimmen", "Gevalt", "Ţanarzt".
_HEARD_AS = {"sch": "şșšś", "tsch": "çčć", "z": "ţț", "g": "ğ", "s": "žźż", "i": "ı"}
AS_HEARD_ABROAD = str.maketrans(
    {letter: as_heard for as_heard, letters in _HEARD_AS.items() for letter in letters}
)
# Where nothing else was meant: letters that stand for one sound in Polish, another in Romanian, and
# a sound that some have no letters for: "Chebame", "Chindergarten", "Suhtberatung".
WRITTEN_ABROAD = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("(?<!s)ch(?=[aeou])", "h"),
        ("(?<!s)ch(?=[ei])|kh", "k"),
        ("gh", "g"),
        ("(?<=[aeiou])h(?![aou])", "ch"),
    )
)
UMLAUT_A = re.compile("ä(?!u)")
HEARD_ALIKE = (("v", "w"), ("w", "v"))
SAME_AS_HEARD = 0.2  # what it costs that only such letters differ


class Corrector:
    """Knows the words of a ``vocabulary`` by their spelling; ``looks`` tells foreign ones.

    Whatever parents write in sentences is no error either, and may have been meant.
    """

    def __init__(self, vocabulary, looks):
        # Not the vocabulary itself, which holds this: two that hold each other go late.
        self._index, self._by_stem = vocabulary.words, vocabulary.by_stem
        self._sentence_words = vocabulary.sentence_words
        self._elsewhere_words = vocabulary.elsewhere_words
        self._synonyms, self._places = vocabulary.synonyms, vocabulary.places
        self._spelling, self._foreign_spelling, self.frequencies = None, None, {}
        self._read(vocabulary.phrases, vocabulary.place_names, looks)

    def _read(self, phrases, place_names, looks):
        whole = CONDITION_WORDS | place_names.words | phrases.whole
        frequencies = dict.fromkeys(FAINT_WORDS | phrases.words, 0) | dict.fromkeys(whole, 1)
        words = self._index.values()
        frequencies.update((word.folded, word.document_count + 1) for word in words)
        for word in STOP_WORDS[GERMAN]:
            frequencies.pop(word, None)
        foreign = {word for word in frequencies if looks.is_foreign(word)}
        self._foreign_spelling = Spelling({word: frequencies[word] for word in foreign})
        german = {word: n for word, n in frequencies.items() if word not in foreign}
        stems = {
            word.stem: word.document_count
            for word in words
            if len(word.stem) >= SHORTEST_STEM and word.folded not in foreign
        }
        spoken = dict.fromkeys(self._sentence_words.keys() - foreign, 0)
        self.frequencies = stems | german
        self._spelling = Spelling(spoken | self.frequencies, self._with_umlauts())

    def _with_umlauts(self):
        """Return as what words with an "ä" are heard, by their folded form: "merchen"."""
        words = self._sentence_words | self._displays
        words |= {word.folded: word.display for word in self._index.values()}
        return {
            folded: fold(heard)
            for folded, text in words.items()
            if (heard := _as_heard(text)) != text.casefold()
        }

    def meant(self, token):
        """Return what a word may have meant; a German word means itself."""
        word = (token.word, token.meant, token.foreign)
        if token.heard[0] != word:
            token.heard = word, self._meant(token)
        return token.heard[1]

    def _meant(self, token):
        if is_german(token.word.text.replace(" ", "")):
            return []
        if not has_german_letters(token.word.text):
            return self.meant_abroad(token.meant) or self._heard_abroad(token.word.text)
        if same := self._written_otherwise(token.meant):
            return [Meant(same, SAME_AS_HEARD)]
        as_typed = fold(token.word.text, written_out=False).replace(" ", "")
        as_heard = fold(_as_heard(token.word.text)).replace(" ", "")
        spellings = dict.fromkeys([token.meant, as_typed, as_heard])
        meant = [one for spelled in spellings for one in self._spelling.meant(spelled)]
        if len(spellings) > 1:
            meant.sort(key=lambda one: one.cost)
        if not meant and token.foreign is Foreign.NEAR:
            meant = self.meant_abroad(token.meant)
        return meant or self._written_abroad(token.meant)

    def _heard_abroad(self, text):
        """Return the German words that somebody wrote with letters of another language."""
        as_heard = text.casefold().translate(AS_HEARD_ABROAD)
        if as_heard == text.casefold() or not has_german_letters(as_heard):
            return []
        folded = fold(as_heard)
        if is_german(as_heard) or self._written_otherwise(folded):
            return [Meant(self._written_otherwise(folded) or folded, SAME_AS_HEARD)]
        return self._spelling.meant(folded)

    def _written_abroad(self, folded):
        """Return what a word may have meant if its letters stand for the sounds of another one."""
        others = {pattern.sub(letters, folded) for pattern, letters in WRITTEN_ABROAD} - {folded}
        known = [Meant(other, HEARD) for other in sorted(others) if self.frequencies.get(other)]
        return known or [one for other in sorted(others) for one in self._spelling.meant(other)]

    def _written_otherwise(self, folded):
        """Return the word of offers that differs by one of these letters only; "" if none."""
        others = (folded.replace(*pair) for pair in HEARD_ALIKE if pair[0] in folded)
        return next((one for one in others if self.frequencies.get(one)), "")

    def meant_abroad(self, folded):
        """Return the words of other languages that a longer one may have meant.

        What leads nowhere is no error: "valutar" is no volunteer.
        """
        if folded in self._elsewhere_words:
            return []
        is_long = len(ARABIC_BEGINNING.sub("", folded)) >= SHORTEST_FOREIGN
        return self._foreign_spelling.meant(folded) if is_long else []

    def meant_joined(self, folded):
        """Return what a text may have meant, whether or not it is a German word itself."""
        return self._spelling.meant(folded)

    def homophone(self, folded):
        """Return the word of offers that sounds exactly like one; "" if none."""
        same = self._spelling.sounding_like(folded)
        return max(same, key=lambda word: (self.frequencies.get(word, 0), word), default="")

    def part_meant(self, part):
        """Return what a part of a word may have meant, with one error at most."""
        return self._spelling.meant(part, most_errors=1) if len(part) >= SURE_PART else []

    def nearest(self, folded, most):
        """Return how the words of offers are written that sound most like one."""
        near = (word for word in self._spelling.nearest(folded, MOST_HEARD) if word in self._index)
        return [self._index[word].display for word in near][:most]

    def sounding_the_same(self, folded):
        """Return how a known word is written that sounds as a German one does; "" if none.

        Not of words that parents use: who writes "Grippe" means no "Krippe".
        """
        if len(folded) < SHORTEST_SAME or folded in self._sentence_words:
            return ""
        same = [
            one
            for one in self._spelling.meant(folded)
            if one.folded != folded
            and self.frequencies.get(one.folded)
            and sounds.distance(one.folded, folded) <= HARDLY_OTHER * (len(folded) >= SHORTEST_LONG)
        ]
        return self.display_of(same[0].folded) if same else ""

    def display_of(self, folded):
        """Return how a known word is written."""
        if word := self._index.get(folded):
            return word.display
        if folded in self._displays:
            return self._displays[folded]
        if forms := self._by_stem.get(stem(folded)):
            return forms[0].display
        return self._sentence_words.get(folded, folded)

    @cached_property
    def _displays(self):
        """How words are written that may not stand in any offer."""
        displays = {}
        texts = [f"{one.phrase} {one.term}" for one in self._synonyms]
        texts += [" ".join([one.name, *one.aliases]) for one in self._places]
        for text in texts:
            for word in words_of(text):
                displays.setdefault(word.folded, word.text)
        return displays


def _as_heard(text):
    """Return a word with the letter that an "ä" sounds like, but not in "äu"."""
    return UMLAUT_A.sub("e", text.casefold())
