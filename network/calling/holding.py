"""Who has the page of a house open at the call desk, so that two people call two houses.

It is a hint, not a lock: it ends by itself, and without Redis nobody has any.
"""

from contextlib import suppress

from django.core.cache import cache
from redis.exceptions import RedisError

SECONDS = 20 * 60


def take(number, user):
    """Note that somebody calls a house; return the key of who has it already, else ``None``."""
    try:
        cache.add(_key(number), user.pk, SECONDS)
        holder = cache.get(_key(number))
    except RedisError:
        return None
    return holder if holder != user.pk else None


def let_go(number):
    with suppress(RedisError):
        cache.delete(_key(number))


def first_free(numbers, user):
    """Return the first house nobody else calls, the first of all where each is called."""
    try:
        held = cache.get_many([_key(number) for number in numbers])
    except RedisError:
        held = {}
    free = (number for number in numbers if held.get(_key(number), user.pk) == user.pk)
    return next(free, next(iter(numbers), None))


def _key(number):
    return f"calling:{number}"
