"""How often one connection, and its whole network, may ask for something; the only place for it.

Whose connection it is stays unknown: what is kept is a hash that means another thing tomorrow,
and it goes with the period. Without a cache everyone may.
"""

import logging
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

AN_HOUR = 60 * 60
# What one household or one provider's customer holds, and what somebody can rent at once.
CONNECTION_BITS = {4: 32, 6: 64}
NETWORK_BITS = {4: 24, 6: 48}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many in a period from one connection, so many from the network around it."""

    name: str
    connection: int
    network: int
    seconds: int = AN_HOUR

    def allows(self, request):
        """Count one request; return whether its connection and its network may still ask.

        What one connection is refused is no burden on its neighbours.
        """
        connection, network = networks_of(get_client_ip_address(request) or "")
        return is_among_first(
            f"{self.name}:connection", connection, self.connection, self.seconds
        ) and is_among_first(f"{self.name}:network", network, self.network, self.seconds)

    def refuse(self, response):
        """Return a response as one that says "too many", and when to come back."""
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(self.seconds)
        return response

    def guards(self, view, method="POST"):
        """Return a view that answers only so many requests of a method; others get the page 429."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method == method and not self.allows(request):
                return self.refuse(render(request, "429.html"))
            return view(request, *args, **kwargs)

        return guarded


def networks_of(address):
    """Return the connection and the network of an address: of IPv4 itself and /24, /64 and /48.

    What is no address is its own network: all such visitors count as one.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address, address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return tuple(
        str(ip_network((found, bits[found.version]), strict=False))
        for bits in (CONNECTION_BITS, NETWORK_BITS)
    )


def is_among_first(what, whose, most, seconds=AN_HOUR):
    """Count one; return whether it is among the first ``most`` of a period that began with one.

    ``whose`` may name a person or an address: only its hash is kept.
    """
    key = f"{what}:{_hashed(whose)}"
    try:
        return cache.count(key, seconds) <= most
    except RedisError:
        logger.warning("Nothing is counted (%s): the cache does not answer.", what)
        return True


def first_use(what, of, seconds, content=""):
    """Note the use of something good once; return None at first, else if ``content`` is the same.

    So a double click can be told from a program that uses it for another one.
    """
    key, mark = f"{what}:{salted_hmac(__name__, of).hexdigest()}", _hashed(content)
    try:
        if cache.add(key, mark, seconds):
            return None
        return cache.get(key) == mark
    except RedisError:
        logger.warning("Nothing is noted (%s): the cache does not answer.", what)
        return None


def _hashed(text):
    salt = f"{__name__}.{timezone.localdate()}"
    return salted_hmac(salt, str(text), algorithm="sha256").hexdigest()
