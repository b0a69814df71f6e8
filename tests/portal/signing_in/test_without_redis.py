"""While Redis is away nobody gets in, nobody may guess on, and everybody reads why."""

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis_away(settings):
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}


def answer_is_readable(answer):
    page = answer.content.decode()
    return answer.status_code == 503 and "Wir sind gleich wieder da" in page


@pytest.mark.parametrize("typed", ["drei-blaue-boote", "falsch"])
def test_a_sign_in_says_to_try_again_and_tells_nothing_about_the_password(
    client, frieda_with_app, redis_away, typed, caplog
):
    answer = client.post(reverse("account_login"), {"login": "frieda", "password": typed})

    assert answer_is_readable(answer)
    assert answer.headers["Retry-After"] == "60"
    assert "_auth_user_id" not in client.session
    assert not AccessAttempt.objects.exists()  # it was not even compared
    assert "Redis unavailable at /verwaltung/konto/anmelden/" in caplog.text


def test_a_code_opens_nothing_when_redis_goes_away_after_the_password(
    client, frieda_with_app, password, code, request
):
    client.post(reverse("account_login"), {"login": "frieda", "password": password})
    request.getfixturevalue("redis_away")

    answer = client.post(reverse("mfa_authenticate"), {"code": code()})

    assert answer_is_readable(answer)
    assert "_auth_user_id" not in client.session


def test_wrong_codes_count_and_lock_all_the_same(
    client, frieda_with_app, password, settings, request
):
    client.post(reverse("account_login"), {"login": "frieda", "password": password})
    request.getfixturevalue("redis_away")

    for _ in range(settings.SIGN_IN_FAILURE_LIMIT):
        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert answer.status_code == 429


def test_who_is_signed_in_works_on(frieda_with_app, signed_in, redis_away):
    client = signed_in(Client(), frieda_with_app)

    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("account_login")).status_code == 302
