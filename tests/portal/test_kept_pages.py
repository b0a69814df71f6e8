"""Public pages are made once and given to everybody, until something that readers see changes."""

import gzip
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import brotli
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisConnectionError

from kekiz_portal.serving.kept_pages import shelf
from kekiz_portal.serving.kept_pages.front import with_kept_pages
from kekiz_portal.serving.kept_pages.middleware import KeptPages
from kekiz_portal.serving.kept_pages.page import KeptPage, best_packing
from kekiz_portal.serving.kept_pages.shelf import SHELF, Shelf
from offers.models import CostOption, Location, Offer
from offers.search.query import memory
from tests.factories.offers import (
    CostOptionFactory,
    OfferFactory,
    OfferPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
IN_PLACE = {"HX-Request": "true"}
ONE_QUESTION = 1
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def questions(client, path, **headers):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, headers=headers).status_code == 200
    return len(asked)


def held():
    return len(SHELF._pages)


@pytest.fixture
def offer():
    return OfferFactory(title="Krabbelgruppe Löwenzahn", topics=[TopicFactory(slug="spiel")])


def public_paths(offer):
    return [
        "/",
        "/angebote/",
        "/angebote/?thema=spiel&sortierung=titel",
        offer.get_absolute_url(),
        f"{offer.get_absolute_url()}melden/",
        "/lebensphasen/",
        "/einrichtungen/",
        "/hilfe/",
        "/newsletter/archiv/",
    ]


def test_the_second_reader_of_a_public_page_costs_one_question(client, offer):
    for path in public_paths(offer):
        first = client.get(path)

        assert questions(Client(), path) == ONE_QUESTION, path
        assert Client().get(path).content == first.content


# Whatever changes is seen with the next request.


def archived(offer):
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.ARCHIVED)


@pytest.mark.parametrize("headers", [{}, IN_PLACE], ids=["whole", "in place"])
def test_an_archived_offer_is_gone_at_once_and_back_at_once(client, offer, headers):
    def shown():
        return offer.title in client.get("/angebote/", headers=headers).content.decode()

    assert shown()
    archived(offer)
    assert not shown()
    assert client.get(offer.get_absolute_url()).status_code == 404
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.PUBLISHED)
    assert shown()
    assert client.get(offer.get_absolute_url()).status_code == 200


def test_an_address_that_is_protected_from_now_on_is_gone_from_every_page_at_once(client, offer):
    place = OfferPlaceFactory(offer=offer)
    street = place.location.street
    paths = ["/angebote/", offer.get_absolute_url()]
    assert street in client.get(paths[1]).content.decode()

    Location.objects.filter(pk=place.location.pk).update(
        visibility=Location.Visibility.PROTECTED, district=None
    )

    assert not any(street in client.get(path).content.decode() for path in paths)


def test_a_changed_price_is_right_in_every_language_with_the_next_request(client, offer):
    Offer.objects.filter(pk=offer.pk).update(cost_kind=Offer.Cost.PAID)
    price = CostOptionFactory(offer=offer, amount="37.13")
    fronts = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code in LANGUAGES]
    paths = [f"{one}{path}" for one in fronts for path in ("/angebote/", offer.get_absolute_url())]

    def prices():
        pages = (client.get(path).content.decode() for path in paths)
        return [set(re.findall(r"(37|41)[.,](?:13|57)", page)) for page in pages]

    assert prices() == [{"37"}] * len(paths)
    CostOption.objects.filter(pk=price.pk).update(amount="41.57")
    assert prices() == [{"41"}] * len(paths)


# An address that means the same is the same page; nothing a stranger adds stays in it.


def test_what_is_added_to_an_address_neither_stays_in_the_page_nor_makes_another_one(client, offer):
    plain = client.get("/angebote/?thema=spiel")

    for added in ["fbclid=abc", "x=%3Cscript%3E", "utm_source=a&utm_source=b"]:
        answer = client.get(f"/angebote/?{added}&thema=spiel")
        assert answer.content == plain.content
    assert held() == 1


def test_who_comes_first_with_a_strange_address_leaves_nothing_in_it_for_others(client, offer):
    client.get("/angebote/?fbclid=fremd&thema=spiel&seite=1")

    assert "fremd" not in Client().get("/angebote/?thema=spiel&seite=1").content.decode()


def test_an_umlaut_that_nobody_escaped_is_read_as_one(client, offer):
    found = client.get("/angebote/?q=Löwenzahn").content.decode()

    assert 'value="Löwenzahn"' in found
    assert offer.get_absolute_url() in found


