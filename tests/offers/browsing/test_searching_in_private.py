"""A search is sent, so that words of distress stand in no address; an ordinary one gets its own."""

import logging
import re
from urllib.parse import unquote_plus

import pytest
from django.test import Client

from offers.models import SearchDemand
from offers.views.browse import SENT

pytestmark = pytest.mark.django_db

BROWSE = "/angebote/"
IN_NEED = "mein mann schlägt mich"


def send(client, **fields):
    return client.post(BROWSE, fields)


def addresses(page):
    """Return whatever a page links to or sends by GET."""
    return [unquote_plus(one) for one in re.findall(r'(?:href|action)="([^"]*)"', page)]


def test_an_ordinary_search_is_led_to_an_address_to_keep(herne, client):
    response = send(client, q="hebamme", bezirk="bezirk-wanne", seite="2", unsinn="x")

    assert response.status_code == 303
    assert response["Location"] == "/angebote/?q=hebamme&bezirk=bezirk-wanne"
    assert "hebamme" in client.get(response["Location"]).content.decode()


def test_an_empty_search_leads_to_all_offers(herne, client):
    assert send(client, q="")["Location"] == BROWSE


def test_words_of_distress_are_answered_at_once_and_stand_in_no_address(herne, client):
    response = send(client, q=IN_NEED, bezirk="bezirk-wanne")
    page = response.content.decode()

    assert response.status_code == 200
    assert 'href="tel:110"' in page
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert [one for one in addresses(page) if "schlägt" in one] == []
    assert 'method="get"' not in page
    assert "schlägt" not in re.search(r"<title>.*?</title>", page, re.DOTALL)[0]


def test_whoever_did_not_mean_it_gets_all_offers_without_an_address_either(herne, client):
    assert "Nicht gemeint?" in send(client, q=IN_NEED).content.decode()

    response = send(client, q=IN_NEED, woertlich="1")

    assert response.status_code == 200
    assert "Nicht gemeint?" not in response.content.decode()
    assert [one for one in addresses(response.content.decode()) if "schlägt" in one] == []


def test_a_filter_on_such_a_page_is_sent_too_and_an_age_is_understood(herne, client):
    response = send(client, q=IN_NEED, woertlich="1", zahl="7", einheit="jahre")

    assert response.status_code == 200
    assert 'href="tel:110"' in response.content.decode()
    assert 'value="84"' in response.content.decode()


def test_words_of_distress_in_an_address_are_answered_all_the_same(herne, client):
    response = client.get(BROWSE, {"q": IN_NEED})

    assert 'href="tel:110"' in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_sending_needs_no_cookie_and_sets_none(herne):
    client = Client(enforce_csrf_checks=True)

    assert send(client, q="hebamme").status_code == 303
    assert send(client, q=IN_NEED).status_code == 200
    assert not client.cookies


def test_what_was_sent_is_neither_counted_nor_logged(herne, client, caplog):
    with caplog.at_level(logging.DEBUG):
        for _time in range(6):
            send(client, q=IN_NEED)

    assert "schl" not in caplog.text
    assert not SearchDemand.objects.exists()


def test_as_many_searches_are_answered_as_by_address(herne, client):
    for _time in range(SENT.connection):
        SENT.allows(client.get(BROWSE).wsgi_request)

    response = send(client, q=IN_NEED)

    assert response.status_code == 429
    assert "Retry-After" in response.headers


def test_a_body_that_is_too_long_is_not_read(herne, client):
    assert send(client, q="x" * 70_000).status_code == 413


@pytest.mark.parametrize("text", ["\x00", "%", "x" * 5_000, "\u202e" * 50, "' OR 1=1"])
def test_whatever_is_sent_gives_a_page(herne, client, text):
    response = client.post(BROWSE, {"q": text}, follow=True)

    assert response.status_code == 200


def test_by_htmx_the_list_comes_back_without_the_words_in_the_address(herne, client):
    response = client.post(BROWSE, {"q": IN_NEED}, headers={"hx-request": "true"})

    assert response["HX-Replace-Url"] == BROWSE
    assert "<html" not in response.content.decode()
