"""How much a request may bring along: what is more is refused before a byte of it is read."""

import logging

from django.conf import settings
from django.http import HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from kekiz_portal.signing_in.second_factor import STAFF_ROOMS

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
# The longest form of a family is a message of 2,000 signs.
FORM_BYTES = 64 * KILOBYTE
# The office uploads lists and pictures, and its forms have many rows.
OFFICE_BYTES = 25 * MEGABYTE
SIGN_IN = "/verwaltung/konto/"

logger = logging.getLogger(__name__)


class BodyLimit:
    """Middleware: answer 413 to a body that is too long, and 400 to one that never comes whole."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = _length(request)
        if length > FORM_BYTES and length > most_bytes(request):
            logger.warning("Refused a body of %d bytes to %s", length, request.path)
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer a client that fell silent or went away while it was sending."""
        if not isinstance(exception, UnreadablePostError):
            return None
        logger.warning("The body of a request to %s did not come whole", request.path)
        return HttpResponse(render_to_string("400.html"), status=400)


def most_bytes(request):
    """Return how many bytes the page that is asked for takes."""
    try:
        resolve(request.path_info)
    except Resolver404:
        return FORM_BYTES
    is_office = STAFF_ROOMS.match(request.path_info) and SIGN_IN not in request.path_info
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return OFFICE_BYTES if is_office and has_session else FORM_BYTES


def _length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
