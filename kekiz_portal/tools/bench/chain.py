"""How long the chain takes: all cells of the table, the walk of ten thousand, every door.

Wall clock with the processor time of this process beside it: others use the machine, and what the
database takes is in the first alone.
"""

import time
from dataclasses import dataclass
from itertools import product

from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.coverage.doors import Doors
from network.coverage.kettenlauf import Kettenlauf
from network.coverage.overview import Overview
from offers.models import Offer

from .servers import database_of_its_own

TIMES = 5


@dataclass(frozen=True)
class Figure:
    """The least of some runs; ``wall`` and ``cpu`` are milliseconds."""

    what: str
    offers: int
    wall: float
    cpu: float
    queries: int


def measure(sizes):
    """Yield a ``Figure`` of each measure for the city's own offers and for so many."""
    with database_of_its_own():
        call_command("load_facts", settings.CITY_DIR, meanings_later=True, verbosity=0)
        call_command("load_network", settings.CITY_DIR, verbosity=0)
        yield from _measure_as_it_is()
        for size in sizes:
            missing = size - Offer.objects.published().count()
            call_command("generate_offers", missing, "--force", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            yield from _measure_as_it_is()


def _measure_as_it_is():
    offers = Offer.objects.published().count()
    overview, doors = Overview(timezone.localdate()), Doors()
    cells = f"{len([*_cells(overview)]):,} cells"
    measures = {
        f"chain, {cells}": _count,
        f"chain, {cells} with demand and doubles": _fill,
        "chain, 10,000 children walk": lambda: Kettenlauf(timezone.localdate()),
        f"chain, {doors.combinations:,} doors": lambda: Doors().gaps,
    }
    for what, work in measures.items():
        yield Figure(what, offers, *_least(work))


def _count():
    overview = Overview(timezone.localdate())
    for place, topic, phase in _cells(overview):
        overview.supply.cell(topic.slug, phase, place.slug if place.parent_id else None)
        overview.children.of(place, phase.years)


def _fill():
    overview = Overview(timezone.localdate())
    for place, topic, phase in _cells(overview):
        overview.field(topic, phase, place)


def _cells(overview):
    return product([overview.city, *overview.parts], overview.topics, overview.phases)


def _least(work):
    """Return the least milliseconds of wall clock and of processor, and the queries of a run."""
    reset_queries()  # the log that they are counted by holds no more than some thousand
    with CaptureQueriesContext(connection) as asked:
        work()
    runs = []
    for _again in range(TIMES):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    walls, cpus = zip(*runs, strict=True)
    return min(walls) * 1000, min(cpus) * 1000, len(asked)
