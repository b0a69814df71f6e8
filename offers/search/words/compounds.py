"""Compounds, joined or in their parts, against the words that are known.

German joins what other languages write apart, and people write apart what German joins:
"Kinderschwimmkurs" is a "Schwimmkurs", "Hausaufgaben betreuung" is one word, and
"Beratung Schwangerschaft" is a "Schwangerschaftsberatung".
"""

from dataclasses import dataclass

from .stemming import stem
from .stop_words import STOP_WORDS
from .word_list import WordList

LINKS = ("", "s", "n", "en", "es", "e", "er", "ens")
SHORTEST_PART = 4
SHORTEST_SURE_PART = 5  # a shorter one counts only where the rest is a word too
SHORTEST_REST = 3
MOST_CONTAINING = 24
MOST_LOOKED_AT = 500  # words that end or begin with a part, of which there are ever more
AS_HEAD, AS_LONG_MODIFIER, AS_MODIFIER, INSIDE = 0.85, 0.82, 0.7, 0.55
LONG_MODIFIER = 6
BEFORE_VERBS = frozenset({"vor"})  # "vorlesen" is "lesen"
_ENDINGS_THAT_ARE_NO_HEAD = frozenset({"ung", "heit", "keit", "schaft", "lich", "isch", "ern"})


@dataclass(frozen=True, slots=True)
class Containing:
    """A stem that contains a word as one of its parts; ``weight`` says how much of it it is."""

    stem: str
    weight: float


class Compounds:
    """Looks for parts in known words and for known words in what was typed.

    ``words`` are the ``KnownWord`` of the index by folded form; ``others`` are folded words
    known from elsewhere, such as synonyms, that count as parts.
    """

    def __init__(self, words, others=()):
        self.stems = {}
        for word in words.values():
            self.stems[word.stem] = max(word.document_count, self.stems.get(word.stem, 0))
        self._words = words
        self._others = {part for part in others if part.isalpha()}
        self._by_end = WordList(words)
        self._stems_by_end = WordList(self.stems)
        self._text = "\n".join(["", *self.stems, ""])

    def is_word(self, text):
        """Whether a text is a known word as it is, and more than a filler."""
        if text in STOP_WORDS["de"]:
            return False
        return text in self._words or text in self.stems or text in self._others

    def containing(self, folded, its_stem):
        """Return the stems of which a word is a part, the most like it first."""
        part = its_stem if len(its_stem) >= SHORTEST_PART else folded
        if len(part) < SHORTEST_PART:
            return []
        weights = {}
        for form in self._by_end.ending(folded, MOST_LOOKED_AT):
            if self._is_a_word(form.removesuffix(folded), folded, is_before=True):
                weights[self._words[form].stem] = AS_HEAD
        for form in self._stems_by_end.ending(part, MOST_LOOKED_AT):
            if self._is_a_word(form.removesuffix(part), part, is_before=True):
                weights[form] = AS_HEAD
        as_modifier = AS_LONG_MODIFIER if len(part) >= LONG_MODIFIER else AS_MODIFIER
        for form in self._by_end.starting(part, MOST_LOOKED_AT):
            of = self._words[form].stem
            if of not in weights and self._is_a_word(form[len(part) :], part, is_before=False):
                weights[of] = as_modifier
        weights.pop(its_stem, None)
        found = [Containing(of, weight) for of, weight in weights.items()]
        found.sort(key=lambda one: (-one.weight, -self.stems[one.stem], one.stem))
        return found[:MOST_CONTAINING]

    def _is_a_word(self, rest, part, *, is_before):
        """Whether what a compound has beside a part may be a word of its own."""
        if len(rest) < SHORTEST_REST or rest in _ENDINGS_THAT_ARE_NO_HEAD:
            return False
        if is_before and rest in BEFORE_VERBS:
            return True
        if is_before and any(self.is_word(rest.removesuffix(link)) for link in LINKS):
            return True
        if not is_before:
            for link in LINKS:
                if rest.startswith(link) and self.is_part(rest[len(link) :]):
                    return True
        return len(part) >= SHORTEST_SURE_PART and len(rest) > SHORTEST_REST

    def inside(self, its_stem):
        """Return stems in the middle of which a stem stands: "Schwangerschaftskonfliktberatung"."""
        found = []
        at = self._text.find(its_stem) if len(its_stem) > SHORTEST_SURE_PART else -1
        while at >= 0 and len(found) < MOST_CONTAINING:
            start = self._text.rfind("\n", 0, at) + 1
            end = self._text.index("\n", at)
            if start < at and at + len(its_stem) < end:
                found.append(Containing(self._text[start:end], INSIDE))
            at = self._text.find(its_stem, end)
        return found

    def is_part(self, text):
        """Whether a text is a known word, or a form of one, that may be part of a compound."""
        if len(text) < SHORTEST_REST or text in STOP_WORDS["de"]:
            return False
        return self.is_word(text) or stem(text) in self.stems

    def split(self, folded):
        """Return the known parts of a compound without what links them; [] if it is none."""
        if len(folded) < SHORTEST_PART + SHORTEST_REST or not folded.isalpha():
            return []
        best = []
        for at in range(len(folded) - SHORTEST_REST, SHORTEST_REST - 1, -1):
            rest = folded[at:]
            if not self.is_part(rest):
                continue
            before = self._modifier(folded[:at])
            parts = [before, rest] if before else [*self.split(folded[:at]), rest]
            if len(parts) > 1 and _is_better(parts, best):
                best = parts
        return best

    def _modifier(self, text):
        """Return the known word that a beginning of a compound is, without its link."""
        for link in LINKS:
            part = text.removesuffix(link)
            if (not link or part != text) and self.is_part(part):
                return part
        return ""

    def known_ends(self, folded):
        """Return the longest known beginning and end of a word that is no compound of both.

        Empty texts where there are none: "schulranzen" begins with "schul".
        """
        ends = range(len(folded) - SHORTEST_PART, SHORTEST_SURE_PART - 1, -1)
        first = next((folded[:at] for at in ends if self.is_part(folded[:at])), "")
        starts = range(SHORTEST_PART, len(folded) - SHORTEST_SURE_PART)
        last = next((folded[at:] for at in starts if self.is_part(folded[at:])), "")
        return first, last

    def joined(self, before, after, known):
        """Return the known word that two words make, with a link or without; "" if none is."""
        words = (before + link + after for link in LINKS)
        return next((word for word in words if word in known), "")


def _is_better(parts, best):
    """Fewer parts are likelier, and of as many the more even ones."""
    if not best:
        return True
    return (len(parts), -min(map(len, parts))) < (len(best), -min(map(len, best)))
