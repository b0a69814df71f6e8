"""Before Django: the very address that somebody asked for gets the very answer again.

Only what `middleware` kept comes from here, with all headers that went out with it, so an answer
differs in nothing but its cost: one question for the number of what readers see. Everything else
goes on to Django.
"""

from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from kekiz_portal.lib import content_version

from . import asking
from .middleware import KEPT
from .page import best_packing
from .shelf import SHELF

OF_ONE_PACKING = {"content-encoding", "content-length"}
WHOLE, KNOWN = (
    f"{status.value} {status.phrase}" for status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
)


def with_kept_pages(portal):
    """Return the application with kept pages in front of it."""
    if not settings.PAGES_KEPT_MEGABYTES:
        return portal

    def answer(environ, start_response):
        page = _kept(environ)
        if page is None:
            return portal(environ, _noting(environ, start_response))
        if page.is_known(environ.get("HTTP_IF_NONE_MATCH")):
            start_response(KNOWN, page.sent)
            return []
        packing = best_packing(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = page.body(packing)
        headers = [*page.sent, ("Content-Length", str(len(body)))]
        if packing:
            headers.append(("Content-Encoding", packing))
        start_response(WHOLE, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return answer


def _kept(environ):
    """Return the page to answer with, ``None`` where Django has to look."""
    how = asking.may_be_kept(environ) and asking.how_kept(environ["PATH_INFO"])
    if not how:
        return None
    try:
        number = environ[asking.NUMBER] = content_version.ask_before_django()
    except (DatabaseError, InterfaceError):
        connection.close()
        return None
    page = SHELF.here(asking.key_of(environ, how, number, environ.get("QUERY_STRING", "")))
    return page if page and page.sent else None


def _noting(environ, start_response):
    """Note with a page that is kept all the headers it goes out with."""

    def start(status, headers, *error):
        if KEPT in environ and status == WHOLE:
            _key, page = environ[KEPT]
            page.sent = [pair for pair in headers if pair[0].lower() not in OF_ONE_PACKING]
        return start_response(status, headers, *error)

    return start
