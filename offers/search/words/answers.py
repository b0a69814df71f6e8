"""The stems of the index that answer a word, each with how well it does."""

from offers.models.offer.delicate import DELICATE

from .folding import HEADS, words
from .stemming import stem
from .stop_words import COMMON_WORDS, FAINT_WORDS, is_stop_word

STEM, TOGETHER, TOGETHER_IN_OTHERS = 0.95, 0.8, 0.5
HEAD_ALONE, MODIFIER_ALONE = 0.45, 0.3
MOST_OF_A_PART = 6
UNASKED = 0.4  # at most: "Schwangerschaft" does not ask for "Schwangerschaftskonfliktberatung"
LONG_END = 8  # letters of an end that says what a compound is, whatever stands before it


class Answers:
    """What answers words, from the ``words`` of a vocabulary and its ``compounds``.

    An answer is a pair of stems that have to stand in an offer together, and a weight.
    """

    def __init__(self, known, compounds):
        self._known = known
        self._compounds = compounds
        self._stems = compounds.stems
        self._of_phrases = {}

    def stem_of(self, folded):
        word = self._known.get(folded)
        return word.stem if word else stem(folded)

    def is_known(self, folded):
        return folded in self._known or stem(folded) in self._stems

    def of_word(self, folded, *, in_parts=True):
        """Return the answers to a folded word as a dict of stems to weight.

        ``in_parts`` allows the parts of a compound to answer where nobody wrote it as one.
        """
        own = self.stem_of(folded)
        found = {}
        if own in self._stems:
            found[(own,)] = 1.0 if folded in self._known else STEM
        containing = self._compounds.containing(folded, own)
        for one in containing + (self._compounds.inside(own) if in_parts else []):
            is_unasked = DELICATE.search(one.stem) and not DELICATE.search(folded)
            found.setdefault((one.stem,), min(one.weight, UNASKED) if is_unasked else one.weight)
        parts = self._compounds.split(folded) if in_parts else []
        if len(parts) > 1:
            for stems, weight in self._of_parts(parts).items():
                found.setdefault(stems, weight)
            if own not in self._stems:
                for stems, weight in self._of_one_part(parts).items():
                    found.setdefault(stems, weight)
        return found or (self._of_ends(folded) if in_parts else {})

    def of_joined(self, first, last):
        """Return the answer to two words that offers write as one, the first one first."""
        word = self._compounds.joined(first, last, self._known)
        return {(self.stem_of(word),): 1.0} if word else {}

    def _of_parts(self, parts):
        """Answers to a compound that was not written as one: all of its parts."""
        *modifiers, head = stems = [self.stem_of(part) for part in parts]
        found = {}
        if not self._stems.keys() >= set(modifiers):
            return found
        if head in self._stems:
            found[self.rarest_first(stems)] = TOGETHER
        if parts[-1] not in COMMON_WORDS or parts[-1] in HEADS:
            # "Suchtberatung" is answered by "Sucht- und Drogenberatung", however rare that is.
            for heading in self._compounds.containing(parts[-1], head):
                found.setdefault(self.rarest_first([heading.stem, *modifiers]), TOGETHER_IN_OTHERS)
        return found

    def _of_one_part(self, parts):
        """Answers to a compound that nobody wrote: the parts that tell it from others.

        What a "Säuglingspflegekurs" is about no other "Kurs" is.
        """
        found = {}
        for part in parts:
            own, weight = self.stem_of(part), MODIFIER_ALONE
            if part in COMMON_WORDS or part in HEADS:
                continue
            if part == parts[-1]:
                weight = HEAD_ALONE
                for one in self._compounds.containing(part, own)[:MOST_OF_A_PART]:
                    found[(one.stem,)] = HEAD_ALONE * one.weight
            if own in self._stems:
                found[(own,)] = weight
        return found

    def _of_ends(self, folded):
        """Answers to a word of which only a long end is known: "Waldkindergarten"."""
        _first, last = self._compounds.known_ends(folded)
        own = self.stem_of(last)
        if len(last) < LONG_END or last in FAINT_WORDS or last in HEADS or own not in self._stems:
            return {}
        return {(own,): HEAD_ALONE}

    def of_phrase(self, text, *, in_parts=False):
        """Return the answers to a known German phrase: all its words together."""
        key = text, in_parts
        if key not in self._of_phrases:
            self._of_phrases[key] = self._find_of_phrase(text, in_parts=in_parts)
        return self._of_phrases[key]

    def _find_of_phrase(self, text, *, in_parts):
        said = [word.folded for word in words(text)]
        content = [folded for folded in said if not is_stop_word(folded)]
        if len(said) == 1:
            return self.of_word(said[0], in_parts=in_parts)
        if len(content) == 1 or FAINT_WORDS.issuperset(content):
            return {}  # "nach der Grundschule", "Kann-Kind": what is left says something else
        best = []
        for folded in content:
            own = self.stem_of(folded)
            if own in self._stems:
                best.append((own, 1.0))
            elif containing := self._compounds.containing(folded, own):
                best.append((containing[0].stem, containing[0].weight))
            elif folded not in FAINT_WORDS:
                return {}
        if not best:
            return {}
        stems, weights = zip(*best, strict=True)
        return {self.rarest_first(stems): min(weights)}

    def rarest_first(self, stems):
        """Return stems with the one that the fewest offers have before the others."""
        found = sorted(dict.fromkeys(stems), key=lambda one: (self._stems.get(one, 0), one))
        return tuple(found)
