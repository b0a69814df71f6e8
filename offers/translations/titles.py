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
    wanted = _stems(_words(text), language)
    known = catalogue.once(("titles", language), lambda: _read(catalogue, language))
    found = catalogue.all if wanted else NOTHING
    for one in wanted:
        found &= union(those for word, those in known.items() if _is_meant(one, word))
    return found


def _read(catalogue, language):
    keys = defaultdict(list)
    rows = OfferTranslation.objects.filter(language=language).select_related("offer")
    for row in rows:
        here, offer = Here(row.offer, row), row.offer
        # What stands there in German, too, the index of the search knows and weighs.
        names = _words(f"{offer.title} {offer.teaser}")
        for word in _stems(_words(f"{here.title} {here.teaser}") - names, language):
            keys[word].append(row.offer_id)
    return {word: catalogue.of(those) for word, those in keys.items()}


def _words(text):
    return {word.folded for word in whole_words(text)}


def _stems(words, language):
    return {stem(word, language) for word in words - STOP_WORDS.get(language, set())}


def _is_meant(typed, word):
    if len(typed) < SHORTEST_BEGINNING:
        return typed == word
    return word.startswith(typed)
