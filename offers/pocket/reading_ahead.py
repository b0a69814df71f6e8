"""What phrases look for, read by a worker and kept in Redis: no reader waits for it.

A pack made before a changed word was read has the words of a moment ago; its offers are those of
now.
"""

from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

from offers.search.index import freshness

from .words import Phrase, read_phrases

KEPT, A_DAY = "pocket-phrases", 24 * 60 * 60


def phrases():
    """Return the phrases that were read last; reads them where nobody has yet."""
    with suppress(RedisError):  # without it every process reads them itself
        if (kept := cache.get(KEPT)) is not None:
            return [Phrase(*row) for row in kept[1]]
    return _read()


def renew():
    """Read all phrases again if a word changed since; returns whether it did."""
    kept = cache.get(KEPT)
    is_old = kept is None or kept[0] != freshness.fingerprint()
    if is_old:
        _read()
    return is_old


def _read():
    fingerprint, found = freshness.fingerprint(), read_phrases()
    rows = [(one.said, one.weight, one.matches, one.may_lead_nowhere) for one in found]
    with suppress(RedisError):
        cache.set(KEPT, (fingerprint, rows), A_DAY)  # no class of ours: a release may change it
    return found
