"""The cache in Redis, and what happens while Redis is away: nobody waits for it twice.

A page asks the cache several times. Where the first question found nobody, the next ones of the
same process fail at once, for some seconds; then it is asked again.
"""

import time
from collections import defaultdict

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

SECONDS_WITHOUT_ASKING = 3


class Gate:
    """Whether a server is worth a question; shared by the threads of a process."""

    closed_until = 0.0

    def ask(self, question):
        """Return what ``question()`` returns; raise ``ConnectionError`` while Redis is away."""
        if time.monotonic() < self.closed_until:
            raise RedisConnectionError("Redis did not answer a moment ago.")
        try:
            return question()
        except (RedisConnectionError, RedisTimeoutError):
            self.closed_until = time.monotonic() + SECONDS_WITHOUT_ASKING
            raise


def _impatient(name):
    plain = getattr(ImpatientClient, name)

    def impatient(self, *args, **kwargs):
        return self.gate.ask(lambda: plain(self, *args, **kwargs))

    return impatient


class ImpatientClient(RedisCacheClient):
    """Asks through the gate of its server, by one client: making one took longer than asking."""

    gates = defaultdict(Gate)

    def get_client(self, _key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = self._client(connection_pool=pool)
        return self._clients[pool]

    @cached_property
    def _clients(self):
        return {}

    def count(self, key, seconds):
        """Count one; return how many there were in a period that begins with the first."""
        steps = self.get_client(key, write=True).pipeline(transaction=False)
        steps.set(key, 0, ex=seconds, nx=True).incr(key)
        return steps.execute()[-1]

    @property
    def gate(self):
        return self.gates[tuple(self._servers)]


QUESTIONS = ["add", "count", "get", "set", "touch", "delete", "get_many", "has_key", "incr"]
for _name in [*QUESTIONS, "set_many"]:
    setattr(ImpatientClient, _name, _impatient(_name))


class ImpatientRedis(RedisCache):
    """Django's Redis cache that does not wait twice for a server that is away."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = ImpatientClient

    def count(self, key, seconds):
        """Count one in one question; return how many in a period that begins with the first."""
        return self._cache.count(self.make_and_validate_key(key), seconds)
