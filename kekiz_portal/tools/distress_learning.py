"""Learns to hear who is in need, from example sentences (``manage.py distress_weights``).

Examples are ``data/search/distress_examples.csv``: calls for help by need and speaker, and near
misses; and two kinds of ordinary sentences, which are near misses too: parents' voices, and
``ordinary_sentences.csv``, whole sentences about children in which no number belongs.
"""

import csv
import unicodedata
from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from kekiz_portal.lib import languages
from offers.search.distress.classifier import GROWN, NO_NEED, YOUNG
from offers.search.distress.network import (
    BUCKETS,
    FIELDS,
    LARGEST,
    Features,
    Network,
    packed,
    shares,
)
from offers.search.meaning import encoding
from offers.search.words.folding import MARK

FOLDER = settings.BASE_DIR / "data" / "search"
EXAMPLES = FOLDER / "distress_examples.csv"
VOICES = FOLDER / "parents_voice.csv"
ORDINARY = FOLDER / "ordinary_sentences.csv"
# Where parents' voices themselves come near a need, they teach nothing about who is in none.
NEAR_A_NEED = {
    "addiction-in-family",
    "baby-cries-sleep",
    "bullying",
    "crying-baby",
    "drugs",
    "food-bank",
    "grief",
    "lonely-parents",
    "mental-health-child",
    "moving-out-young",
    "parent-mental-health",
    "pregnancy-alone",
    "pregnant-alone",
    "psychological-help",
    "quick-listening-line",
    "teen-drugs",
    "unplanned-pregnancy",
    "violence-after-care",
    "young-carers",
}
SPOKEN_BY = [GROWN, YOUNG]
SPEAKERS = {"child": YOUNG, "teen": YOUNG, "mother": GROWN, "father": GROWN, "witness": GROWN}
WEIGHT_OF_CALL = 1.5  # all else weighs 1
HIDDEN = 128
STEPS = 10  # from 0 to the largest weight of a letter group; the few beyond ``LARGEST`` are less
NETWORKS, ROUNDS, AT_ONCE = 3, 10, 64  # examples after which the weights go a step
RATES = {
    "of_vectors": 0.03,
    "of_groups": 0.1,
    "hidden_bias": 0.1,
    "of_hidden": 0.1,
    "bias": 0.1,
}
# So much of an example is left out, something else each round: no single word shall decide.
GROUPS_LEFT_OUT, VECTOR_LEFT_OUT, HIDDEN_LEFT_OUT = 0.45, 0.1, 0.2
# So many examples are told by one ear alone, others each round: neither shall rely on the other.
BY_VECTOR_ALONE, BY_GROUPS_ALONE = 0.2, 0.05
AVERAGED = 5  # last rounds whose mean is taken: the order of the examples matters less
LEAST_SEEN = 3  # examples in which a letter group stands: rarer ones teach nothing of others
FOLDS, TOGETHER = 5, 25

# As people type their letters where the keyboard has none of them.
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыэюяё"
_TYPED = "a b v g g d e ye zh z i i yi y k l m n o p r s t u f h ts ch sh sch a y e yu ya e"
_LATIN = dict(zip(_CYRILLIC, _TYPED.split(), strict=True)) | {"ь": "", "'": ""}
OTHER_SCRIPTS = frozenset({"ar", "fa"})  # nobody types them in Latin letters by one rule
_OF_A_LANGUAGE = {
    "ru": {},
    "uk": {"и": "y", "г": "h", "х": "kh", "щ": "shch"},
    "bg": {"щ": "sht", "я": "q", "ж": "j", "ъ": "u"},
}


@dataclass(frozen=True)
class Example:
    """A sentence, the slug of its need or ``NO_NEED``, and who speaks."""

    text: str
    language: str
    need: str
    speaker: str = ""
    is_voice: bool = False

    @property
    def weight(self):
        return 1.0 if self.need == NO_NEED else WEIGHT_OF_CALL


