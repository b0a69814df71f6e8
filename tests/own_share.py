"""What each process that runs tests has of the servers for itself alone."""

import fcntl
import hashlib
import itertools
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
import redis

REDIS_DATABASES = 16
# Open as long as this process lives: closing it would give its numbers back.
LOCKS = Path(tempfile.gettempdir()) / f"kekiz-{os.geteuid()}-tests.lock"
HELD = os.open(LOCKS, os.O_RDWR | os.O_CREAT, 0o600)


def own_number(server):
    """Return the lowest number no other process has on this server; it is ours while we live.

    A number is a lock on one byte of the file, far beyond its end; the kernel takes it back.
    """
    first = int.from_bytes(hashlib.sha256(server.encode()).digest()[:6])
    for number in itertools.count(1):
        with suppress(BlockingIOError, PermissionError):
            fcntl.lockf(HELD, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, first + number)
            return number
    raise AssertionError


def own_redis_databases(url, *portal):
    """Return two databases of this Redis, the highest that are free and not the portal's own.

    Zero and one are never taken: whatever else uses this Redis most likely lives there.
    """
    free = [number for number in range(REDIS_DATABASES - 1, 1, -1) if number not in portal]
    at = 2 * (own_number(server_of(url)) - 1)
    if at + 2 > len(free):
        pytest.exit("Too many test runs at once: every database of this Redis is in use.", 1)
    return free[at : at + 2]


def database_of(url):
    """Return the number of the database that a Redis address names."""
    return redis.ConnectionPool.from_url(url).connection_kwargs.get("db", 0)


def server_of(url):
    """Return what tells a Redis server from others."""
    parts = redis.ConnectionPool.from_url(url).connection_kwargs
    return f"redis {parts.get('host')} {parts.get('port')} {parts.get('path')}"
