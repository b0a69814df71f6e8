"""Many words in the order of their beginnings and of their ends.

Neighbours in either order begin or end alike, so words that share an end are found without
looking at the others.
"""

from bisect import bisect_left
from itertools import islice

LAST = "\U0010ffff"


class WordList:
    """Looks words up by how they begin and how they end."""

    def __init__(self, words):
        self._forward = sorted(words)
        self._backward = sorted([word[::-1] for word in self._forward])

    def starting(self, beginning, most=None):
        """Yield the words that begin so, at most so many."""
        first = bisect_left(self._forward, beginning)
        last = bisect_left(self._forward, beginning + LAST, first)
        return islice(self._forward, first, last if most is None else min(last, first + most))

    def ending(self, end, most=None):
        """Yield the words that end so, at most so many."""
        backward = end[::-1]
        first = bisect_left(self._backward, backward)
        last = bisect_left(self._backward, backward + LAST, first)
        last = last if most is None else min(last, first + most)
        return (word[::-1] for word in islice(self._backward, first, last))
