"""Where a text leads, as all sentences of parents together teach it: a linear softmax.

The nearest sentences share what many say ("mein Sohn ist drei"); this one weighs what tells
one need from others. It is learned on the machine, at night, and kept in files that all processes
map; a sentence that is newer than that still votes as a neighbour.
"""

import contextlib
import hashlib
import logging
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from offers.models import ParentsSentence
from offers.search.meaning import encoding, shared_files
from offers.search.words.letter_groups import hashed

from . import vectors

FEWEST_SENTENCES = 3  # of one need that can be learned
FEWEST_IN_ALL = 500  # of fewer ones the nearest say enough
BUCKETS = 2**14
# How much each kind of feature weighs before anything is learned.
VECTOR, GROUPS = 3.0, 1.5
ROUNDS, AVERAGED, TEXTS_A_STEP = 6, 3, 64
RATE, VECTOR_RATE = 0.3, 0.06
ALL_AT_ONCE = 20.0  # a group of letters learns for all needs at one rate
LEFT_OUT = 0.5  # of the letter groups of a text, others each round: no single word shall decide
BEGINNING = 1e-2
VERSION = "2"  # to be raised with any figure above, and with the groups of letters

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Leading:
    """The weights of ``names``, the fields ``leads_to`` of sentences."""

    names: np.ndarray
    of_vectors: np.ndarray
    of_groups: np.ndarray
    bias: np.ndarray

    def sums(self, text, vector):
        """Return for an encoded text and its vector how much speaks for each name."""
        places, values = _groups(text)
        weights = self.of_groups[places].astype(np.float32)
        return VECTOR * vector @ self.of_vectors + values @ weights + self.bias


def newest():
    """Return what was last learned on this machine, ``None`` if nothing was."""
    with contextlib.suppress(*shared_files.UNREADABLE):
        return Leading(**shared_files.newest(_folder()))
    return None


def learn():
    """Learn from the sentences in the database; tell whether anything new was learned.

    It takes some forty seconds, and none where the same sentences were learned on this machine.
    """
    rows = ParentsSentence.objects.order_by("pk").values_list("sentence", "leads_to")
    led = {encoding.as_encoded(sentence): leads_to for sentence, leads_to in rows}
    counts = Counter(led.values())
    led = {text: name for text, name in led.items() if counts[name] >= FEWEST_SENTENCES}
    if len(led) < FEWEST_IN_ALL:
        return False
    said = "\n".join([VERSION, *(f"{text}\t{led[text]}" for text in sorted(led))])
    digest = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
    if shared_files.find(_folder(), digest):
        return False
    names, texts = sorted(set(led.values())), sorted(led)
    weights = _fit(texts, np.array([names.index(led[text]) for text in texts]), len(names))
    try:
        shared_files.write(_folder(), digest, {"names": np.array(names), **weights})
    except OSError as error:
        log.warning("What sentences teach could not be kept: %s", error)
        return False
    return True


def _folder():
    return Path(settings.ENCODER_DIR) / f"leads-{encoding.name()}"


def _groups(text):
    places, values = hashed(text, 2 * BUCKETS)  # in half of them more groups of it would cancel out
    return places % BUCKETS, values * GROUPS


def _fit(texts, labels, count):
    """Return the weights of so many names: gradient descent, some texts a step."""
    meant, spelled = vectors.meanings(texts) * VECTOR, [_groups(text) for text in texts]
    shapes = {"of_vectors": (encoding.DIMENSIONS, count), "of_groups": (BUCKETS, count)}
    now = {name: np.zeros(shape, np.float32) for name, shape in (shapes | {"bias": count}).items()}
    slopes = {name: np.full_like(now[name], BEGINNING) for name in ("of_vectors", "bias")}
    slopes_of_groups = np.full((BUCKETS, 1), BEGINNING, np.float32)
    mean = {name: np.zeros_like(array) for name, array in now.items()}
    chance = np.random.default_rng(0)
    for round_ in range(ROUNDS):
        order = chance.permutation(len(texts))
        for start in range(0, len(order), TEXTS_A_STEP):
            some = order[start : start + TEXTS_A_STEP]
            here, filled = _filled([spelled[at] for at in some], chance)
            shares = _shares(
                meant[some] @ now["of_vectors"] + filled @ now["of_groups"][here] + now["bias"]
            )
            shares[np.arange(len(some)), labels[some]] -= 1
            _step(now["of_vectors"], slopes["of_vectors"], meant[some].T @ shares, VECTOR_RATE)
            _step(now["bias"], slopes["bias"], shares.sum(axis=0), RATE)
            slope = filled.T @ shares
            slopes_of_groups[here] += ALL_AT_ONCE * (slope**2).mean(axis=1, keepdims=True)
            now["of_groups"][here] -= RATE * slope / np.sqrt(slopes_of_groups[here])
        if round_ >= ROUNDS - AVERAGED:
            mean = {name: array + now[name] / AVERAGED for name, array in mean.items()}
    return mean | {"of_groups": mean["of_groups"].astype(np.float16)}


def _filled(spelled, chance):
    """Return which buckets some texts fill, and a row for each text: some of it, for all."""
    kept = [chance.random(len(places)) >= LEFT_OUT for places, _values in spelled]
    pairs = list(zip(spelled, kept, strict=True))
    places = np.concatenate([places[chosen] for (places, _values), chosen in pairs])
    values = np.concatenate([values[chosen] for (_places, values), chosen in pairs])
    rows = np.repeat(np.arange(len(spelled)), [chosen.sum() for chosen in kept])
    here, columns = np.unique(places, return_inverse=True)
    filled = np.bincount(rows * len(here) + columns, values, len(spelled) * len(here))
    return here, (filled / (1 - LEFT_OUT)).reshape(len(spelled), -1).astype(np.float32)


def _shares(sums):
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _step(weights, slopes, slope, rate):
    slopes += slope**2
    weights -= rate * slope / np.sqrt(slopes)
