"""How often the page of an entry is looked at, so that the call desk knows which matter most.

Kept pages are answered before Django, so this stands before them. A request adds one to a number in
the memory of its process; a minute after the first one a thread writes all of them together. What a
process counted in its last minute, or while the database is away, is lost: nothing else is.
"""

import logging
import re
from collections import Counter
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

PAGE_OF_AN_ENTRY = re.compile(r"(?:/[a-z-]+)?/angebote/([\w-]+)/")
MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|monitor|headless|http", re.IGNORECASE)
SHOWN = ("200", "304")
SECONDS = 60

logger = logging.getLogger(__name__)


class Looks:
    """Numbers by the slug of an entry, until they are written."""

    def __init__(self):
        self._numbers = Counter()
        self._lock = Lock()

    def add(self, slug):
        with self._lock:
            is_first = not self._numbers
            self._numbers[slug] += 1
        if is_first:
            later = Timer(SECONDS, self.write)
            later.daemon = True
            later.start()

    def write(self):
        """Write down what was counted, and close the connection of this thread."""
        from offers.models import Looks as Kept  # noqa: PLC0415, needs the applications

        with self._lock:
            numbers, self._numbers = self._numbers, Counter()
        try:
            Kept.objects.add(numbers)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("%d looks are lost: %s", numbers.total(), type(error).__name__)
        finally:
            connection.close()


LOOKS = Looks()


def with_looks_counted(portal):
    """Return the application that counts whose page a family is shown."""

    def answer(environ, start_response):
        slug = _looked_at(environ)
        if slug is None:
            return portal(environ, start_response)

        def start(status, headers, *error):
            if status.startswith(SHOWN):
                LOOKS.add(slug)
            return start_response(status, headers, *error)

        return portal(environ, start)

    return answer


def _looked_at(environ):
    """Return the slug of the entry that a family asks for, ``None`` for all else.

    Who is signed in is the office; what calls itself no browser, or fetches beforehand, nobody.
    """
    found = PAGE_OF_AN_ENTRY.fullmatch(environ["PATH_INFO"])
    if not found or environ["REQUEST_METHOD"] != "GET" or "HTTP_SEC_PURPOSE" in environ:
        return None
    browser = environ.get("HTTP_USER_AGENT", "")
    is_office = settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
    if is_office or not browser.startswith("Mozilla/") or MACHINE.search(browser):
        return None
    return found[1]
