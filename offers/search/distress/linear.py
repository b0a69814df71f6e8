"""Linear classifiers over sentence vectors and letter groups: softmax, numpy only."""

from dataclasses import dataclass

import numpy as np

from offers.search.meaning import encoding
from offers.search.words.letter_groups import BUCKETS, hashed

# How much each kind of feature weighs before anything is learned; by cross-validation.
VECTOR, GROUPS = 3.0, 1.5


@dataclass(frozen=True)
class Features:
    """The vectors of some texts, and the letter groups of each."""

    vectors: np.ndarray
    groups: list

    @classmethod
    def of(cls, texts):
        """Return the features of texts, in their order; needs an encoder."""
        groups = [(places, values * GROUPS) for places, values in map(hashed, texts)]
        return cls(encoding.encode(texts) * VECTOR, groups)

    def at(self, numbers):
        """Return the features of the texts with such numbers."""
        return Features(self.vectors[numbers], [self.groups[number] for number in numbers])


@dataclass(frozen=True)
class Classifier:
    """Tells which of ``names`` a text is; a column of the weights for each name."""

    names: list
    of_vectors: np.ndarray
    of_groups: np.ndarray
    bias: np.ndarray

    @classmethod
    def empty(cls, names):
        """Return a classifier that knows nothing yet."""
        size = len(names)
        weights = np.zeros((BUCKETS, size), np.float32)
        return cls(
            names, np.zeros((encoding.DIMENSIONS, size), np.float32), weights, np.zeros(size)
        )

    def shares(self, features):
        """Return a row for each text: the shares of the names, 1 together."""
        sums = features.vectors @ self.of_vectors + self.bias
        for number, (places, values) in enumerate(features.groups):
            sums[number] += values @ self.of_groups[places].astype(np.float32)
        return softmax(sums)


def softmax(sums):
    powers = np.exp(sums - sums.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def save(path, *classifiers):
    """Write classifiers into one file, in half precision: nothing is decided by the rest."""
    arrays = {}
    for number, one in enumerate(classifiers):
        arrays |= {
            f"names{number}": np.array(one.names),
            f"vectors{number}": one.of_vectors.astype(np.float16),
            f"groups{number}": one.of_groups.astype(np.float16),
            f"bias{number}": one.bias.astype(np.float32),
        }
    np.savez_compressed(path, **arrays)


def read(path):
    """Return the classifiers of a file, in their order."""
    with np.load(path) as file:
        return [
            Classifier(
                file[f"names{number}"].tolist(),
                file[f"vectors{number}"].astype(np.float32),
                file[f"groups{number}"],
                file[f"bias{number}"],
            )
            for number in range(sum(name.startswith("names") for name in file))
        ]
