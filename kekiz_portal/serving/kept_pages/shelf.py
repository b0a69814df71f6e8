"""Where pages lie: in this process, and in Redis for the others and for whoever comes after it.

Both are bounded. A page goes to Redis when somebody asks for it a second time: most are asked for
once, and telling others costs as much as a part of making it. In memory the page not asked for the
longest goes first. In Redis there are so many places and no more, and each page has its own: Redis
never fills up with pages, and what it has to keep (tasks, limits) stays.
"""

import hashlib
import logging
import secrets
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from redis.exceptions import RedisError

from .asking import MOMENT
from .page import KeptPage

PLACES_IN_REDIS = 2_048
SECONDS_IN_REDIS = 120  # a page lives for a minute
# Asking Redis takes a tenth of what making a page does. After so many times in vain only one page
# in so many is asked for, until one is found again.
IN_VAIN, SELDOM = 32, 8

logger = logging.getLogger(__name__)


class Shelf:
    """Pages by their keys."""

    def __init__(self, megabytes):
        self.most_bytes = megabytes * 1_000_000
        self.bytes = 0
        # A release with other files finds no page that names the old ones.
        self.edition = getattr(staticfiles_storage, "manifest_hash", "")
        self._moment = (0, 0)
        self._in_vain = 0
        self._pages = OrderedDict()
        self._lock = Lock()

    def here(self, key):
        """Return a page that lies in this process, ``None`` without one; tell others of it."""
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            page = self._pages[key][0]
        if not page.is_shared:
            page.is_shared = True
            self._share(key, page)
        return page

    def put_here(self, key, page):
        """Lay a page down, or note that it has grown; nobody asks for those of a former moment."""
        size = page.size
        with self._lock:
            if key[MOMENT] > self._moment:
                self._moment = key[MOMENT]
                self._clear()
            self.bytes += size - self._pages.pop(key, (None, 0))[1]
            self._pages[key] = (page, size)
            while self.bytes > self.most_bytes:
                _key, (_page, freed) = self._pages.popitem(last=False)
                self.bytes -= freed

    def find(self, key):
        """Return a page from here or from Redis; ``None`` without one, or not asked for."""
        if page := self.here(key):
            return page
        if self._in_vain > IN_VAIN and self._in_vain % SELDOM:
            self._in_vain += 1
            return None
        digest, place = self._place(key)
        found = _ask(lambda: cache.get(place))
        if not found or found[0] != digest:
            self._in_vain += 1
            return None
        self._in_vain = 0
        page = KeptPage(*found[1:])
        page.is_shared = True
        self.put_here(key, page)
        return page

    def _share(self, key, page):
        digest, place = self._place(key)
        packing, body = next(iter(page.bodies.items()))
        kept = (digest, page.headers, page.etag, packing, body)
        _ask(lambda: cache.set(place, kept, SECONDS_IN_REDIS))

    def forget(self):
        """Forget every page; those in Redis are found by others only."""
        with self._lock:
            self._clear()
            self.edition = secrets.token_hex()

    def _clear(self):
        self._pages.clear()
        self.bytes = 0

    def _place(self, key):
        text = repr((self.edition, key)).encode()
        digest = hashlib.blake2b(text, digest_size=16).digest()
        return digest, f"page:{int.from_bytes(digest[:4]) % PLACES_IN_REDIS}"


class _Redis:
    is_away = False


def _ask(question):
    """Return what Redis answers, ``None`` while it is away; say once that it is."""
    try:
        answer = question()
    except RedisError as error:
        if not _Redis.is_away:
            logger.warning("Pages are kept without Redis: %s", type(error).__name__)
        _Redis.is_away = True
        return None
    _Redis.is_away = False
    return answer


SHELF = Shelf(settings.PAGES_KEPT_MEGABYTES)