def test_the_order_of_the_parameters_makes_no_other_page(client, offer):
    one = client.get("/angebote/?thema=spiel&sortierung=titel")
    other = client.get("/angebote/?sortierung=titel&thema=spiel")

    assert one["ETag"] == other["ETag"]
    assert held() == 1


@pytest.mark.parametrize(
    "query", ["thema=%00", "seite=999999999999", "alter=%C3%28", "q=" + "a" * 3_000, "thema=" * 400]
)
def test_no_address_breaks(client, offer, query):
    assert client.get(f"/angebote/?{query}").status_code == 200


def test_a_page_in_place_and_a_whole_page_are_two(client, offer):
    whole, part = client.get("/angebote/"), client.get("/angebote/", headers=IN_PLACE)

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<html" in client.get("/angebote/").content


# As few bytes as the reader can take.


def test_every_packing_holds_the_same_page(client):
    def asked(packing):
        return client.get("/hilfe/", headers={"Accept-Encoding": packing})

    plain, zipped, packed = asked(""), asked("gzip"), asked("gzip, deflate, br")

    assert not plain.has_header("Content-Encoding")
    assert zipped["Content-Encoding"] == "gzip"
    assert packed["Content-Encoding"] == "br"
    assert gzip.decompress(zipped.content) == brotli.decompress(packed.content) == plain.content
    assert len(packed.content) < len(zipped.content) < len(plain.content)


@pytest.mark.parametrize(
    ("accepted", "best"),
    [("gzip, br", "br"), ("br;q=0, gzip", "gzip"), ("identity", ""), ("", ""), ("BR; q=0.5", "br")],
)
def test_the_reader_says_which_packing_is_understood(accepted, best):
    assert best_packing(accepted) == best


