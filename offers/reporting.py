"""How often one connection may report something, without knowing whose it is."""

import logging

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

REPORTS_AN_HOUR = 10
AN_HOUR = 60 * 60

logger = logging.getLogger(__name__)


def may_report(address):
    """Count one report from an address; return whether it is one of the first of an hour."""
    return is_one_of_the_first("reports", address, REPORTS_AN_HOUR)


def is_one_of_the_first(what, address, most):
    """Count one form from an address; return whether it is among the first ``most`` of an hour.

    The address itself is never stored: only a hash that means another thing tomorrow.
    Without a cache everyone may.
    """
    salt = f"offers.reporting.{timezone.localdate()}"
    key = f"{what}:{salted_hmac(salt, address, algorithm='sha256').hexdigest()}"
    try:
        cache.add(key, 0, AN_HOUR)
        return cache.incr(key) <= most
    except (RedisError, ValueError):  # ValueError: gone between the two steps
        logger.warning("Forms are not counted (%s): the cache does not answer.", what)
        return True
