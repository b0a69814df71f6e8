"""Middleware: give a reader the page that somebody got before, or make it and keep it."""

from contextlib import contextmanager
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import cc_delim_re

from kekiz_portal.lib import content_version, keeping
from offers.catalogue import held

from . import asking
from .page import KeptPage, best_packing
from .shelf import SHELF

KEPT = "kekiz.kept_page"  # tells `front` what went out
# A browser asks each time (and gets 304); a proxy in front may answer for a second, and for two
# more while it asks. So nothing older than three seconds is ever read.
FOR_ALL = "public, max-age=0, must-revalidate, s-maxage=1, stale-while-revalidate=2"
FOR_ONE = "private, no-cache"
NOT_TO_KEEP = {"no-store", "no-cache", "private"}
OK = 200
# The language is in the path, and what depends on a session is not kept.
NO_DIFFERENCE = {"accept-language"}
# More than there are threads; two pages seldom share one, and then one is a little later.
MAKING = [Lock() for _ in range(64)]
SECONDS_TO_WAIT = 1


class KeptPages:
    """Stands behind what is the same for every answer, before all that looks at the visitor."""

    def __init__(self, get_response):
        if not settings.PAGES_KEPT_MEGABYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        how = asking.how_kept(request.path_info)
        if how is None:
            return self.get_response(request)
        key = self._key(request.META, how)
        if key is None:
            return _private(self.get_response(request))
        packing = best_packing(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        page = SHELF.find(key)
        if page is None:
            with _alone(key):
                page = SHELF.here(key)
                if page is None:
                    response = self._made(request, query=key[asking.QUERY])
                    if not _may_be_kept(response, how):
                        return _private(response)
                    page = _page_of(response, packing)
                    page.is_shared = how.only_here
                    SHELF.put_here(key, page)
        return _answer(request, key, page, packing)

    def _key(self, environ, how):
        if not asking.may_be_kept(environ):
            return None
        query = asking.in_order(environ.get("QUERY_STRING", ""), how.parameters)
        if query is None:
            return None
        if asking.NUMBER in environ:
            content_version.begin_with(environ[asking.NUMBER])
        try:
            number = content_version.current()
            if _is_older(held.current(), number):  # it is being read anew, beside requests
                return None
        except (OperationalError, InterfaceError):  # the page says it (serving/unavailable.py)
            return None
        return asking.key_of(environ, how, number, query)

    def _made(self, request, query):
        """Let the view make the page, which sees no more of the address than the key says."""
        request.META["QUERY_STRING"] = query
        return self.get_response(request)


@contextmanager
def _alone(key):
    """Let who asks for the same page meanwhile wait for it, if it does not take too long."""
    making = MAKING[hash(key) % len(MAKING)]
    is_mine = making.acquire(timeout=SECONDS_TO_WAIT)
    try:
        yield
    finally:
        if is_mine:
            making.release()


def _is_older(catalogue, number):
    return catalogue.number < number or catalogue.day < timezone.localdate()


def _may_be_kept(response, how):
    said = set(cc_delim_re.split(response.get("Cache-Control", "").lower()))
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and not keeping.is_for_one_reader(response)
        and (how.only_here or not said & NOT_TO_KEEP)
        and "cookie" not in _differs_by(response)
    )


def _differs_by(response):
    return {name.lower() for name in cc_delim_re.split(response.get("Vary", "")) if name}


def _page_of(response, packing):
    differs_by = (_differs_by(response) | {"accept-encoding"}) - NO_DIFFERENCE
    response["Vary"] = ", ".join(sorted(differs_by))
    response.headers.setdefault("Cache-Control", FOR_ALL)
    headers = [(name, value) for name, value in response.items() if name != "Content-Length"]
    return KeptPage.of(response.content, headers, packing)


def _private(response):
    response.headers.setdefault("Cache-Control", FOR_ONE)
    return response


def _answer(request, key, page, packing):
    if page.is_known(request.META.get("HTTP_IF_NONE_MATCH")):
        response = HttpResponseNotModified()
    else:
        response = _whole(request, key, page, packing)
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    request.META[KEPT] = (key, page)
    return response


def _whole(request, key, page, packing):
    has_grown = packing not in page.bodies
    body = page.body(packing)
    response = HttpResponse(b"" if request.method == "HEAD" else body)
    response["Content-Length"] = len(body)
    if packing:
        response["Content-Encoding"] = packing
    if has_grown:
        SHELF.put_here(key, page)
    return response
