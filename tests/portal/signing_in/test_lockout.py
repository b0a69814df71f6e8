"""Guessing is stopped by user name and address together; who is locked reads why and how long."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.signing_in.tasks import forget_old_attempts
from kekiz_portal.signing_in.visitor_address import visitor_address

pytestmark = pytest.mark.django_db

PASSWORD = "drei-blaue-boote"
OFFICE, ELSEWHERE = "192.0.2.10", "198.51.100.7"


@pytest.fixture(autouse=True)
def with_app(frieda_with_app):
    """Everybody here has set up the app."""


def try_password(password, *, name="frieda", address=OFFICE, client=None):
    sent = {"login": name, "password": password}
    return (client or Client()).post(reverse("account_login"), sent, REMOTE_ADDR=address)


def lock(**how):
    for _ in range(5):
        response = try_password("falsch", **how)
    return response


def test_after_five_failures_the_page_says_what_happened_until_when_and_whom_to_ask(
    frieda, settings
):
    response = lock()

    page = response.content.decode()
    opens = timezone.localtime(AccessAttempt.objects.get().attempt_time)
    opens += settings.AXES_COOLOFF_TIME
    assert response.status_code == 429
    assert "vorübergehend gesperrt" in page
    assert f"{opens:%H:%M} Uhr" in page
    assert settings.CITY["contact"]["phone"] in page


def test_while_locked_the_right_password_does_not_help(frieda):
    lock()

    assert try_password(PASSWORD).status_code == 429


def test_the_same_person_elsewhere_and_a_colleague_here_are_not_locked(frieda):
    User.objects.create_superuser("karl", password=PASSWORD)
    lock()

    assert try_password(PASSWORD, address=ELSEWHERE).status_code == 302
    assert try_password(PASSWORD, name="karl").status_code == 302


@pytest.mark.parametrize("other", ["FRIEDA", " Frieda ", "ｆｒｉｅｄａ"])
def test_another_spelling_of_the_name_gets_no_tries_of_its_own(frieda, other):
    lock()

    assert try_password("falsch", name=other).status_code == 429


@pytest.mark.parametrize("name", ["frie\x00da", "x" * 10_000, "", "🙈"])
def test_nonsense_as_a_name_is_answered(frieda, name):
    assert try_password("falsch", name=name).status_code in {200, 302}


def test_trying_on_does_not_put_off_the_time_one_was_told(frieda):
    lock()
    before = AccessAttempt.objects.get().attempt_time

    try_password("falsch")

    assert AccessAttempt.objects.get().attempt_time == before


def test_the_lock_opens_by_itself(frieda, settings):
    lock()
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)

    assert try_password(PASSWORD).status_code == 302


def test_wrong_codes_lock_too_and_then_the_right_code_does_not_help(frieda, code):
    client = Client()
    try_password(PASSWORD, client=client)
    for _ in range(5):
        response = client.post(reverse("mfa_authenticate"), {"code": "0"}, REMOTE_ADDR=OFFICE)

    assert response.status_code == 429
    again = client.post(reverse("mfa_authenticate"), {"code": code()}, REMOTE_ADDR=OFFICE)
    assert again.status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_sign_in_that_worked_starts_the_count_anew(frieda, code):
    for _ in range(4):
        try_password("falsch")
    client = Client()
    try_password(PASSWORD, client=client)
    client.post(reverse("mfa_authenticate"), {"code": code()}, REMOTE_ADDR=OFFICE)

    assert not AccessAttempt.objects.exists()


def test_a_code_opens_once(frieda, settings, code):
    shown = code()
    for expected in [302, 200]:
        client = Client()
        try_password(PASSWORD, client=client)
        response = client.post(reverse("mfa_authenticate"), {"code": shown})
        assert response.status_code == expected


@pytest.mark.parametrize("sent", ["", "[]", "{}", '{"response": {}}', "null", "x", "\x00", "1e999"])
def test_junk_instead_of_a_passkey_is_refused(frieda, sent):
    client = Client()
    try_password(PASSWORD, client=client)

    response = client.post(reverse("mfa_authenticate"), {"credential": sent})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_of_an_attempt_only_name_address_and_number_are_kept(frieda):
    for _ in range(2):
        Client(HTTP_USER_AGENT="Mozilla", HTTP_ACCEPT="text/html").post(
            reverse("account_login"), {"login": "frieda", "password": "falsch"}
        )

    attempt = AccessAttempt.objects.get()
    kept = [attempt.user_agent, attempt.http_accept, attempt.get_data, attempt.post_data]
    assert kept == ["", "", "", ""]
    assert (attempt.username, attempt.failures_since_start) == ("frieda", 2)


def test_old_attempts_are_forgotten(frieda, settings):
    try_password("falsch", name="alt")
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME)
    try_password("falsch", name="neu", address=ELSEWHERE)

    forget_old_attempts()

    assert [one.username for one in AccessAttempt.objects.all()] == ["neu"]


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, "203.0.113.9", OFFICE),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (True, "nonsense", None),
        (True, "", None),
    ],
)
def test_an_address_is_believed_only_from_the_proxy(settings, behind_proxy, forwarded, expected):
    settings.SECURE_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR=OFFICE, HTTP_X_FORWARDED_FOR=forwarded)

    assert visitor_address(request) == expected
