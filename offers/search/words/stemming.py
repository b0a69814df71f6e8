"""The stems of folded words, by language, where the stemmer knows it."""

import re
import threading
from functools import lru_cache

import Stemmer

ALGORITHMS = {
    "de": "german",
    "de-leicht": "german",
    "en": "english",
    "tr": "turkish",
    "ru": "russian",
    "ro": "romanian",
    "ar": "arabic",
}
GERMAN = frozenset({"de", "de-leicht"})
SHORTEST = 3  # letters that a stem keeps, or the word stays whole
# What the German stemmer leaves apart: "Beraterin" and "Berater", "Kurse" and "Kurs".
FEMALE = re.compile(r"(?<=er|zt|og|eg)in(?:nen)?$")
S_OF_THE_STEM = re.compile(r"(?<=[bdfghklmnrt])s$")

_stemmers = threading.local()  # a stemmer must not be used by two threads at once


@lru_cache(maxsize=50_000)
def stem(folded, language="de"):
    """Return the stem of a folded word; the word itself where the language has no stemmer."""
    if language not in ALGORITHMS or not folded.isalpha():
        return folded
    found = _german(folded) if language in GERMAN else _stemmer(language).stemWord(folded)
    return found if len(found) >= SHORTEST else folded


def _german(folded):
    return S_OF_THE_STEM.sub("", _stemmer("de").stemWord(FEMALE.sub("", folded)))


def _stemmer(language):
    name = ALGORITHMS[language]
    if not hasattr(_stemmers, name):
        setattr(_stemmers, name, Stemmer.Stemmer(name))
    return getattr(_stemmers, name)
