"""What a session and a password must be like."""

import time

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth.hashers import get_hashers_by_algorithm, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from kekiz_portal import settings as as_written
from kekiz_portal.signing_in.sessions import LAST_SEEN
from kekiz_portal.signing_in.tasks import clear_sessions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "Herne2026!Sommer",
        "stadtherne123456",
        "VonAnfangAn2026!",
        "Sommer2026Sommer",
        "qwertzuiop123456",
        "1qay2wsx3edc4rfv",
        "asdfghjklasdfghjkl",
        "abcdefghijklmnop",
        "Passwort-Herne-26",
        "H3rn3-S0mm3r-2026",
        "Fruehling!2025!Herne",
        "hallohallohallo",
        "xyxyxyxyxyxyxyxy",
        "987654321987654",
    ],
)
def test_a_password_of_known_parts_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["drei-blaue-boote", "vier-rote-drachen", "Lampe Zaun Fjord Kiesel", "7Kx!pQ2w#Lm9"]
)
def test_words_that_have_nothing_to_do_with_each_other_are_fine(password):
    validate_password(password)


def test_passwords_are_kept_by_argon2id(settings):
    settings.PASSWORD_HASHERS = as_written.PASSWORD_HASHERS
    get_hashers_by_algorithm.cache_clear()

    assert make_password("drei-blaue-boote", hasher="argon2").startswith("argon2$argon2id$")
    assert as_written.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_who_did_nothing_for_an_hour_signs_in_anew(client, signed_in, frieda_with_app):
    signed_in(client, frieda_with_app)
    assert client.get(reverse("admin:index")).status_code == 200

    session = client.session
    session[LAST_SEEN] = time.time() - portal_settings.STAFF_IDLE_MINUTES * 60 - 1
    session.save()

    answer = client.get(reverse("admin:index"), follow=True)
    assert "Sie waren lange nicht aktiv" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_cookie_of_somebody_signed_in_is_strict(frieda, password):
    client = Client()
    client.post(reverse("account_login"), {"login": "frieda", "password": password})

    cookie = client.cookies[portal_settings.SESSION_COOKIE_NAME]
    assert cookie["samesite"] == "Strict"
    assert client.cookies[portal_settings.CSRF_COOKIE_NAME]["samesite"] == "Strict"


def test_a_link_out_of_a_mail_into_the_office_goes_on_by_itself(client):
    url = reverse("admin:offers_offer_changelist")
    from_a_mail = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}

    first = client.get(url, headers=from_a_mail)
    second = client.get(url, headers={"Sec-Fetch-Site": "same-origin"})

    assert 'http-equiv="refresh"' in first.content.decode()
    assert first.cookies == {}
    assert second.status_code == 302


def test_sessions_that_ended_are_deleted(client, signed_in, frieda_with_app):
    signed_in(client, frieda_with_app)
    session = client.session
    session.set_expiry(-1)
    session.save()
    key = session.session_key

    clear_sessions()

    assert not Session.objects.filter(pk=key).exists()


@pytest.mark.parametrize(
    "sent", ["[" * 50_000, '{"a":' * 10_000, "9" * 5_000, '{"x": "' + "y" * 50_000 + '"}', "[[[["]
)
def test_deep_or_long_junk_instead_of_a_passkey_is_refused(frieda_with_app, password, sent):
    client = Client()
    client.post(reverse("account_login"), {"login": "frieda", "password": password})

    answer = client.post(reverse("mfa_authenticate"), {"credential": sent})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
