"""Count what was searched in vain, so that coordinators see what is missing or hard to find."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from offers.models import SearchDemand
from offers.models.search.search_demand import LONGEST_FILTERS, LONGEST_WORDS, SHOWN_FROM
from offers.protection.protected_addresses import names_one

from .distress.speaking import speaks_of_oneself
from .words.folding import fold

A_WEEK = 7 * 24 * 60 * 60
CARRIES_MEANING = 0.3  # the weight of a word, from which on it says what somebody looks for
MOST_WORDS = 5


def note(understanding, selection):
    """Count a search that found nothing, by its words and the chosen filters (name -> values).

    What fewer than five people looked for is not kept (P-09).

    Nothing is counted where a help line was called for, nor where the words could tell of a
    person: sentences, what somebody says of himself, addresses with a house number, telephone
    numbers, mail addresses; nor where they name a protected address. So a cry for help that no
    sign knows is not counted either.
    """
    words = _words(understanding)
    filters = urlencode(
        [(name, value) for name in sorted(selection) for value in selection[name] if name != "q"]
    )
    if (words or filters) and _may_be_kept(understanding, words, filters):
        said = " ".join(words)
        weeks = settings.SEARCH_DEMAND_RARE_KEPT_WEEKS
        if times := times_to_count(f"{said} {filters}", weeks):
            SearchDemand.objects.count_one(said, filters, times=times)


def times_to_count(name, weeks):
    """Count one search by what makes it the same; return how many are to be kept now.

    The first four of so many weeks are known only as a number under a hash, for fewer could point
    to one person; the fifth brings them all along. Without a cache nothing is counted.
    """
    key = f"searched-in-vain:{salted_hmac(__name__, name).hexdigest()}"
    try:
        times = cache.count(key, weeks * A_WEEK)
    except RedisError:
        return 0
    if times < SHOWN_FROM:
        return 0
    return SHOWN_FROM if times == SHOWN_FROM else 1


def _words(understanding):
    """Return the words that carry meaning, folded, each once, in alphabetical order."""
    return sorted(
        {
            fold(word)
            for concept in understanding.concepts
            if concept.weight >= CARRIES_MEANING
            for word in concept.words
        }
    )


def tells_of_nobody(understanding):
    """Whether a search called for no help and says nothing of a person or a protected address."""
    return (
        not understanding.is_crisis
        and not understanding.helplines
        and not understanding.help.is_private
        and not speaks_of_oneself(understanding.text)
        and "@" not in understanding.text
        and not names_one(understanding.text)
    )


def _may_be_kept(understanding, words, filters):
    return (
        tells_of_nobody(understanding)
        and len(words) <= MOST_WORDS
        and len(filters) <= LONGEST_FILTERS
        and len(" ".join(words)) <= LONGEST_WORDS
        and not any(word.isdigit() for word in words)
    )
