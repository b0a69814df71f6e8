"""Learns to hear who is in need, from example sentences; only development runs this.

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
from offers.search.words.folding import MARK

from .classifier import NO_NEED
from .linear import Classifier, Features, softmax

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
VOICES_TAKEN = 2  # every second sentence: with more of them, fewer calls are heard
YOUNG, GROWN = "young", "grown"
SPEAKERS = {"child": YOUNG, "teen": YOUNG, "mother": GROWN, "father": GROWN, "witness": GROWN}
WEIGHT_OF_CALL, WEIGHT_OF_VOICE = 1.5, 0.6  # a near miss of the examples weighs 1
WEIGHT_OF_ORDINARY = 0.6
ROUNDS, RATE, VECTOR_RATE = 12, 0.3, 0.06
LEFT_OUT = 0.5  # of an example's letter groups, others each round: no single word shall decide
AVERAGED = 5  # last rounds whose mean is taken: the order of the examples matters less
FOLDS = 5

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
    """A sentence, the slug of its need or ``NO_NEED``, who speaks, and how much it weighs."""

    text: str
    language: str
    need: str
    speaker: str
    weight: float
    is_voice: bool = False


def examples():
    """Return every ``Example``, Cyrillic ones also as typed in Latin letters."""
    own = [
        Example(
            row["text"],
            row["language"],
            row["need"],
            row["speaker"],
            1.0 if row["need"] == NO_NEED else WEIGHT_OF_CALL,
        )
        for row in _rows(EXAMPLES)
    ]
    voices = [
        Example(text, language, NO_NEED, "", WEIGHT_OF_VOICE, True)
        for number, (text, language) in enumerate(_voices())
        if not number % VOICES_TAKEN
    ]
    ordinary = [
        Example(row["text"], row["language"], NO_NEED, "", WEIGHT_OF_ORDINARY, True)
        for row in _rows(ORDINARY)
    ]
    return own + voices + ordinary


def learned(given, *, seed=0):
    """Return the two classifiers that examples teach: of needs, and of speakers."""
    given = [*given, *filter(None, map(_in_plain_letters, given))]
    needs = [NO_NEED, *sorted({one.need for one in given} - {NO_NEED})]
    features = Features.of([one.text for one in given])
    labels = [needs.index(one.need) for one in given]
    of_needs = _fit(needs, features, labels, [one.weight for one in given], seed)
    calls = [n for n, one in enumerate(given) if one.need != NO_NEED and one.speaker in SPEAKERS]
    speakers = [GROWN, YOUNG]
    spoken = [speakers.index(SPEAKERS[given[number].speaker]) for number in calls]
    of_speakers = _fit(speakers, features.at(calls), spoken, [1.0] * len(calls), seed)
    return of_needs, of_speakers


def cross_validated(given, *, folds=FOLDS, seed=0):
    """Yield each example with the shares of needs, learned from the others, in folds."""
    fold = np.random.default_rng(seed).integers(0, folds, len(given))
    for left_out in range(folds):
        asked = [one for one, at in zip(given, fold, strict=True) if at == left_out]
        of_needs, _speakers = learned(
            [one for one, at in zip(given, fold, strict=True) if at != left_out], seed=seed
        )
        shares = of_needs.shares(Features.of([one.text for one in asked]))
        for one, row in zip(asked, shares, strict=True):
            yield one, dict(zip(of_needs.names, row.tolist(), strict=True))


def _fit(names, features, labels, weights, seed):
    """Return a classifier by stochastic gradient descent, each weight with a rate of its own."""
    found = Classifier.empty(names)
    seen_groups = np.full_like(found.of_groups, 1e-2)
    seen_vectors = np.full_like(found.of_vectors, 1e-2)
    seen = np.full_like(found.bias, 1e-2)
    wanted = np.eye(len(names))[labels]
    order = np.random.default_rng(seed)
    averages = [np.zeros_like(found.of_vectors), np.zeros_like(found.of_groups), 0.0]
    for round_ in range(ROUNDS):
        for number in order.permutation(len(labels)):
            places, values = _some(*features.groups[number], order)
            vector = features.vectors[number]
            sums = values @ found.of_groups[places] + vector @ found.of_vectors + found.bias
            slope = ((softmax(sums) - wanted[number]) * weights[number]).astype(np.float32)
            step = values[:, None] * slope
            seen_groups[places] += step * step
            found.of_groups[places] -= RATE * step / np.sqrt(seen_groups[places])
            step = vector[:, None] * slope
            seen_vectors += step * step
            np.subtract(
                found.of_vectors,
                VECTOR_RATE * step / np.sqrt(seen_vectors),
                out=found.of_vectors,
            )
            seen += slope * slope
            np.subtract(found.bias, RATE * slope / np.sqrt(seen), out=found.bias)
        if round_ >= ROUNDS - AVERAGED:
            weights_now = (found.of_vectors, found.of_groups, found.bias)
            averages = [a + now / AVERAGED for a, now in zip(averages, weights_now, strict=True)]
    return Classifier(names, *averages)


def _some(places, values, chance):
    """Return some groups of an example, counting as much together as all."""
    kept = chance.random(len(places)) >= LEFT_OUT
    return places[kept], values[kept] / (1 - LEFT_OUT)


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
