"""The stems of the index that answer a word, each with how well it does."""

from .folding import words
from .stemming import stem
from .stop_words import FAINT_WORDS, is_stop_word

STEM, TOGETHER = 0.95, 0.8
HEAD_ALONE, MODIFIER_ALONE = 0.45, 0.3
MOST_OF_A_PART = 6


class Answers:
    """What answers words, from the ``words`` of a vocabulary and its ``compounds``.

    An answer is a pair of stems that have to stand in an offer together, and a weight.
    """

    def __init__(self, known, compounds):
        self._known = known
        self._compounds = compounds
        self._stems = compounds.stems

    def stem_of(self, folded):
        word = self._known.get(folded)
        return word.stem if word else stem(folded)

    def is_known(self, folded):
        return folded in self._known or stem(folded) in self._stems

    def of_word(self, folded):
        """Return the answers to a folded word as a dict of stems to weight."""
        own = self.stem_of(folded)
        found = {}
        if own in self._stems:
            found[(own,)] = 1.0 if folded in self._known else STEM
        for one in self._compounds.containing(folded, own):
            found.setdefault((one.stem,), one.weight)
        parts = self._compounds.split(folded)
        if len(parts) > 1:
            for stems, weight in self._of_parts(parts).items():
                found.setdefault(stems, weight)
        return found

    def _of_parts(self, parts):
        """Answers to a compound: all of its parts, or the last, or only one of the others."""
        found = {}
        if all(self.stem_of(part) in self._stems for part in parts):
            found[self.rarest_first(map(self.stem_of, parts))] = TOGETHER
        *modifiers, head = parts
        for heading in self._compounds.containing(head, self.stem_of(head))[:MOST_OF_A_PART]:
            stems = [self.stem_of(part) for part in modifiers]
            if all(one in self._stems for one in stems):
                found.setdefault(self.rarest_first([heading.stem, *stems]), TOGETHER * 0.9)
        for part, weight in [(head, HEAD_ALONE), *((one, MODIFIER_ALONE) for one in modifiers)]:
            if part not in FAINT_WORDS and self.stem_of(part) in self._stems:
                found.setdefault((self.stem_of(part),), weight)
        return found

    def of_phrase(self, text):
        """Return the answers to a term or a phrase that means the same, all its words together."""
        content = [word.folded for word in words(text) if not is_stop_word(word.folded)]
        if len(content) == 1:
            return self.of_word(content[0])
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
