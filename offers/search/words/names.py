"""Institutions, topics and phases that a query calls by their names."""

import re
from collections import Counter, defaultdict

from .folding import words
from .stemming import stem
from .stop_words import ANY_LANGUAGE

MOST_NAMED = 5
MEANT_BY_SHARE = 0.5  # of the words of a name, the more telling counting more
# As in: Fachbereich Kinder-Jugend-Familie (Jugendamt); Jobcenter Herne - Team Bildung und Teilhabe.
IN_BRACKETS = re.compile(r"\(([^)]*)\)")
BEFORE_A_DASH = re.compile(r"(.+?) [-–] ")


class Names:
    """Finds what is named among ``Named``s; ``ignored`` words are in every second name."""

    def __init__(self, named, ignored=()):
        self._names = {}
        self._with = defaultdict(list)
        ignored = {stem(word) for word in ignored} | ANY_LANGUAGE
        for one in named:
            self._names[_key(one)] = [_stems(name) - ignored for name in _names_in(one.name)]
            for each in _stems(one.name) - ignored:
                self._with[each].append(_key(one))

    def meant_by(self, stems):
        """Return the keys of what a few stems name, the best named first.

        All the stems have to be in the name, and to be the more telling half of one by which
        it goes.
        """
        hits = Counter(key for each in stems for key in self._with.get(each, ()))
        found = []
        for key, count in hits.items():
            share = max(self._share(stems, name) for name in self._names[key])
            if count == len(stems) and share >= MEANT_BY_SHARE:
                found.append((-share, key))
        return tuple(key for _share, key in sorted(found)[:MOST_NAMED])

    def _share(self, stems, name):
        """Return how much of a name a few stems are; none where too many go by the like of it."""
        telling = {each: 1 / len(self._with[each]) for each in name}
        whole = sum(telling.values())
        is_of_few = whole * MOST_NAMED >= 1
        return sum(telling[each] for each in stems & name) / whole if is_of_few else 0


def _names_in(name):
    """Return what one goes by: the words before a bracket or a dash, and each in the bracket."""
    before = name.partition("(")[0]
    short = BEFORE_A_DASH.match(before)
    found = [before, *(short.groups() if short else ())]
    return found + [each for said in IN_BRACKETS.findall(name) for each in said.split(",")]


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
