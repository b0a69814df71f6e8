"""How fast the public pages are, beside a view that answers "ok", in one run.

Servers as in production, on a database of its own with the city's facts and made-up offers beside
them. A page is pressed some times, each right after the "ok" view, and the median of its ratios to
that counts: what else the machine does slows both, and one press alone differs by half, most of
all by how its connections fall to the workers.
"""

import itertools
import os
import statistics
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from lifephases.models import LifePhase
from offers.models import District, Offer, Topic

from . import forgetting, load, servers
from .rows import Row

STATES = WARM, EMPTY, COLD = "warm", "no page kept", "cold"
FEWEST = 8
PRESSES = 9
WARMING = 200
SETTLING = 5  # seconds
PORTAL = "kekiz_portal.wsgi"
PLAIN = "kekiz_portal.tools.bench.plain_django"
WORDS = [
    "Hebamme",
    "Krabbelgruppe",
    "Schwimmen",
    "Kita",
    "Sprachkurs",
    "Beratung",
    "Turnen",
    "Kochen",
]
BEGINNINGS = ["heb", "krab", "schwi", "kit", "spra", "bera", "tur", "koch"]
DEEP_PAGE, ROWS_A_PAGE = 50, 20


@dataclass(frozen=True)
class Page:
    """A page of the portal: its name in the table, and the addresses asked in turn."""

    name: str
    paths: list


OK = Page('view that answers "ok"', ["/ok"])
LIST = Page("plain Django list page", ["/angebote/"])
FILE = Page("static file of 30 kB", [f"/static/{servers.STATIC_FILE}"])


def measure(sizes, seconds, *, meanings_later=False):
    """Yield a ``Row`` for each page, for the city's facts and for so many offers beside them."""
    with city(meanings_later=meanings_later) as folder:
        for size in [0, *sizes]:
            missing = size - Offer.objects.count()
            if missing > 0:
                call_command("generate_offers", missing, force=True, verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            yield from _with_so_many(folder, seconds)


@contextmanager
def city(*, meanings_later=False):
    """Work with the city's facts in a database of their own; yield the folder of static files."""
    with servers.database_of_its_own(), tempfile.TemporaryDirectory() as name:
        servers.collect_static(Path(name))
        call_command("load_facts", settings.CITY_DIR, meanings_later=meanings_later, verbosity=0)
        yield Path(name)


def _with_so_many(folder, seconds):
    count, pages = Offer.objects.count(), public_pages()
    queries = _queries_of(pages)
    with ExitStack() as stack:
        plain = stack.enter_context(servers.running(PLAIN, folder))
        portal = stack.enter_context(servers.running(PORTAL, folder, servers.FORGETFUL))
        bench = Bench(plain, seconds)
        # What a worker reads once beside its first requests is no part of any row.
        everything = Page("everything", [path for page in pages for path in page.paths])
        load.press(portal.address, _asking(everything), seconds=SETTLING, connections=8)
        yield bench.row(plain, OK, count)
        yield bench.row(plain, LIST, count)
        yield bench.row(portal, FILE, count)
        for page in pages:
            for state in STATES:
                yield bench.row(portal, page, count, state=state, queries=queries[page.name, state])
        note = f"{portal.megabytes:.0f} MB with {servers.WORKERS} workers"
        yield Row("memory", offers=count, note=note)


class Bench:
    """Presses one server after the other; everything is compared with the "ok" view."""

    def __init__(self, plain, seconds):
        self.plain = plain
        self.seconds = seconds / PRESSES

    def row(self, server, page, count, *, state="", **known):
        """Return the ``Row`` of a page in a state, beside the "ok" view."""
        enough = WARMING if state == WARM else len(page.paths)  # so that each worker has them all
        load.press(
            server.address, _asking(page, state), seconds=0.2, connections=8, at_least=enough
        )
        asked, seen, ratios, cpu = _asking(page, state), load.Load(), [], 0
        for _press in range(PRESSES):
            ok = load.press(self.plain.address, _asking(OK), seconds=self.seconds / 2)
            before = server.cpu_seconds
            one = load.press(server.address, asked, seconds=self.seconds, at_least=FEWEST)
            cpu += server.cpu_seconds - before
            ratios.append(one.rate / ok.rate)
            seen += one
        if seen.refused:
            raise RuntimeError(f"{page.name} answered {set(seen.refused)}")
        known |= {"ratio": statistics.median(ratios), "cpu": cpu * 1000 / len(seen.milliseconds)}
        return Row.of(page.name, seen, offers=count, state=state, **known)


def public_pages():
    """Return the pages that are measured, with addresses that exist in this database."""
    browse = "/angebote/"
    topic = Topic.objects.earliest("position").slug
    district = District.objects.within_the_city().first().slug
    last = -(-Offer.objects.published().count() // ROWS_A_PAGE)
    offers = Offer.objects.published().order_by("pk")[:8]
    return [
        Page("home", ["/"]),
        Page("browse", [browse]),
        Page("browse, three filters", [f"{browse}?thema={topic}&bezirk={district}&kostenlos=1"]),
        Page("browse, page 50 or last", [f"{browse}?seite={min(last, DEEP_PAGE)}"]),
        Page("search", [f"{browse}?q={word}" for word in WORDS]),
        Page("suggestions", [f"{browse}vorschlaege/?q={text}" for text in BEGINNINGS]),
        Page("detail", [offer.get_absolute_url() for offer in offers]),
        Page("phase", [LifePhase.objects.along_the_chain()[1].get_absolute_url()]),
        Page("institutions", ["/einrichtungen/"]),
        Page("/hilfe/", ["/hilfe/"]),
    ]


def _asking(page, state=""):
    """Yield requests for a page without an end, each from another visitor: nobody is "too many"."""
    for path in itertools.cycle(page.paths):
        yield load.request(path, X_Forwarded_For=visitor(), **_headers(state))


def visitor():
    """Return the address of somebody who has not asked before."""
    return ".".join(map(str, b"\x64" + os.urandom(3)))


def _headers(state):
    """Return the headers with which a request finds what its state says."""
    own = {"Host": f"n{os.urandom(6).hex()}.{servers.HOST}"}
    return {
        EMPTY: own,
        COLD: own | {forgetting.HEADER: "1"},
    }.get(state, {"Host": servers.HOST})


def _queries_of(pages):
    """Return how many questions each page in each state asks the database."""
    found = {}
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        client = Client()
        for page, state in itertools.product(pages, STATES):
            client.get(page.paths[0], headers=_headers(WARM))
            if state == COLD:
                forgetting.forget()
            with CaptureQueriesContext(connection) as queries:
                client.get(page.paths[0], headers=_headers(state))
            found[page.name, state] = len(queries)
    return found
