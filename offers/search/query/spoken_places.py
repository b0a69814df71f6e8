"""Parts of the city as people write them: "wanne", "Herne Süd", "Röhli", "44649".

The parts and their names are data. Naming the city itself asks for all of it, which is
no filter. A double name of two boroughs is both of them.
"""

from collections import defaultdict

from offers.search.words.folding import words
from offers.search.words.tokens import Spoken

LEVELS = ("borough", "locality", "quarter")  # of parts of one name the largest is meant
CITY, BOROUGH = "city", "borough"
SHORTEST_NICKNAME = 4


class PlaceNames:
    """The names of ``Place``s, in every way they are written."""

    def __init__(self, places):
        self._named = defaultdict(list)
        self._called = defaultdict(list)
        self.city = set()
        self.postal_codes = {code for place in places for code in place.postal_codes}
        for place in places:
            key = _key(place.name)
            if place.level == CITY:
                self.city.update([key, *_adjectives(key)])
            self._add(self._named, key, place)
            for alias in place.aliases:
                self._add(self._called, _key(alias), place)
        self.most_words = max(map(len, [*self._named, *self._called, ()]))
        names = [*self._named, *self._called]
        self.words = {word for key in names for word in key}
        self._beginnings = {key[0] for key in self._named if len(key) == 1}

    @property
    def city_words(self):
        """The folded words that name the whole city."""
        return {word for key in self.city for word in key}

    def _add(self, table, key, place):
        for form in {key, ("".join(key),), *_adjectives(key)}:
            table[form].append(place)

    def spoken_in(self, tokens):
        """Return each part that is ``Spoken`` of; one without a name for the whole city."""
        found, at = [], 0
        while at < len(tokens):
            length, parts = self._longest_at(at, tokens)
            positions = tuple(range(at, at + length))
            found += parts and [Spoken(positions, *part, is_certain=True) for part in parts]
            at += length or 1
        return found

    def _longest_at(self, at, tokens):
        for length in range(min(self.most_words, len(tokens) - at), 0, -1):
            parts = self._parts(tuple(token.meant for token in tokens[at : at + length]))
            if parts:
                return length, parts
        token = tokens[at]
        if token.meant in self.postal_codes:
            return 1, [("plz", token.meant)]
        if not token.is_known:
            return 1, self._nicknamed(token.meant)
        return 0, []

    def _parts(self, key):
        """Return the filters that a name means, [("", "")] if it is the whole city."""
        if key in self.city:
            return [("", "")]
        if key in self._named:
            return [("bezirk", _largest(self._named[key]).slug)]
        boroughs = [self._borough(word) for word in key]
        if len(key) > 1 and all(boroughs):
            return [("bezirk", place.slug) for place in boroughs]
        called = self._called.get(key, [])
        if any(place.level == CITY for place in called):
            return [("", "")]
        return [("bezirk", _largest(called).slug)] if called else []

    def _borough(self, word):
        named = self._named.get((word,), ())
        return next((place for place in named if place.level == BOROUGH), None)

    def _nicknamed(self, word):
        """Return the one part whose name begins like this: "Röhli", "Holster"."""
        if len(word) < SHORTEST_NICKNAME:
            return []
        begun = [name for name in self._beginnings if name.startswith(word)]
        slugs = {_largest(self._named[(name,)]).slug for name in begun}
        return [("bezirk", slugs.pop())] if len(slugs) == 1 else []


def _key(name):
    return tuple(word.folded for word in words(name))


def _adjectives(key):
    """Return how a name of one word is used before others: "Sodinger", "Wanner"."""
    if len(key) != 1:
        return []
    name = key[0]
    return [(name.removesuffix(ending) + "er",) for ending in ("", "e", "en")]


def _largest(places):
    return min(places, key=lambda place: (LEVELS.index(place.level), place.slug))
