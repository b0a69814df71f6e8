"""Phrases of one or several words, found in what somebody wrote in words of their own.

All words of a phrase have to be there, in any order and with little between. They may be
inflected: German ones meet in a root, those of other languages in their beginning.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from .folding import words
from .inflection import (
    LETTERS_IN_COMMON,
    NEGATIONS,
    NOT,
    SAME,
    SAME_ABROAD,
    is_inflection,
    key_of,
    root,
)
from .stop_words import ANY_LANGUAGE, COMMON_WORDS, FAINT_WORDS, STOP_WORDS
from .tokens import Foreign

GERMAN = "de"
MOST_BETWEEN = 3  # words that matter and stand between the words of one phrase
WITHOUT = "ohne"
FOR_SOME_CHILDREN = frozenset({"madchen", "jungs"})
UMLAUTS = frozenset("äöü")
# How well a word fits that is not there letter by letter.
INFLECTED, APART, PART, OTHERWISE_CORRECTED = 0.95, 0.9, 0.8, 0.7
MODIFIER = 0.6  # "gewaltfrei" is hardly "Gewalt"
# Of what these stand between, neither is a part of the other.
BESIDE = frozenset({"mit", "und", "oder", "ohne"})
ARABIC_BEGINNING = re.compile("^(?:[وفبكل]?ال|لل|[وبل])(?=.{3})")


def _key_in_a_phrase(folded):
    """Return the key of a word of a phrase: what is for girls is not for a son."""
    return root(folded) if folded in FOR_SOME_CHILDREN else key_of(folded)


def key_alone(folded):
    """Return the key of a word that is all of a phrase: there a son is no child."""
    return f"'{root(folded)}"


def key_as_it_stands(folded):
    """Return the key of a word that is all of a phrase in quotation marks: "Wehen", not "weh"."""
    return f'"{folded}'


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and what it stands for; ``keys`` are the words that have to be there."""

    text: str
    language: str
    means: object
    keys: tuple[str, ...]
    is_strict: bool  # its words have to follow each other
    quality: float = 1.0

    def may_be_said_by(self, token, marks):
        """Whether a token with such ``marks`` may stand for a word of this phrase.

        Not if only the marks differ: "hört" is no "Hort". Nor does a compound deny what its
        part does: "Familienleben ohne Stress" is far from "nicht leben".
        """
        if token.parts and NOT in self.keys:
            return False
        spelled = _spellings(self.text).get(token.word.folded)
        return not marks or spelled is None or marks <= spelled


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a query: at which tokens, and how well they fit, 1 is letter by letter."""

    phrase: Phrase
    positions: tuple[int, ...]
    quality: float


class Phrases:
    """Phrases by their words. ``entries`` are triples of text, language, and what it means.

    ``split`` tells the parts of a compound: "hausaufgaben" and "hilfe" say the same apart.
    """

    def __init__(self, entries, split=lambda _folded: []):
        self.phrases, self._lengths = [], []
        self.words = set()
        self.whole = set()  # words that are a phrase of their own
        self.german_words, self.foreign_words = set(), set()
        self._with = defaultdict(list)
        self._foreign = defaultdict(dict)
        for text, language, means in entries:
            self._add(text, language, means)
        for phrase in list(self.phrases):
            if phrase.language == GERMAN and len(phrase.keys) == 1:
                self._add_split(phrase, split)

    def _add(self, text, language, means):
        said, is_strict = _words_that_matter(text, language)
        self.words.update(said)
        self.whole.update(said if len(said) == 1 else ())
        if language == GERMAN:
            self.german_words.update(said)
            alone = key_as_it_stands if text.startswith('"') else key_alone
            keys = [alone(said[0])] if len(said) == 1 else map(_key_in_a_phrase, said)
        else:
            keys = map(_foreign_key, said)
            self.foreign_words.update(said)
            for folded in said:
                self._foreign[folded[:LETTERS_IN_COMMON]][folded] = language
        if said:
            self._store(Phrase(text, language, means, tuple(dict.fromkeys(keys)), is_strict))

    def _add_split(self, phrase, split):
        """Let a compound be found where its parts are written apart, side by side."""
        parts = split(words(phrase.text)[0].folded)
        if len(parts) > 1:
            keys = tuple(dict.fromkeys(map(key_of, parts)))
            self._store(Phrase(phrase.text, GERMAN, phrase.means, keys, True, APART))

    def _store(self, phrase):
        for key in phrase.keys:
            self._with[key].append(len(self.phrases))
        self.phrases.append(phrase)
        self._lengths.append(len(phrase.keys))

    def found_in(self, tokens, most_between=MOST_BETWEEN):
        """Return every phrase whose words are all there, the longest and surest first."""
        fits = defaultdict(dict)
        keys_of = [self._keys_of(token) for token in tokens]
        whole = self._whole_with({key for keys in keys_of for key in keys})
        for at, token in enumerate(tokens):
            marks = UMLAUTS.intersection(token.word.text.casefold())
            denied = self._with_what_follows(tokens, at) if token.meant == WITHOUT else None
            for key, quality in keys_of[at].items():
                for number in whole.get(key, ()):
                    if denied is not None and number not in denied:
                        continue
                    if self.phrases[number].may_be_said_by(token, marks):
                        fits[number].setdefault(key, []).append((at, quality))
        matters = [not _is_filler(token.meant, GERMAN) for token in tokens]
        found = []
        for number, by_key in fits.items():
            phrase = self.phrases[number]
            if len(by_key) == len(phrase.keys):
                found += _closest(phrase, by_key, tokens, matters, most_between)
        found.sort(key=lambda one: (-len(one.positions), -one.quality, one.phrase.text))
        return found

    def _whole_with(self, keys):
        """Return the numbers of phrases all whose keys are among these, by key: some of the
        hundreds that one frequent word begins."""
        there = Counter()
        for key in keys:
            there.update(self._with.get(key, ()))
        whole = defaultdict(list)
        for number in sorted(n for n, count in there.items() if count == self._lengths[n]):
            for key in self.phrases[number].keys:
                whole[key].append(number)
        return whole

    def _with_what_follows(self, tokens, at):
        """Return the numbers of phrases with the next word that matters: "leben ohne Auto"."""
        matters = (one for one in tokens[at + 1 :] if not _is_filler(one.meant, GERMAN))
        following = next(matters, None)
        keys = self._keys_of(following) if following else ()
        return {number for key in keys for number in self._with.get(key, ())}

    def has_form(self, folded, *, is_whole=False):
        """Whether a word is a form of one in a phrase, in any language.

        ``is_whole`` asks for a foreign word with nothing but an ending.
        """
        of_its_own = key_of(folded), key_alone(folded), key_as_it_stands(folded)
        if any(key in self._with for key in of_its_own):
            return True
        form = ARABIC_BEGINNING.sub("", folded)
        near = self._foreign.get(form[:LETTERS_IN_COMMON], {})
        return any(
            is_inflection(form, word, language) and (not is_whole or form.startswith(word))
            for word, language in near.items()
        )

    def _keys_of(self, token):
        """Return the keys that a token fits, each with how well it does."""
        keys = {}
        self._add_keys(keys, token.meant, token, 1.0)
        for other in token.others:
            self._add_keys(keys, other, token, OTHERWISE_CORRECTED)
        for part in token.parts:
            is_head = part == token.parts[-1]
            self._add_keys(keys, part, token, PART if is_head else MODIFIER)
            if part in COMMON_WORDS:  # an "Englischkurs" is not what "Kurs" alone means
                keys.pop(key_alone(part), None)
        return keys

    def _add_keys(self, keys, folded, token, quality):
        is_written_so = folded in self.words
        if is_written_so or not _is_filler(folded, GERMAN) or folded in SAME:
            alone = key_alone(folded), key_as_it_stands(folded)
            for key in (key_of(folded), *alone, root(folded)):
                _keep_best(keys, key, quality * (1.0 if is_written_so else INFLECTED))
        if token.foreign is Foreign.NOT:
            return
        is_exact = token.is_known or _is_filler(folded, GERMAN) or token.foreign is Foreign.EXACT
        for form in {folded, ARABIC_BEGINNING.sub("", folded)}:
            for word, language in self._foreign.get(form[:LETTERS_IN_COMMON], {}).items():
                if form == word:
                    _keep_best(keys, _foreign_key(word), quality)
                elif not is_exact and is_inflection(form, word, language):
                    _keep_best(keys, _foreign_key(word), quality * INFLECTED)


@lru_cache(maxsize=50_000)  # read anew with every change of any word, and the same nearly always
def _words_that_matter(text, language):
    """Return the words of a phrase, and whether they have to stand as they are.

    Fillers do not matter, unless they are all that makes it a phrase: "nach der Grundschule",
    "Kind kann nicht". In quotation marks every word stands as it is: "nichts zu essen" is
    hunger, "will nicht essen" is not.
    """
    said = tuple(word.folded for word in words(text))
    if text.startswith('"'):
        return said, True
    content = tuple(folded for folded in said if not _is_filler(folded, language))
    is_vague = FAINT_WORDS.union(NEGATIONS).issuperset(content)
    is_strict = len(content) < min(len(said), 2) or (is_vague and len(said) > 1)
    return (said if is_strict else content), is_strict


@lru_cache(maxsize=50_000)
def _spellings(text):
    """Return the letters of each word of a phrase as it is spelled, by its folded form."""
    return {word.folded: frozenset(word.text.casefold()) for word in words(text)}


def _foreign_key(folded):
    return f"={SAME_ABROAD.get(folded, folded)}"


def _is_filler(folded, language):
    return folded in STOP_WORDS.get(language, ANY_LANGUAGE)


def _keep_best(keys, key, quality):
    keys[key] = max(quality, keys.get(key, 0))


def _closest(phrase, by_key, tokens, matters, most_between):
    """Return the phrase where its words stand closest together, in a list; [] if too far."""
    best = None
    for start, _quality in next(iter(by_key.values())):
        chosen = [
            min(by_key[key], key=lambda place: (abs(place[0] - start), -place[1]))
            for key in phrase.keys
        ]
        places = [at for at, _quality in chosen]
        positions = tuple(sorted(set(places)))
        between = sum(matters[positions[0] : positions[-1] + 1])
        between -= sum(matters[at] for at in positions)
        quality = min(quality for _at, quality in chosen) * phrase.quality
        rank = (len(positions), -between, quality)
        if best is None or rank > best[0]:
            best = rank, places, Found(phrase, positions, quality)
    (count, between, _quality), places, found = best
    if phrase.is_strict and count > 1:
        fits = _follow_each_other(places, phrase, tokens) and not between
    else:
        fits = -between <= most_between
    return [found] if fits and count in {1, len(phrase.keys)} else []


def _follow_each_other(places, phrase, tokens):
    """Whether the words stand in their order, or a split compound's the other way round."""
    if places == list(range(places[0], places[0] + len(places))):
        return True
    if phrase.quality != APART or places != sorted(places, reverse=True):
        return False
    return not any(token.meant in BESIDE for token in tokens[places[-1] : places[0]])
