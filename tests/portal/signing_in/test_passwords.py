"""A forgotten password is replaced by mail; it never replaces the second factor."""

import base64
import json
import re
import time

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError

from kekiz_portal.signing_in.adapters import SIGNED_IN_AT
from kekiz_portal.signing_in.tasks import send_new_password_mails

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "vier-rote-drachen"


@pytest.fixture
def worker_at_once(monkeypatch):
    """What a page hands to a worker is done before the page answers."""
    monkeypatch.setattr(send_new_password_mails, "delay", send_new_password_mails)


@pytest.fixture
def link(client, frieda_with_app, worker_at_once):
    """The link that Frieda finds in her mail."""
    frieda_with_app.email = "frieda@herne.example"
    frieda_with_app.save()
    client.post(reverse("account_reset_password"), {"email": "frieda@herne.example"})
    return re.search(r"http://localhost:8000(/\S+)", mail.outbox[0].body)[1]


def test_after_a_new_password_the_second_factor_is_still_asked_for(client, link, code):
    form = client.get(link, follow=True)
    url = form.context["action_url"]
    done = client.post(url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert done.redirect_chain[-1][0] == reverse("account_reset_password_from_key_done")
    client.post(reverse("account_login"), {"login": "frieda", "password": NEW_PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_link_counts_once(client, link):
    url = client.get(link, follow=True).context["action_url"]
    client.post(url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    page = Client().get(link, follow=True).content.decode()

    assert "gilt nicht mehr" in page


def test_the_mail_is_german_and_names_the_login(link):
    assert mail.outbox[0].subject.endswith("Neues Passwort für die Verwaltung")
    assert "Ihre Anmeldung „frieda“" in mail.outbox[0].body


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, worker_at_once):
    response = client.post(reverse("account_reset_password"), {"email": "wer@example.org"})

    assert response.url == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_a_known_address_and_an_unknown_one_leave_the_same_for_a_worker(client, frieda):
    """Writing a mail takes time, which would tell that the address belongs to a login."""
    frieda.email = "frieda@herne.example"
    frieda.save()
    queue = redis.Redis.from_url(settings.REDIS_URL)
    queue.delete("celery")

    for address in ["frieda@herne.example", "wer@example.org"]:
        client.post(reverse("account_reset_password"), {"email": address})

    assert mail.outbox == []
    messages = [json.loads(one) for one in queue.lrange("celery", 0, -1)]
    bodies = [json.loads(base64.b64decode(one["body"]))[0] for one in messages]
    assert bodies == [[[]], [[frieda.pk]]]
    assert b"herne.example" not in b"".join(queue.lrange("celery", 0, -1))
    queue.delete("celery")


def test_without_redis_known_and_unknown_addresses_read_the_same_sentence(
    client, frieda, monkeypatch
):
    def no_redis(*_, **__):
        raise OperationalError

    monkeypatch.setattr(send_new_password_mails, "delay", no_redis)
    frieda.email = "frieda@herne.example"
    frieda.save()

    for address in ["frieda@herne.example", "wer@example.org"]:
        answer = client.post(reverse("account_reset_password"), {"email": address})
        assert answer.status_code == 503


def test_somebody_who_was_switched_off_meanwhile_gets_no_link(frieda):
    frieda.email, frieda.is_active = "frieda@herne.example", False
    frieda.save()

    send_new_password_mails([frieda.pk])

    assert mail.outbox == []


def test_while_no_mail_can_be_sent_known_and_unknown_addresses_get_the_same_answer(
    client, frieda, settings, caplog, worker_at_once
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    frieda.email = "frieda@herne.example"
    frieda.save()

    answers = [
        client.post(reverse("account_reset_password"), {"email": address})
        for address in ["frieda@herne.example", "wer@example.org"]
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url == reverse("account_reset_password_done")
    assert f"mail for a new password to user {frieda.pk}" in caplog.text
    assert "herne.example" not in caplog.text


@pytest.mark.parametrize(
    ("password", "why"),
    [("kurz", "12 Zeichen"), ("123456789012345", "numerisch"), ("1q2w3e4r5t6y", "üblich")],
)
def test_a_weak_password_is_refused_with_the_reason(client, link, password, why):
    url = client.get(link, follow=True).context["action_url"]

    response = client.post(url, {"password1": password, "password2": password})

    assert response.status_code == 200
    assert why in str(response.context["form"].errors["password1"])


@pytest.mark.parametrize(
    "name",
    [
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
    ],
)
def test_delicate_pages_ask_who_one_is_when_the_sign_in_is_old(
    client, frieda_with_app, signed_in, name, password
):
    signed_in(client, frieda_with_app)
    assert client.get(reverse(name)).status_code == 200

    session = client.session
    session[SIGNED_IN_AT] = time.time() - 6 * 60
    session.save()
    asked = client.get(reverse(name))
    assert asked.url.startswith(reverse("account_reauthenticate"))

    client.post(asked.url, {"password": password})
    assert client.get(reverse(name)).status_code == 200


def test_a_form_from_another_site_signs_nobody_in():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "frieda", "password": "x"})

    assert response.status_code == 403


def test_a_hundred_wishes_for_a_new_password_become_one_mail_an_hour(frieda):
    frieda.email = "frieda@herne.example"
    frieda.save()

    for _ in range(100):
        send_new_password_mails([frieda.pk])

    assert len(mail.outbox) == 1


def test_a_connection_that_asks_for_many_new_passwords_is_told_when_to_come_back(
    client, worker_at_once
):
    answers = [
        client.post(reverse("account_reset_password"), {"email": f"wer{number}@example.org"})
        for number in range(11)
    ]

    assert [one.status_code for one in answers] == [302] * 10 + [429]
    assert answers[10].headers["Retry-After"] == "3600"
    assert "Bitte kurz warten" in answers[10].content.decode()
