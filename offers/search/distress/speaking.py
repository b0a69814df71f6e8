"""Who speaks in a search: a child or a young person, or somebody who speaks of one."""

import csv
from functools import cache

from django.conf import settings

from kekiz_portal.lib import languages
from offers.search.words.folding import words
from offers.search.words.phrases import Phrases
from offers.search.words.stop_words import OF_ONESELF

WORDS = settings.BASE_DIR / "data" / "search" / "speakers.csv"
YOUNG_AGE, GROWN_UP, YOUNG = "young-age", "grown-up", "young"


def speaks_young(tokens):
    """Whether somebody young speaks: says a young age, or of mum and dad and not of a child."""
    heard = {one.phrase.means for one in _phrases().found_in(tokens)}
    return YOUNG_AGE in heard or (YOUNG in heard and GROWN_UP not in heard)


def is_grown_up(tokens):
    """Whether somebody speaks of a child, a husband, a neighbour: and not as a child."""
    return any(one.phrase.means == GROWN_UP for one in _phrases().found_in(tokens))


def speaks_of_oneself(text):
    """Whether a text has an "I" or a "me" in one of the languages."""
    return any(word.folded in OF_ONESELF for word in words(text))


@cache
def _phrases():
    """Return the words of ``speakers.csv``: one speaker a row, a column for each language."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return Phrases(
            (text, language, row["speaker"])
            for row in csv.DictReader(file)
            for language in languages.OF_THE_SEARCH
            for text in (row.get(language) or "").split("|")
            if text
        )
