"""Sessions of the staff: the cookie goes with no request from elsewhere, and idle ones end."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .second_factor import STAFF_ROOMS

LAST_SEEN = "last_seen"
SECONDS_BETWEEN_NOTES = 60


class StaffSessions(SessionMiddleware):
    """Sessions whose cookie is Strict for whoever is signed in.

    Somebody who follows a link out of a mail into the office brings no such cookie along. The
    answer is a page that goes on to the same address by itself: that request comes from here.
    """

    def process_request(self, request):
        super().process_request(request)
        if self._comes_from_elsewhere(request):
            return HttpResponse(render_to_string("account/from_elsewhere.html", request=None))
        return None

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and "_auth_user_id" in request.session:
            cookie["samesite"] = "Strict"
        return response

    def _comes_from_elsewhere(self, request):
        return (
            request.method == "GET"
            and request.headers.get("Sec-Fetch-Site") == "cross-site"
            and request.headers.get("Sec-Fetch-Mode") == "navigate"
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and STAFF_ROOMS.match(request.path_info)
            and "/verwaltung/konto/" not in request.path_info
        )


class Idle:
    """Middleware: who did nothing in the office for a while is signed out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if STAFF_ROOMS.match(request.path_info) and request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request):
        now = time.time()
        seen = request.session.get(LAST_SEEN, now)
        if now - seen > settings.STAFF_IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("Sie waren lange nicht aktiv. Bitte melden Sie sich neu an."))
        elif LAST_SEEN not in request.session or now - seen > SECONDS_BETWEEN_NOTES:
            request.session[LAST_SEEN] = now