def examples():
    """Return every ``Example``, Cyrillic ones also as typed in Latin letters."""
    own = [
        Example(row["text"], row["language"], row["need"], row["speaker"])
        for row in _rows(EXAMPLES)
    ]
    voices = [Example(text, language, NO_NEED, is_voice=True) for text, language in _voices()]
    ordinary = [
        Example(row["text"], row["language"], NO_NEED, is_voice=True) for row in _rows(ORDINARY)
    ]
    return own + voices + ordinary


def learned(given, *, seed=0):
    """Return the networks that examples teach: each was led by chance, together they err less."""
    given = [*given, *filter(None, map(_in_plain_letters, given))]
    needs = [NO_NEED, *sorted({one.need for one in given} - {NO_NEED})]
    features = _often_seen(Features.of([one.text for one in given]))
    wanted = _Wanted.of(given, needs)
    return [
        _packed(_taught(_untaught(needs, chance), features, wanted, chance))
        for chance in np.random.default_rng(seed).spawn(NETWORKS)
    ]


def _often_seen(features):
    """Return features without the letter groups of which too few examples tell."""
    seen = np.bincount(np.concatenate([places for places, _values in features.groups]))
    kept = [seen[places] >= LEAST_SEEN for places, _values in features.groups]
    pairs = zip(features.groups, kept, strict=True)
    return replace(
        features, groups=[(places[some], values[some]) for (places, values), some in pairs]
    )


def save(path, networks):
    """Write networks into a file."""
    np.savez_compressed(
        path, **{name: np.array([getattr(one, name) for one in networks]) for name in FIELDS}
    )


def _packed(network):
    """Return a network with its weights of groups, which are most of it, in half a byte each."""
    scale = np.abs(network.of_groups).max() / STEPS
    groups = np.clip(np.round(network.of_groups / scale), -LARGEST, LARGEST)
    return replace(network, of_groups=packed(groups), scale=scale)


def _untaught(needs, chance):
    """Return a network that knows nothing yet; ``chance`` is a generator of random numbers."""
    names = len(needs) + len(SPOKEN_BY)
    return Network(
        needs,
        SPOKEN_BY,
        chance.normal(0, 0.1, (encoding.DIMENSIONS, HIDDEN)).astype(np.float32),
        np.zeros((BUCKETS, HIDDEN), np.float32),
        np.zeros(HIDDEN, np.float32),
        chance.normal(0, 0.1, (HIDDEN, names)).astype(np.float32),
        np.zeros(names, np.float32),
        scale=1.0,
    )


