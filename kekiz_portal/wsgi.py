"""The entry point of whatever serves pages: gunicorn in production, runserver in development."""

import os

from django.core.wsgi import get_wsgi_application

from . import checks
from .celery import app
from .serving import patience
from .serving.looks import with_looks_counted
from .serving.room import with_room_for_calls
from .serving.unavailable import plain_sentences

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kekiz_portal.settings")

# Under which path the portal lies is the operator's word alone.
PREFIX = os.environ.get("SCRIPT_NAME", "")


def at_its_own_address(portal):
    """Return the application without requests whose path somebody else has divided.

    Some servers take a header "SCRIPT_NAME" for the front of the path: a right address would show
    another page, past the rules of a proxy, and a cache would keep it.
    """

    def answer(environ, start_response):
        if environ.get("SCRIPT_NAME", "") == PREFIX:
            return portal(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"This address cannot be read.\n"]

    return answer


def search_beforehand():
    """Let the first visitor not wait for what the search reads once."""
    from offers.search import warming  # noqa: PLC0415, needs the applications

    warming.begin()


with plain_sentences():
    portal = get_wsgi_application()
    patience.hurry(app)
    checks.say_at_start()
    search_beforehand()

from .serving.kept_pages.front import with_kept_pages  # noqa: E402 - reads the settings

application = with_room_for_calls(at_its_own_address(with_looks_counted(with_kept_pages(portal))))
