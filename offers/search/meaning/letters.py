"""How alike texts are spelled: by the groups of letters they share, rare ones counting more.

Beside their meaning, because the encoder knows sixteen languages, and nobody types without slips.
The groups of many texts are held as plain arrays, so that processes can share them.
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

LENGTHS = (3, 4, 5)
NO_LETTERS = re.compile(r"[^\w]+")
BETWEEN = "\n"  # stands between texts, and in none
FACTOR = np.uint32(1_000_003)


@dataclass(frozen=True)
class Spellings:
    """Which groups of letters stand in which of some texts.

    ``groups`` are numbers in ascending order; those texts that have group n stand in ``rows``
    between ``starts[n]`` and ``starts[n + 1]``. ``rarities`` are by group, ``lengths`` by text.
    """

    groups: np.ndarray
    starts: np.ndarray
    rows: np.ndarray
    rarities: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, texts, common=None):
        """Return the spellings of texts; what is rare is told by ``common`` ones if there are."""
        texts_of, groups_of = _groups(texts)
        starts = np.flatnonzero(_is_new(groups_of))
        groups, starts = groups_of[starts], np.append(starts, len(groups_of))
        if common is None:
            rarities = np.log(max(len(texts), 2) / np.diff(starts)).astype(np.float32)
        else:
            rarities = common.rarities_of(groups)
        squares = np.repeat(rarities**2, np.diff(starts))
        lengths = np.sqrt(np.bincount(texts_of, squares, len(texts)))
        return cls(
            groups,
            starts.astype(np.int32),
            texts_of.astype(np.int32),
            rarities,
            np.maximum(lengths, 1e-6).astype(np.float32),
        )

    def rarities_of(self, groups):
        """Return how rare each of some groups is here; what is nowhere is rarest."""
        found, at = self._find(groups)
        unknown = np.float32(np.log(max(len(self.lengths), 2)))
        return np.where(found, self.rarities[at] if len(self.groups) else unknown, unknown)

    def likeness(self, text, common=None):
        """Return for each text how alike another is spelled: 1 for the same, 0 for no group."""
        _text, groups = _groups([text])
        length = np.sqrt(((common or self).rarities_of(groups) ** 2).sum())
        found, at = self._find(groups)
        at = at[found]
        if not len(at):
            return np.zeros(len(self.lengths), np.float32)
        first, last = self.starts[at], self.starts[at + 1]
        rows = np.concatenate([self.rows[a:b] for a, b in zip(first, last, strict=True)])
        squares = np.repeat(self.rarities[at] ** 2, last - first)
        shared = np.bincount(rows, squares, len(self.lengths))
        return (shared / (self.lengths * length)).astype(np.float32)

    def _find(self, groups):
        """Return which groups stand here, and where."""
        if not len(self.groups):
            return np.zeros(len(groups), bool), np.zeros(len(groups), int)
        at = np.minimum(np.searchsorted(self.groups, groups), len(self.groups) - 1)
        return self.groups[at] == groups, at


def _groups(texts):
    """Return the runs of three to five letters of texts, each once a text, in ascending order.

    As two arrays: the number of the text, and that of the group.
    """
    letters = np.frombuffer(
        BETWEEN.join(["", *map(_plain, texts), ""]).encode("utf-32-le"), dtype=np.uint32
    )
    is_between = letters == ord(BETWEEN)
    text_of = np.cumsum(is_between) - 1
    found = []
    for length in LENGTHS:
        number = np.zeros(max(len(letters) - length + 1, 0), np.uint32)
        crosses = np.zeros(len(number), bool)
        for at in range(length):
            number = number * FACTOR + letters[at : at + len(number)]
            crosses |= is_between[at : at + len(number)]
        pairs = number.astype(np.uint64) << np.uint64(32) | text_of[: len(number)].astype(np.uint64)
        found.append(pairs[~crosses])
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[_is_new(pairs)]
    return (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32), (pairs >> np.uint64(32)).astype(
        np.uint32
    )


def _is_new(ordered):
    """Return where in an ordered array another value begins."""
    return np.append(np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1])


def _plain(text):
    """Return a text in letters without marks, with a blank around and between its words."""
    plain = NO_LETTERS.sub(" ", f" {text} ")
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
