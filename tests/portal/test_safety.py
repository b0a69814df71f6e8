"""What a careful administration expects of every answer."""

import logging

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from kekiz_portal.logs import WithoutQuery
from kekiz_portal.serving.unavailable import Unavailable
from tests.conftest import PRODUCTION


def test_production_settings_are_clean(manage):
    process = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert process.returncode == 0, process.stderr


def test_every_answer_carries_the_protective_headers(client):
    response = client.get(reverse("healthz"))

    assert set(response.headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    }
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/angebote/", "/hilfe/", "/gibt-es-nicht/"])
def test_a_public_page_sets_no_cookie(client, path):
    response = client.get(path)

    assert response.cookies == {}


def test_a_page_asked_for_while_the_database_is_away_says_so(
    client, monkeypatch, django_db_blocker
):
    nowhere = {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"connect_timeout": 2}}
    for name, value in nowhere.items():
        monkeypatch.setitem(connection.settings_dict, name, value)

    with django_db_blocker.unblock():
        connection.close()
        response = client.get("/angebote/")
        connection.close()

    assert response.status_code == 503
    assert "gleich wieder da" in response.content.decode()


def test_style_and_script_can_be_collected_for_production(collected_files):
    assert (collected_files / "staticfiles.json").exists()


def test_a_lost_database_shows_a_page_and_when_to_come_back(caplog):
    middleware = Unavailable(lambda _request: HttpResponse())
    request = RequestFactory().get("/angebote/", {"q": "scheidung"})

    response = middleware.process_exception(request, OperationalError("gone"))

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert '<html lang="de"' in response.content.decode()
    assert "scheidung" not in caplog.text


def test_what_people_search_for_stays_out_of_the_log(caplog):
    line = logging.makeLogRecord({"msg": '"GET /angebote/?q=scheidung&alter=18 HTTP/1.1" 200'})

    WithoutQuery().filter(line)

    assert line.getMessage() == '"GET /angebote/ HTTP/1.1" 200'


def test_the_operator_sees_that_everything_is_there(client, db):
    response = client.get(reverse("readyz"))

    assert response.status_code == 200
    assert {"postgresql": True, "redis": True}.items() <= response.json().items()
