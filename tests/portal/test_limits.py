"""How often one connection and its network may ask."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from kekiz_portal.lib.limits import Limit, first_use, networks_of


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def ask(limit, address, times=1):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    return [limit.allows(request) for _ in range(times)]


@pytest.mark.parametrize(
    ("address", "connection", "network"),
    [
        ("203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("2001:db8:1:2:aaaa::7", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("", "", ""),
        ("unix:", "unix:", "unix:"),
    ],
)
def test_what_counts_as_one_connection_and_as_one_network(address, connection, network):
    assert networks_of(address) == (connection, network)


def test_a_whole_network_may_not_ask_as_often_as_its_connections_together():
    limit = Limit("test", connection=2, network=5)

    answers = [ask(limit, f"203.0.113.{number}", 2) for number in range(4)]

    assert answers == [[True, True], [True, True], [True, False], [False, False]]
    assert ask(limit, "198.51.100.1") == [True]


def test_whoever_takes_another_address_of_one_ipv6_connection_is_the_same():
    limit = Limit("test", connection=2, network=50)

    answers = [ask(limit, f"2001:db8:1:2::{number}") for number in range(1, 4)]

    assert answers == [[True], [True], [False]]


def test_a_connection_that_goes_on_takes_nothing_from_its_neighbours():
    limit = Limit("test", connection=2, network=5)
    ask(limit, "203.0.113.1", 50)

    assert ask(limit, "203.0.113.2", 2) == [True, True]


def test_a_guarded_view_says_when_to_come_back():
    limit = Limit("test", connection=1, network=5, seconds=90)
    view = limit.guards(lambda _request: HttpResponse("ja"))
    post = RequestFactory().post("/")

    answers = [view(post), view(post), view(RequestFactory().get("/"))]

    assert [one.status_code for one in answers] == [200, 429, 200]
    assert answers[1].headers["Retry-After"] == "90"


def test_what_is_good_once_knows_a_second_use_from_a_double_click():
    answers = [first_use("test", "x", 60, content) for content in ["a", "a", "b"]]

    assert answers == [None, True, False]


def test_without_redis_everybody_may(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}

    assert ask(Limit("test", connection=1, network=1), "203.0.113.1", 3) == [True] * 3
    assert first_use("test", "x", 60, "a") is None
