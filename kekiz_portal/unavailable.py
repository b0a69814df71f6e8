"""What a person sees when PostgreSQL or Redis is not there: a sentence, never a traceback."""

import logging
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import ConnectionError as RedisConnectionError

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 60


class ServiceMissingError(ImproperlyConfigured):
    """A server the portal needs is not set or cannot be had; the message is for a person."""


class Unavailable:
    """Middleware: answer 503 with a page of its own while the database is away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Return the 503 page for a lost database; every other error takes its usual way."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("Database unavailable at %s: %s", request.path, type(exception).__name__)
        page = render_to_string("503.html")
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)


@contextmanager
def plain_sentences():
    """Turn the failures a person can put right into one sentence and exit code 1."""
    try:
        yield
    except ServiceMissingError as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(database_sentence(error))
    except RedisConnectionError:
        sys.exit(redis_sentence())


def database_sentence(error):
    """Return what to say about a PostgreSQL that does not answer."""
    from django.conf import settings  # noqa: PLC0415 - settings themselves may be what failed

    database = settings.DATABASES["default"]
    place = f"{database['HOST'] or 'the local socket'}:{database['PORT'] or 5432}"
    reason = str(error).strip().splitlines()[-1].strip()
    return (
        f"PostgreSQL at {place} (database {database['NAME']}) cannot be used: {reason} "
        "Start it or correct DATABASE_URL."
    )


def redis_sentence():
    """Return what to say about a Redis that does not answer."""
    from django.conf import settings  # noqa: PLC0415 - settings themselves may be what failed

    place = urlsplit(settings.REDIS_URL)
    return f"Redis at {place.hostname or place.path}:{place.port or 6379} does not answer. Start it or correct REDIS_URL."  # noqa: E501
