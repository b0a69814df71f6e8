"""A small network over sentence vectors and letter groups: one hidden layer, numpy only.

What it holds is shared by all that is asked of a text: the need, and how young who speaks is.
"""

import hashlib
import logging
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from offers.search.meaning import encoding, shared_files
from offers.search.words.letter_groups import hashed

BUCKETS = 2**18  # of letter groups; in fewer, too many of eleven languages meet
# How much each kind of feature weighs before anything is learned; by cross-validation.
VECTOR, GROUPS = 4.0, 1.5

BITS, LARGEST = 4, 7  # of a weight of a letter group
ZERO, LOW = LARGEST + 1, 2**BITS - 1  # what stands for 0, and the bits of the first of two

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Features:
    """The vectors of some texts, and the letter groups of each."""

    vectors: np.ndarray
    groups: list

    @classmethod
    def of(cls, texts):
        """Return the features of texts, in their order; needs an encoder."""
        filled = (hashed(text, BUCKETS) for text in texts)
        groups = [(places, values * GROUPS) for places, values in filled]
        return cls(encoding.encode(texts) * VECTOR, groups)


@dataclass
class Network:
    """Tells which of ``needs`` a text is about and which of ``speakers`` speaks.

    Weights lead from vectors and letter groups to hidden values, and from what of these is above 0
    to a sum for each name. The weights of groups, most of all, are ``packed`` and count ``scale``
    times.
    """

    needs: list
    speakers: list
    of_vectors: np.ndarray
    of_groups: np.ndarray
    hidden_bias: np.ndarray
    of_hidden: np.ndarray
    bias: np.ndarray
    scale: float

    def shares(self, features):
        """Return the shares of needs and of speakers: a row for each text, 1 together."""
        hidden = features.vectors @ self.of_vectors + self.hidden_bias
        for number, (places, values) in enumerate(features.groups):
            hidden[number] += unpacked_sum(values, self.of_groups[places]) * self.scale
        return self.divided(np.maximum(hidden, 0) @ self.of_hidden + self.bias)

    def divided(self, sums):
        """Return the shares that sums of names are."""
        return _softmax(sums[:, : len(self.needs)]), _softmax(sums[:, len(self.needs) :])


def packed(weights):
    """Return whole numbers from -``LARGEST`` to ``LARGEST``, two of a row in a byte."""
    halves = np.split((weights + ZERO).astype(np.uint8), 2, axis=1)
    return halves[0] | halves[1] << BITS


def unpacked_sum(values, rows):
    """Return the sum of some rows of ``packed`` weights, each taken so many times."""
    sums = np.concatenate([values @ half.astype(np.float32) for half in (rows & LOW, rows >> BITS)])
    return sums - values.sum() * ZERO


FIELDS = [field.name for field in fields(Network)]


def _softmax(sums):
    powers = np.exp(sums - sums.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def shares(networks, features):
    """Return the shares of needs and of speakers, as several networks have them in the mean."""
    of_needs, of_speakers = zip(*(one.shares(features) for one in networks), strict=True)
    return np.mean(of_needs, axis=0), np.mean(of_speakers, axis=0)


def read(path, folder):
    """Return the networks of a file, as all processes of a machine map them from a folder.

    Where the folder cannot be written, or what lies there is damaged, this process has its own:
    nobody in need goes unheard for want of memory.
    """

    def arrays():
        with np.load(path) as file:
            return {name: file[name] for name in FIELDS}

    name = hashlib.blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
    try:
        return _networks(shared_files.made_once(folder, name, arrays))
    except shared_files.UNREADABLE as error:
        log.warning("Who is in need is heard by networks of this process alone: %r", error)
        return _networks(arrays())


def _networks(held):
    held |= {name: held[name].tolist() for name in ("needs", "speakers")}
    each = zip(*(held[name] for name in FIELDS), strict=True)
    return [Network(**dict(zip(FIELDS, values, strict=True))) for values in each]
