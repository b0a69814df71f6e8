"""How often the page of an entry is looked at: counted before the kept pages, never who looks."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from kekiz_portal.serving import looks
from offers.models import Looks
from offers.models.office.experience import monday_of
from offers.tasks import forget_search_demand
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"


@pytest.fixture(autouse=True)
def threads(monkeypatch):
    """What would write in a minute, and the connection of the test instead of its own."""
    threads = []
    monkeypatch.setattr(looks, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(
        looks, "Timer", lambda *_: threads.append(SimpleNamespace(start=int)) or threads[-1]
    )
    monkeypatch.setattr(looks, "LOOKS", looks.Looks())
    return threads


def look(path, status="200 OK", **environ):
    """Ask for a page as a family does, where the portal answers with a status."""

    def portal(_environ, start_response):
        start_response(status, [])
        return [b"page"]

    given = {"PATH_INFO": path, "HTTP_USER_AGENT": BROWSER} | environ
    environ = Client()._base_environ(**given)
    assert looks.with_looks_counted(portal)(environ, lambda *_: None) == [b"page"]


def counted():
    looks.LOOKS.write()
    return dict(Looks.objects.values_list("offer__slug", "number"))


def test_looks_of_a_minute_are_written_together_by_the_week(threads, django_assert_num_queries):
    first, second = OfferFactory(), OfferFactory()
    for _time in range(3):
        look(first.get_absolute_url())
    look(f"/tr{first.get_absolute_url()}", status="304 Not Modified")
    look(second.get_absolute_url())

    with django_assert_num_queries(1):
        looks.LOOKS.write()
    look(first.get_absolute_url())

    assert counted() == {first.slug: 5, second.slug: 1}
    assert len(threads) == 2
    assert {one.name for one in Looks._meta.fields} == {"id", "offer", "week", "number"}
    assert set(Looks.objects.values_list("week", flat=True)) == {monday_of(timezone.localdate())}


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_USER_AGENT": f"{BROWSER} (compatible; Googlebot/2.1)"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=office"},
        {"REQUEST_METHOD": "HEAD"},
        {"status": "404 Not Found"},
        {"status": "301 Moved Permanently"},
    ],
)
def test_machines_the_office_and_what_is_not_there_do_not_count(threads, other):
    look(OfferFactory().get_absolute_url(), **other)
    look("/angebote/")
    look("/angebote/anzahl/")

    assert counted() == {}


def test_a_database_that_is_away_hurts_nobody(monkeypatch):
    def away(_self, _numbers):
        raise OperationalError

    path = OfferFactory().get_absolute_url()
    look(path)
    with monkeypatch.context() as patched:
        patched.setattr("offers.models.office.looks.LooksQuerySet.add", away)
        looks.LOOKS.write()
    look(path)

    assert list(counted().values()) == [1]


def test_fewer_than_five_looks_go_with_their_week_and_all_after_eight_weeks():
    monday, offer = monday_of(timezone.localdate()), OfferFactory()
    for weeks_ago, number in [(0, 1), (1, 4), (2, 5), (8, 70), (9, 80)]:
        week = monday - dt.timedelta(weeks=weeks_ago)
        Looks.objects.create(offer=offer, week=week, number=number)

    for _night in range(2):
        forget_search_demand()

    assert sorted(Looks.objects.values_list("number", flat=True)) == [1, 5, 70]
    assert Looks.objects.by_offer([offer]) == {offer.pk: 76}
