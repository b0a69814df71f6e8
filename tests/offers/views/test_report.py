"""A reader says what is wrong with an entry, and nothing about the reader is kept."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from offers.models import Feedback
from offers.views.reporting import REPORTS
from tests.factories.offers import OfferFactory

pytestmark = pytest.mark.django_db

WRONG = {"topic": "times", "message": "Der Kurs beginnt um 10 Uhr."}


@pytest.fixture(autouse=True)
def no_reports_counted():
    cache.clear()


@pytest.fixture
def offer():
    return OfferFactory(title="Elterncafé")


def address(offer):
    return f"{offer.get_absolute_url()}melden/"


def test_the_page_of_an_offer_leads_to_the_report(client, offer):
    assert f'href="{address(offer)}"' in client.get(offer.get_absolute_url()).content.decode()


def test_a_reader_reports_without_account_or_cookie_and_is_thanked(offer):
    client = Client(enforce_csrf_checks=True)
    form = client.get(address(offer))

    thanks = client.post(address(offer), WRONG, follow=True)

    assert "Bitte schreiben Sie keine Namen" in form.content.decode()
    assert "Danke für Ihren Hinweis" in thanks.content.decode()
    assert len(client.cookies) == 0
    kept = Feedback.objects.get()
    assert (kept.offer, kept.topic, kept.message) == (offer, WRONG["topic"], WRONG["message"])


def test_of_the_reader_only_the_day_is_kept(client, offer):
    client.post(address(offer), WRONG, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Telefon")

    row = Feedback.objects.values().get()
    assert row["created_on"] == timezone.localdate()
    assert not [value for value in row.values() if isinstance(value, dt.datetime)]
    assert "203.0.113.77" not in str(row)
    assert "Telefon" not in str(row)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"topic": ""}, "Wählen Sie aus, was nicht stimmt."),
        ({"topic": "quatsch"}, "Wählen Sie aus, was nicht stimmt."),
        ({"topic": "other", "message": "  "}, "Schreiben Sie in einem Satz, was nicht stimmt."),
        ({"message": "a" * 2001}, "2000"),
        ({"message": "a\x00b"}, "Nullzeichen"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_stays_in_the_form(client, offer, change, words):
    response = client.post(address(offer), WRONG | change)

    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert (WRONG | change)["message"].strip() in page
    assert not Feedback.objects.exists()


def test_what_a_machine_sends_is_thanked_for_and_forgotten(client, offer):
    response = client.post(address(offer), WRONG | {"website": "https://spam.example"})

    assert response.status_code == 303
    assert not Feedback.objects.exists()


def test_too_many_reports_from_one_connection_are_held_up_and_not_lost(client, offer):
    here, elsewhere = {"REMOTE_ADDR": "203.0.113.1"}, {"REMOTE_ADDR": "203.0.113.2"}
    for _number in range(REPORTS.connection):
        client.post(address(offer), WRONG, **here)

    held = client.post(address(offer), WRONG, **here)
    other = client.post(address(offer), WRONG, **elsewhere)

    assert held.status_code == 429
    assert held.headers["Retry-After"] == "3600"
    assert "in einer Stunde noch einmal" in held.content.decode()
    assert WRONG["message"] in held.content.decode()
    assert other.status_code == 303
    assert Feedback.objects.count() == REPORTS.connection + 1


def test_the_count_names_no_address(client, offer):
    client.post(address(offer), WRONG, REMOTE_ADDR="203.0.113.77")

    keys = [key.decode() for key in cache._cache.get_client().keys("*reports*")]
    assert len(keys) == 2
    assert "203.0.113" not in "".join(keys)


def test_a_report_is_taken_while_redis_is_away(client, offer, settings):
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}

    assert client.post(address(offer), WRONG).status_code == 303
    assert Feedback.objects.exists()


def test_there_is_nothing_to_report_about_what_is_not_public(client):
    draft = OfferFactory(status="draft")

    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), WRONG).status_code == 404
    assert client.get(address(draft) + "danke/").status_code == 404


def test_what_is_pasted_beyond_the_limit_is_said_and_nothing_of_it_is_lost(client, offer):
    assert "maxlength" not in client.get(address(offer)).content.decode().split("<textarea")[1]

    page = client.post(address(offer), WRONG | {"message": "a" * 2001}).content.decode()

    assert "2000 Zeichen" in page
    assert "a" * 2001 in page
    assert not Feedback.objects.exists()
