"""Institutions, topics and phases that a query calls by their names."""

from collections import Counter, defaultdict

from .folding import words
from .stemming import stem
from .stop_words import ANY_LANGUAGE

MOST_NAMED = 5
MEANT_BY_SHARE = 0.5  # of the words of a name, the more telling counting more


class Names:
    """Finds what is named among ``Named``s; ``ignored`` words are in every second name."""

    def __init__(self, named, ignored=()):
        self._telling = {}
        self._with = defaultdict(list)
        ignored = {stem(word) for word in ignored} | ANY_LANGUAGE
        for one in named:
            self._telling[_key(one)] = _stems(one.name.partition("(")[0]) - ignored
            for each in _stems(one.name) - ignored:
                self._with[each].append(_key(one))

    def meant_by(self, stems):
        """Return the keys of what a few stems name, the best named first.

        All the stems have to be in the name, and to be the more telling half of what of it
        stands before any bracket.
        """
        hits = Counter(key for each in stems for key in self._with.get(each, ()))
        found = []
        for key, count in hits.items():
            telling = {each: 1 / len(self._with[each]) for each in self._telling[key]}
            share = sum(telling[each] for each in stems if each in telling)
            share /= sum(telling.values()) or 1
            if count == len(stems) and share >= MEANT_BY_SHARE:
                found.append((-share, key))
        return tuple(key for _share, key in sorted(found)[:MOST_NAMED])


def _stems(name):
    return {stem(word.folded) for word in words(name)}


def _key(one):
    return one.slug if hasattr(one, "slug") else one.key


def named(tokens, spoken, vocabulary):
    """Return the institutions, the topics and the phases that the sought words name."""
    filtered = {at for one in spoken if not one.is_sought for at in one.positions}
    stems = {
        stem(token.meant)
        for at, token in enumerate(tokens)
        if at not in filtered and token.meant not in ANY_LANGUAGE
    }
    if not stems:
        return (), (), ()
    return tuple(
        names.meant_by(stems)
        for names in (
            vocabulary.institution_names,
            vocabulary.topic_names,
            vocabulary.phase_names,
        )
    )
