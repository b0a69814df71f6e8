"""What a page is kept under: the state of what readers see, the minute, the address, who asks how.

What a page says of now ("heute", a date that is over, a line that answers) changes with a minute
at the earliest, so a page lives until the next one. The language is part of the path.
"""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from kekiz_portal.lib import keeping

LONGEST_QUERY = 1_000
NUMBER = "kekiz.content_number"  # what `front` asked for, for who comes after it
MOMENT, QUERY = slice(2), 7  # where they stand in a key
# Headers of scripts that change what a page is like, each only on or off.
SWITCHES = ("HTTP_HX_REQUEST", "HTTP_HX_HISTORY_RESTORE_REQUEST")
BY_SCRIPT = "HTTP_X_REQUESTED_WITH"
# The cookies with which somebody has a page of their own.
OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


def may_be_kept(environ):
    """Tell whether a request asks for what everybody gets: nobody sent or is signed in."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    cookies = environ.get("HTTP_COOKIE", "")
    return not cookies or not any(name in cookies for name in OWN_COOKIES)


def key_of(environ, how, number, query):
    """Return what a page is kept under, given ``how``, and the number of what readers see."""
    return (
        number,
        int(timezone.now().timestamp() // 60),
        how.edition(),
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO", "") == "https",
        environ["PATH_INFO"],
        query,
        *(environ.get(name) == "true" for name in SWITCHES),
        BY_SCRIPT in environ,
    )


@lru_cache(maxsize=4_096)
def how_kept(path):
    """Return how the pages of a path are kept, ``None`` if they are not."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return keeping.how_kept(resolve(path).func)
        except Resolver404:
            return None


@receiver(setting_changed)
def _look_anew(**_):
    how_kept.cache_clear()


def in_order(query, parameters):
    """Return a query string with the known parameters alone, in their order; ``None`` if long."""
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return None
    # WSGI hands bytes over as Latin-1 (PEP 3333): an umlaut that nobody escaped is two of them.
    given, known = QueryDict(query.encode("iso-8859-1")), QueryDict(mutable=True)
    for name in parameters:
        if name in given:
            known.setlist(name, given.getlist(name))
    return known.urlencode()
