"""The whole directory as one file for a device: every offer in a line, and a search in it.

It holds what cards show and whom to call, never an address: a protected one could not slip in.
"""

import base64
import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import get_language

from kekiz_portal.lib.german_order import in_german_order
from offers.browsing.searching import GIVEN_UP_FIRST, LEANING
from offers.browsing.whom_to_ask import whom_to_ask
from offers.models import Offer
from offers.search import ranking
from offers.search.facts import facts_of
from offers.search.words.inflection import SAME, VERBS
from offers.search.words.stop_words import OF_SENTENCES, STOP_WORDS

from . import reading_ahead
from .spoken import Spoken, ages
from .words import GERMAN, Words

FACTORS = {
    "worst": ranking.WORST_SHARE,
    "sure": ranking.SURE,
    "allInTitle": ranking.ALL_IN_TITLE,
    "allOfTitle": ranking.ALL_OF_TITLE,
    "forAge": ranking.MADE_FOR_THE_AGE,
    "notForAge": ranking.NOT_FOR_THE_AGE,
    "longest": ranking.LONGEST_SPAN_MONTHS,
    "others": ranking.FOR_OTHERS,
    "least": ranking.ABOUT,
}


@dataclass(frozen=True)
class Pack:
    """The file as bytes, with its digest as browsers check it (Subresource Integrity)."""

    body: bytes

    @property
    def integrity(self):
        digest = base64.b64encode(hashlib.sha256(self.body).digest()).decode()
        return f"sha256-{digest}"


def current(catalogue):
    """Return the ``Pack`` of a catalogue in the language of the page, made once for its number."""
    return catalogue.once(("pocket", get_language()), lambda: _made(catalogue))


def _made(catalogue):
    found = Offer.objects.published(catalogue.day).for_page().prefetch_related("target_groups")
    keys = catalogue.by_title(catalogue.all).tolist()
    offers = found.in_bulk(keys)
    keys = [key for key in keys if key in offers]
    words = Words.of(keys, reading_ahead.phrases())
    return Pack(_written([offers[key] for key in keys], words, catalogue))


def _written(offers, words, catalogue):
    place_of = {offer.pk: place for place, offer in enumerate(offers)}
    facts = facts_of(list(place_of), published=True)

    def numbers(those):
        return [place_of[key] for key in catalogue.by_title(those).tolist() if key in place_of]

    spoken = Spoken.of(catalogue, numbers)
    content = {
        "day": catalogue.day.isoformat(),
        "factors": FACTORS,
        "offers": [_row(offer, words, facts[offer.pk]) for offer in offers],
        "postings": words.postings,
        "phrases": words.phrases,
        "concepts": words.concepts,
        "stop": in_german_order(STOP_WORDS[GERMAN]),
        "same": SAME | VERBS,
        "sentence": sorted(one for one in OF_SENTENCES if one.isascii()),
        "ages": ages(),
        "said": spoken.said,
        "filters": spoken.filters,
        "order": GIVEN_UP_FIRST,
        "leaning": sorted(LEANING),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _row(offer, words, facts):
    """Return what a device shows of an offer, then what its search reads."""
    asked = whom_to_ask(offer)
    phone = next((one.phone for one in asked.channels if one.phone), "")
    said = ranking.title_stems(offer.title)
    groups = [ranking.title_stems(group.name) for group in offer.target_groups.all()]
    return [
        offer.here.title,
        offer.get_absolute_url(),
        offer.age_words,
        offer.place_words,
        offer.when_words,
        offer.cost_words,
        "" if asked.is_own else asked.name,
        phone,
        None if offer.ages is None else [offer.ages.lower, offer.ages.upper],
        [words.number_of[one] for one in sorted(said) if one in words.number_of],
        len(said),
        _standing(facts),
        [words.number_of[one] for stems in groups for one in stems if one in words.number_of],
        bool(groups),
        ranking.SOON_AGAIN if facts.is_soon else 0,
    ]


def _standing(facts):
    """Return by what an entry is better or worse whatever is asked for."""
    confirmed = 1 + (ranking.CONFIRMED if facts.confirmed_at else 0)
    here = 1 + (ranking.NOT_OF_THIS_CITY if facts.is_generic else 0)
    return round(ranking.standing(facts) * confirmed * here, 4)