def cross_validated(given, *, folds=FOLDS, seed=0):
    """Yield each example with the shares of needs, learned from the others, in folds.

    Sentences that stand together were written together and are alike: they stay together.
    """
    chance = np.random.default_rng(seed)
    together = chance.integers(0, folds, len(given) // TOGETHER + 1)
    fold = np.repeat(together, TOGETHER)[: len(given)]
    for left_out in range(folds):
        asked = [one for one, at in zip(given, fold, strict=True) if at == left_out]
        networks = learned(
            [one for one, at in zip(given, fold, strict=True) if at != left_out], seed=seed
        )
        needs, _speakers = shares(networks, Features.of([one.text for one in asked]))
        for one, row in zip(asked, needs, strict=True):
            yield one, dict(zip(networks[0].needs, row.tolist(), strict=True))


@dataclass(frozen=True)
class _Wanted:
    """The shares that examples ought to have, and how much a wrong one matters."""

    needs: np.ndarray
    speakers: np.ndarray
    weights: np.ndarray
    weights_of_speakers: np.ndarray

    @classmethod
    def of(cls, given, needs):
        """Of speakers only calls tell."""
        spoken = [SPEAKERS.get(one.speaker) if one.need != NO_NEED else None for one in given]
        return cls(
            np.eye(len(needs))[[needs.index(one.need) for one in given]],
            np.array([[one == name for name in SPOKEN_BY] for one in spoken], float),
            np.array([[one.weight] for one in given]),
            np.array([[one is not None] for one in spoken], float),
        )

    def missed(self, numbers, shares):
        """Return by how much the shares of the examples with such numbers are wrong, weighed."""
        needs, speakers = shares
        needs = (needs - self.needs[numbers]) * self.weights[numbers]
        speakers = (speakers - self.speakers[numbers]) * self.weights_of_speakers[numbers]
        return np.hstack([needs, speakers]).astype(np.float32)


def _taught(network, features, wanted, chance):
    """Return a network after stochastic gradient descent, each weight with a rate of its own."""
    learning = {name: _Learning(getattr(network, name), rate) for name, rate in RATES.items()}
    means = dict.fromkeys(RATES, 0.0)
    for round_ in range(ROUNDS):
        order = chance.permutation(len(features.groups))
        for numbers in np.array_split(order, len(order) // AT_ONCE + 1):
            groups, filled = _filled([features.groups[number] for number in numbers], chance)
            filled *= chance.random((len(numbers), 1)) >= BY_VECTOR_ALONE
            vectors = features.vectors[numbers]
            vectors = vectors * _kept(vectors.shape, VECTOR_LEFT_OUT, chance)
            vectors *= chance.random((len(numbers), 1)) >= BY_GROUPS_ALONE
            hidden = filled @ network.of_groups[groups] + vectors @ network.of_vectors
            hidden += network.hidden_bias
            open_ = (hidden > 0) * _kept(hidden.shape, HIDDEN_LEFT_OUT, chance)
            hidden *= open_
            sums = hidden @ network.of_hidden + network.bias
            slopes = wanted.missed(numbers, network.divided(sums))
            before = (slopes @ network.of_hidden.T) * open_
            learning["of_hidden"].step(hidden.T @ slopes)
            learning["bias"].step(slopes.sum(0))
            learning["of_vectors"].step(vectors.T @ before)
            learning["hidden_bias"].step(before.sum(0))
            learning["of_groups"].step(filled.T @ before, groups)
        if round_ >= ROUNDS - AVERAGED:
            means = {name: mean + getattr(network, name) / AVERAGED for name, mean in means.items()}
    return replace(network, **means)


class _Learning:
    """Weights, and the squares of the steps that each has been asked to go: it goes less far."""

    def __init__(self, weights, rate):
        self.weights, self.rate = weights, rate
        self.seen = np.full_like(weights, 1e-2)

    def step(self, slopes, at=slice(None)):
        self.seen[at] += slopes * slopes
        self.weights[at] -= self.rate * slopes / np.sqrt(self.seen[at])


def _filled(groups, chance):
    """Return the buckets that some texts fill, and how much each does, without those left out."""
    places = np.concatenate([places for places, _values in groups])
    values = np.concatenate([values for _places, values in groups])
    texts = np.repeat(np.arange(len(groups)), [len(places) for places, _values in groups])
    buckets, at = np.unique(places, return_inverse=True)
    filled = np.zeros((len(groups), len(buckets)), np.float32)
    filled[texts, at] = values * _kept(values.shape, GROUPS_LEFT_OUT, chance)
    return buckets, filled


def _kept(shape, left_out, chance):
    """Return 0 for what is left out by chance, else what makes up for it."""
    return (chance.random(shape, np.float32) >= left_out).astype(np.float32) / (1 - left_out)


def _in_plain_letters(example):
    """Return a Cyrillic sentence as typed in Latin letters, a Latin one without marks, or None."""
    letters = _OF_A_LANGUAGE.get(example.language)
    text = example.text.lower()
    if text.isascii() or example.language in OTHER_SCRIPTS:
        return None
    if letters is None:
        text = MARK.sub("", unicodedata.normalize("NFD", text)).replace("ı", "i").replace("ł", "l")
    else:
        text = "".join((_LATIN | letters).get(letter, letter) for letter in text)
    return replace(example, text=text)


def _voices():
    """Yield the sentences of parents that are no call for help, each with its language."""
    for row in _rows(VOICES):
        for language in languages.OF_THE_SEARCH if row["need"] not in NEAR_A_NEED else ():
            for text in (row.get(language) or "").split("|"):
                if text:
                    yield text, language


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
