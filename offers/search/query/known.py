"""Which words are known, and which need none of what reading makes of others."""

from kekiz_portal.lib.german_words import is_german
from offers.search.words.foreign import Looks
from offers.search.words.inflection import SAME, VERBS
from offers.search.words.joining import Joiner
from offers.search.words.phrases import GERMAN, UMLAUTS
from offers.search.words.stemming import stem
from offers.search.words.stop_words import ANY_LANGUAGE, FAINT_WORDS, SPELLED_STOP_WORDS, STOP_WORDS

from .correcting import Corrector
from .spoken_conditions import WORDS as CONDITION_WORDS

# Everyday words that are no errors, though no list of German words has them.
NO_ERRORS = frozenset({"iphone"})


class Known:
    """The words of offers, phrases and places of a ``vocabulary``, and who knows them."""

    def __init__(self, vocabulary):
        self.index = vocabulary.words
        self.compounds = vocabulary.compounds
        self.phrases = vocabulary.phrases
        self.places = places = vocabulary.place_names.words
        whole = CONDITION_WORDS | places | self.phrases.whole
        in_phrases = FAINT_WORDS | self.phrases.words
        self.spoken = whole | in_phrases | ANY_LANGUAGE | SAME.keys() | VERBS.keys()
        self.spoken |= vocabulary.danger_signs.words | NO_ERRORS
        self.all = self.spoken | self.index.keys()
        german = self.index.keys() | self.phrases.german_words | places
        self.looks = Looks(german, self.phrases.foreign_words)
        self.corrector = Corrector(vocabulary, self.looks)
        frequencies = self.corrector.frequencies
        joinable = self.index.keys() | self.phrases.words
        self.joiner = Joiner({word: frequencies.get(word, 0) for word in joinable}, self.compounds)

    def is_in_offers(self, folded):
        """Whether offers say a folded word, or another form of it."""
        return folded in self.index or stem(folded) in self.compounds.stems

    def is_word(self, folded):
        """Whether a folded word is known, or is none that could be mistyped, such as a number."""
        if self.is_in_offers(folded) or folded in self.spoken:
            return True
        return not folded.isalpha()

    def is_taken_as_typed(self, token):
        """Whether a token is a word, and not only without the marks it was typed with."""
        typed = token.word.text.casefold()
        is_filler = token.meant in STOP_WORDS[GERMAN] and token.meant not in self.index
        if is_filler and not UMLAUTS.isdisjoint(typed) and typed not in SPELLED_STOP_WORDS:
            return False
        if token.meant in self.index or token.meant in self.spoken:
            return True
        if not token.meant.isalpha():
            return not self.joiner.has_a_number(token.meant)
        return self.is_in_offers(token.meant) and is_german(token.word.text)

    def correct(self, token, folded):
        """Take a token for another word, given as folded, and read it anew."""
        token.meant = folded
        token.foreign = self.looks.reading_of_word(token.meant)
        token.display = self.corrector.display_of(token.meant)
        token.is_known = self.is_in_offers(token.meant)
        if not self.is_word(token.meant):
            token.parts = tuple(self.compounds.split(token.meant))
