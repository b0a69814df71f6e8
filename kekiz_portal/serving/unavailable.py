"""What a person sees when PostgreSQL or Redis is not there: a sentence, never a traceback."""

import logging
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 60
CONNECT_SECONDS = 5


# PostgreSQL's codes for: connection lost, login refused, no such database, shutting down.
UNREACHABLE_STATES = ("08", "28", "3D", "57P")


class ServiceMissingError(Exception):
    """A server the portal needs is not set or cannot be had; the message is for a person."""


class Unavailable:
    """Middleware: answer 503 with a page of its own while the database or Redis is away.

    A sign-in needs both: without Redis nobody could tell whether a code was used before.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Return the 503 page for a lost server; every other error takes its usual way."""
        if isinstance(exception, OperationalError | InterfaceError):
            missing = "Database"
        elif isinstance(exception, RedisError | BrokerError):
            missing = "Redis"
        else:
            return None
        logger.error("%s unavailable at %s: %s", missing, request.path, type(exception).__name__)
        page = render_to_string("503.html", {"city": settings.CITY})
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)


def too_many(request):
    """Return the page for somebody who tries too often; django-allauth counts by the minute."""
    page = render(request, "429.html", status=429)
    page.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return page


@contextmanager
def plain_sentences():
    """Turn the failures a person can put right into one sentence and exit code 1."""
    try:
        yield
    except ServiceMissingError as error:
        sys.exit(str(error))
    except OperationalError as error:
        if not unreachable(error):
            raise
        sys.exit(database_sentence(error))
    except RedisConnectionError:
        sys.exit(redis_sentence())


def require_services():
    """Raise OperationalError or a Redis ConnectionError when a server does not answer now."""
    connection.ensure_connection()
    connection.close()
    with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=CONNECT_SECONDS) as client:
        client.ping()


def unreachable(error):
    """Tell whether this error means that PostgreSQL cannot be reached, not that a query failed."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(UNREACHABLE_STATES)


def database_sentence(error):
    """Return what to say about a PostgreSQL that does not answer, without its password."""
    database = settings.DATABASES["default"]
    host = database["HOST"] or database["OPTIONS"].get("host") or "localhost"
    port = database["PORT"] or database["OPTIONS"].get("port") or 5432
    reason = str(error).strip().splitlines()[0].rstrip(".")
    return (
        f"PostgreSQL at {host}, port {port}, database {database['NAME']} "
        f"cannot be used: {reason}. Start it or correct DATABASE_URL."
    )


def redis_sentence():
    """Return what to say about a Redis that does not answer, without its password."""
    place = urlsplit(settings.REDIS_URL)
    where = f"{place.hostname}:{place.port or 6379}" if place.hostname else place.path
    return f"Redis at {where} does not answer. Start it or correct REDIS_URL."
