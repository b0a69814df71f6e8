"""A text as the groups of letters and neighbouring words in it, hashed into few numbers.

Ten languages share one table without a word list: a misspelling, an inflection or a word
typed in other letters still shares most groups with what it was learned from.
"""

from itertools import pairwise
from zlib import crc32

import numpy as np

from .folding import words

SIZES = (2, 3, 4, 5)
SIGN_BIT = 20  # groups that meet in a bucket mostly cancel each other


def hashed(text, buckets):
    """Return which of so many buckets a text fills, and how much, as two arrays of norm 1."""
    filled = {}
    for group in groups(text):
        number = crc32(group.encode())
        sign = 1 if number >> SIGN_BIT & 1 else -1
        filled[number % buckets] = filled.get(number % buckets, 0) + sign
    places = np.fromiter(filled, dtype=np.int64, count=len(filled))
    values = np.fromiter(filled.values(), dtype=np.float32, count=len(filled))
    norm = np.linalg.norm(values)
    return places, values / norm if norm else values


def groups(text):
    """Return the groups of a text, each once: of letters within a word, words, and pairs of words.

    In an order that follows from the text: whoever learns leaves some out by chance, and shall
    learn the same everywhere.
    """
    said = [word.folded for word in words(text)]
    found = dict.fromkeys(f"={word}" for word in said)
    for word in said:
        closed = f" {word} "
        for size in SIZES:
            parts = (closed[at : at + size] for at in range(len(closed) - size + 1))
            found |= dict.fromkeys(parts)
    found |= dict.fromkeys(f"={first} {second}" for first, second in pairwise(said))
    pairs = zip(said, said[2:], strict=False)
    return list(found | dict.fromkeys(f"={first} * {third}" for first, third in pairs))
