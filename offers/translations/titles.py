"""A search on a page of another language finds what offers are called in that language.

The index of the search knows the German words, and what words of other languages mean; titles in
other languages are few, so each process holds their words beside its catalogue.
"""

from collections import defaultdict

from django.conf import settings
from django.utils.translation import get_language

from offers.catalogue.bits import NOTHING, union
from offers.models import OfferTranslation
from offers.models.offer.here import Here
from offers.search.words.folding import whole_words
from offers.search.words.stemming import stem
from offers.search.words.stop_words import STOP_WORDS

SHORTEST_BEGINNING = 4  # letters that say which word is meant


def saying(catalogue, text):
    """Return the set of offers whose title and teaser here say every word of a text."""
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return NOTHING
    wanted = _stems(text, language)
    known = catalogue.once(("titles", language), lambda: _read(catalogue, language))
    found = catalogue.all if wanted else NOTHING
    for one in wanted:
        found &= union(those for word, those in known.items() if _is_meant(one, word))
    return found


def _read(catalogue, language):
    keys = defaultdict(list)
    rows = OfferTranslation.objects.filter(language=language).select_related("offer")
    for row in rows:
        here = Here(row.offer, row)
        for word in _stems(f"{here.title} {here.teaser}", language):
            keys[word].append(row.offer_id)
    return {word: catalogue.of(those) for word, those in keys.items()}


def _stems(text, language):
    words = {word.folded for word in whole_words(text)}
    return {stem(word, language) for word in words - STOP_WORDS.get(language, set())}


def _is_meant(typed, word):
    if len(typed) < SHORTEST_BEGINNING:
        return typed == word
    return word.startswith(typed)