def test_who_has_the_page_already_is_told_so_and_nothing_more(client, offer):
    first = client.get("/angebote/")
    again = client.get("/angebote/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == first["Cache-Control"]
    assert again["Vary"] == first["Vary"]

    archived(offer)

    assert client.get("/angebote/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_browser_asks_each_time_and_a_proxy_may_answer_for_a_moment(client):
    answer = client.get("/angebote/")

    said = answer["Cache-Control"]
    assert "public" in said
    assert "max-age=0, must-revalidate" in said
    assert "stale-while-revalidate" in said
    differs_by = {name.strip() for name in answer["Vary"].lower().split(",")}
    assert differs_by == {"accept-encoding", "hx-request", "hx-history-restore-request"}


# What is somebody's own is never kept.


def test_somebody_signed_in_gets_a_page_made_for_him_that_no_proxy_keeps(client, offer, signed_in):
    client.get("/angebote/")
    office = signed_in(Client(), get_user_model().objects.create_user("anna", is_staff=True))

    answer = office.get("/angebote/")
    assert not answer.has_header("ETag")
    assert "private" in answer["Cache-Control"]
    assert held() == 1


def test_an_answer_to_a_form_is_not_kept(client, offer):
    report = f"{offer.get_absolute_url()}melden/"
    for path, sent in [("/", {"monat": "13"}), (report, {"message": "Meine Nachricht"})]:
        wrong = client.post(path, sent)

        assert wrong.status_code == 200
        assert not wrong.has_header("ETag")
        assert "Meine Nachricht" not in Client().get(path).content.decode()


@pytest.mark.parametrize("path", ["/newsletter/", "/verwaltung/konto/anmelden/", "/gibt-es-nicht/"])
def test_pages_with_a_secret_or_a_stamp_and_pages_there_are_not_are_not_kept(client, path):
    assert not client.get(path).has_header("ETag")
    assert held() == 0


def test_a_search_in_vain_is_counted_each_time(client, offer):
    for _reader in range(2):
        answer = client.get("/angebote/?q=quastenflosser")
        assert "public" not in answer["Cache-Control"]
    assert held() == 0


def test_words_that_the_search_has_learned_since_are_read_in_a_page_of_their_own(
    client, offer, monkeypatch
):
    memory.current()
    client.get("/angebote/?q=l%C3%B6wenzahn")
    assert questions(client, "/angebote/?q=l%C3%B6wenzahn") == ONE_QUESTION

    monkeypatch.setattr(memory._here, "fingerprint", None)

    assert questions(client, "/angebote/?q=l%C3%B6wenzahn") > ONE_QUESTION


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_for_a_page_at_once_one_lets_it_be_made_and_all_get_it():
    made, all_ask = [], Barrier(3)

    def slowly(_request):
        made.append(1)
        time.sleep(0.2)
        return HttpResponse(f"gemacht: {len(made)}")

    portal = KeptPages(slowly)

    def ask(_number):
        all_ask.wait(20)
        answer = portal(RequestFactory().get("/hilfe/"))
        connection.close()
        return answer.content

    with ThreadPoolExecutor(3) as readers:
        assert set(readers.map(ask, range(3))) == {b"gemacht: 1"}


# Memory and Redis.


def test_memory_is_bounded_and_the_page_not_asked_for_the_longest_goes_first():
    small = Shelf(megabytes=1)
    for number in range(20):
        small.put_here((7, 0, number), KeptPage([], "", "", bytes(100_000)))
        small.here((7, 0, 0))

    assert small.bytes <= 1_000_000
    assert small.here((7, 0, 0))
    assert small.here((7, 0, 19))
    assert not small.here((7, 0, 1))
    small.put_here((8, 0, 0), KeptPage([], "", "", b""))
    assert not small.here((7, 0, 19)), "nobody asks for it after a change"


def test_a_page_asked_for_twice_is_found_by_another_process_through_redis(client, offer):
    first = client.get("/angebote/")
    in_another_process = Shelf(1)
    in_another_process.edition = SHELF.edition
    (key,) = SHELF._pages

    assert in_another_process.find(key) is None
    client.get("/angebote/")
    assert in_another_process.find(key).body("") == first.content
    SHELF.forget()
    assert SHELF.find(key) is None


def test_redis_is_asked_seldom_while_it_has_nothing_and_always_once_it_had_something(monkeypatch):
    asked, mine, other = [], Shelf(1), Shelf(1)
    get = cache.get
    monkeypatch.setattr(cache, "get", lambda place: asked.append(place) or get(place))
    for number in range(400):
        mine.find((7, 0, number))
    assert len(asked) < 100

    other.put_here((7, 0, "a"), KeptPage([], "a", "", b"a"))
    other.here((7, 0, "a"))
    assert any(mine.find((7, 0, "a")) for _time in range(10))
    asked.clear()
    for number in range(10):
        mine.find((7, 0, number))
    assert len(asked) == 10


def test_places_in_redis_are_counted_and_another_page_in_the_same_place_is_no_mistake(monkeypatch):
    monkeypatch.setattr(shelf, "PLACES_IN_REDIS", 1)
    one, other = Shelf(1), Shelf(1)
    for name in "ab":
        one.put_here((7, 0, name), KeptPage([], name, "", name.encode()))
        one.here((7, 0, name))

    assert other.find((7, 0, "a")) is None
    assert other.find((7, 0, "b")).body("") == b"b"


def test_pages_are_kept_without_redis_and_the_log_says_so_once(client, offer, monkeypatch, caplog):
    def away(*_args, **_more):
        raise RedisConnectionError

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    with caplog.at_level(logging.WARNING):
        client.get("/angebote/")
        client.get("/")

        assert questions(client, "/angebote/") == ONE_QUESTION
    assert len([one for one in caplog.messages if "without Redis" in one]) == 1


# Before Django.


@pytest.fixture(autouse=True)
def one_connection():
    """Requests of a server close what a test still needs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def asked(portal, path, **environ):
    """Return status, headers and bytes of an answer of a WSGI application."""
    told = []
    environ = Client()._base_environ(PATH_INFO=path, **environ)
    parts = portal(environ, lambda status, headers, *_error: told.append((status, dict(headers))))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return *told[0], body


def never(environ, start_response):
    raise AssertionError


def test_what_comes_from_before_django_differs_in_nothing(offer):
    first = asked(with_kept_pages(WSGIHandler()), "/angebote/", HTTP_ACCEPT_ENCODING="br")

    again = asked(with_kept_pages(never), "/angebote/", HTTP_ACCEPT_ENCODING="br")

    assert again == first
    assert {"Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"} <= set(
        again[1]
    )
    known = asked(with_kept_pages(never), "/angebote/", HTTP_IF_NONE_MATCH=first[1]["ETag"])
    assert known[0] == "304 Not Modified"
    assert not known[2]


def test_before_django_nobody_gets_what_changed_or_is_not_for_him(offer):
    asked(with_kept_pages(WSGIHandler()), "/angebote/")
    session = f"{settings.SESSION_COOKIE_NAME}=abc"
    for other in [
        {"HTTP_COOKIE": session},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HX_REQUEST": "true"},
    ]:
        with pytest.raises(AssertionError):
            asked(with_kept_pages(never), "/angebote/", **other)

    archived(offer)

    with pytest.raises(AssertionError):
        asked(with_kept_pages(never), "/angebote/")
