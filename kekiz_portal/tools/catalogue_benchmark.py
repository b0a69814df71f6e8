"""What the catalogue in memory costs with the offers that are there, and what a page costs.

A page is made anew each time, under a host of its own: what a page costs that lies ready, and all
that a server does beside it, `make bench` says. The least of some requests is what it takes: others
on the machine only add to it.
"""

import os
import time
import tracemalloc
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from kekiz_portal.lib import content_version
from kekiz_portal.serving.room import with_room_for_calls
from kekiz_portal.tools.bench import forgetting
from offers.catalogue.catalogue import Catalogue
from offers.models import Offer

PAGES = {
    "browse, plain": "/angebote/",
    "browse, three filters": "/angebote/?alter=84&bezirk=bezirk-wanne&kostenlos=1",
    "browse, last page": "/angebote/?sortierung=termin&seite=999999",
    "search": "/angebote/?q=beratung",
    "phase": "/lebensphasen/baby/",
    "institutions": "/einrichtungen/",
    "health": "/healthz",
}
TIMES = 3
REQUESTS = 30
AS_BROWSERS = {"accept-encoding": "gzip, br"}


@dataclass(frozen=True)
class Figure:
    what: str
    number: float
    unit: str
    note: str = ""


def measure():
    """Yield each ``Figure``; changes nothing."""
    number, day = content_version.current(), timezone.localdate()
    catalogue = Catalogue.read(number, day)
    yield Figure("offers", catalogue.all.bit_count(), "")
    seconds = min(_seconds(lambda: Catalogue.read(number, day)) for _ in range(TIMES))
    yield Figure("read all", seconds, "s")
    keys = list(Offer.objects.published().values_list("pk", flat=True)[:1])
    seconds = min(_seconds(lambda: catalogue.changed(number, keys)) for _ in range(TIMES))
    yield Figure("read one that changed", seconds * 1000, "ms")
    yield Figure("memory", _megabytes(number, day), "MB", "of one catalogue, its cards apart")
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        client = Client(headers={"accept-language": settings.LANGUAGE_CODE})
        offer = Offer.objects.published().order_by("pk").first()
        for page, path in {**PAGES, "detail": offer.get_absolute_url()}.items():
            yield _page(client, page, path)


def _page(client, page, path):
    _made_anew(client, path)
    with CaptureQueriesContext(connection) as captured:
        response = _made_anew(client, path)
        queries = len(captured)
    made, cold = (
        min(_cpu(client, path, before) for _ in range(REQUESTS)) * 1000
        for before in (lambda: None, forgetting.forget)
    )
    note = f"cold {cold:.1f}, {queries} queries, {len(response.content) / 1000:.1f} kB of HTML"
    return Figure(page, made, "ms CPU", note)


@with_room_for_calls
def _cpu(client, path, before):
    before()
    started = time.thread_time()
    _made_anew(client, path)
    return time.thread_time() - started


def _made_anew(client, path):
    return client.get(path, headers={"host": f"n{os.urandom(6).hex()}.test", **AS_BROWSERS})


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _megabytes(number, day):
    tracemalloc.start()
    catalogue = Catalogue.read(number, day)
    catalogue.next_date_first(catalogue.for_age(0), time.time())
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / 1_000_000
