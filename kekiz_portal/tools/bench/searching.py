"""How long the search takes inside the application, with few offers and with many."""

import random
import statistics
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connection
from django.http import QueryDict

from offers.browsing.query import BrowseQuery
from offers.models import Offer, SearchSynonym
from offers.search.query import memory
from offers.search.suggesting import suggestions

from .servers import database_of_its_own

SIZES = (5_000, 50_000)
QUERIES = 120
A_PAGE = 20
BEGINNING = (3, 8)  # letters after which somebody reads suggestions
SLIPS = 4  # every fourth word is mistyped
MORE = ["", "", "wanne", "7 jahre", "kostenlos", "für mein baby", "herne mitte", "nachmittags"]


@dataclass(frozen=True)
class Times:
    """How many milliseconds one kind of question took, with so many offers."""

    offers: int
    question: str
    median: float
    percentile_95: float


def measure():
    """Yield the ``Times`` for the city's facts, and with many made-up offers beside them.

    In a database of its own, so that everything can be as tidy as after a night.
    """
    with database_of_its_own():
        call_command("load_facts", settings.CITY_DIR, verbosity=0)
        yield from _measure_as_it_is()
        for size in SIZES:
            missing = size - Offer.objects.count()
            call_command("generate_offers", missing, "--force", verbosity=0)
            yield from _measure_as_it_is()


def _measure_as_it_is():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    count, texts = Offer.objects.count(), _queries()
    memory.read_anew()
    for question, ask in (("search", _search), ("suggestions", _suggest)):
        for text in texts[: QUERIES // 10]:
            ask(text)
        times = [_milliseconds(ask, text) for text in texts]
        median, percentile_95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        yield Times(count, question, median, percentile_95)


def _queries():
    """Return what people may type: titles and other words, some mistyped, some with a filter."""
    chance = random.Random(1)  # noqa: S311, nothing secret is made here
    titles = list(Offer.objects.order_by("pk").values_list("title", flat=True)[:QUERIES])
    phrases = list(SearchSynonym.objects.order_by("pk").values_list("phrase", flat=True))
    found = titles + chance.sample(phrases, min(len(phrases), QUERIES))
    texts = [_mistyped(text, chance) if chance.randrange(SLIPS) == 0 else text for text in found]
    texts = [f"{text} {chance.choice(MORE)}".strip() for text in texts]
    chance.shuffle(texts)
    return texts[:QUERIES]


def _mistyped(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _search(text):
    query = BrowseQuery(_parameters(text))
    list(query.offers[:A_PAGE])


def _suggest(text):
    suggestions(text[: random.Random(len(text)).randint(*BEGINNING)])  # noqa: S311, as above


def _parameters(text):
    parameters = QueryDict(mutable=True)
    parameters["q"] = text
    return parameters


def _milliseconds(ask, text):
    started = time.perf_counter()
    request_started.send(__name__)  # which asks once what state readers see
    ask(text)
    request_finished.send(__name__)
    return (time.perf_counter() - started) * 1000
