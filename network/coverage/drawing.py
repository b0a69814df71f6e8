"""Children who do not exist, drawn by lot as the figures say: where they live, when they were born,
what they need. The same seed draws the same children.
"""

from decimal import Decimal
from typing import NamedTuple

import numpy as np

from lifephases import ages

BIRTH_MONTHS = 12


class Home(NamedTuple):
    """A part of the city that children live in; ``reach`` is the part whose offers they go to."""

    slug: str
    name: str
    weight: float
    reach: str


class Need(NamedTuple):
    """A topic that children need from month ``first`` to before ``end``."""

    slug: str
    name: str
    first: int
    end: int
    weight: float = 1.0

    @property
    def age_words(self):
        return ages.span_in_words(ages.span(self.first, self.end - 1))


class Assumed(NamedTuple):
    """All that the walk assumes; shares are between 0 and 1."""

    homes: tuple
    needs: tuple
    low_income: float = 0.0
    highest_price: Decimal = Decimal(5)
    unknown_price_is_paid: bool = False
    unconfirmed_counts: bool = True
    language: str = ""
    language_share: float = 0.0
    step_free: float = 0.0
    seed: int = 16
    children: int = 10_000


class Drawn(NamedTuple):
    """One child an index; ``income``, ``language`` and ``steps`` are 1 where they limit it."""

    home: np.ndarray
    income: np.ndarray
    language: np.ndarray
    steps: np.ndarray
    need: np.ndarray
    birth_month: np.ndarray

    def counted(self, shape):
        """Return how many children there are alike: home × income × language × steps × need ×
        month of birth.
        """
        counts = np.zeros((*shape, BIRTH_MONTHS), dtype=np.int64)
        np.add.at(counts, tuple(self), 1)
        return counts


def draw(assumed):
    """Return the children of some assumptions."""
    lot, number = np.random.default_rng(assumed.seed), assumed.children

    def one_of(those):
        weights = np.array([one.weight for one in those], dtype=float)
        return lot.choice(len(those), size=number, p=weights / weights.sum())

    def limited(share):
        return (lot.random(number) < share).astype(np.int64)

    return Drawn(
        home=one_of(assumed.homes),
        income=limited(assumed.low_income),
        language=limited(assumed.language_share if assumed.language else 0),
        steps=limited(assumed.step_free),
        need=one_of(assumed.needs),
        birth_month=lot.integers(BIRTH_MONTHS, size=number),
    )
