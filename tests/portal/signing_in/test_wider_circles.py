"""Guessing from many addresses is slow; strangers lock nobody out; the owner hears of it."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.signing_in import pauses
from kekiz_portal.signing_in.tasks import warn_of_tries

pytestmark = pytest.mark.django_db

PASSWORD = "drei-blaue-boote"
OFFICE = "192.0.2.10"


@pytest.fixture(autouse=True)
def with_app(frieda_with_app):
    frieda_with_app.email = "frieda@herne.example"
    frieda_with_app.save()


@pytest.fixture(autouse=True)
def worker_at_once(monkeypatch):
    monkeypatch.setattr(warn_of_tries, "delay", warn_of_tries)


def try_password(password, address, name="frieda", client=None):
    sent = {"login": name, "password": password}
    return (client or Client()).post(reverse("account_login"), sent, REMOTE_ADDR=address)


def try_code(client, code, address):
    return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=address)


def signs_in(address, code):
    client = Client()
    try_password(PASSWORD, address, client=client)
    try_code(client, code, address)
    return "_auth_user_id" in client.session


def test_sixty_wrong_codes_over_one_ipv6_64_do_not_leave_the_right_one_a_chance(code):
    answers = []
    for number in range(60):
        address, client = f"2001:db8:1:2::{number:x}", Client()
        try_password(PASSWORD, address, client=client)
        answers.append(try_code(client, "000000", address).status_code)

    assert answers[5:] == [429] * 55 or set(answers[5:]) <= {302, 429}
    assert not signs_in("2001:db8:1:2:ffff::1", code())
    assert AccessAttempt.objects.get().ip_address == "2001:db8:1:2::"


def test_another_household_is_not_locked_with_it(code):
    for number in range(6):
        try_password("falsch", f"2001:db8:1:2::{number:x}")

    assert signs_in("2001:db8:99:1::1", code())


def test_passwords_over_one_ipv4_24_are_counted_together():
    answers = [try_password("falsch", f"192.0.2.{number}").status_code for number in range(40)]

    assert answers.count(200) <= pauses.TRIES_OF_A_NETWORK
    assert answers[-1] == 429


def test_an_address_that_tries_many_names_waits():
    for number in range(pauses.TRIES_OF_AN_ADDRESS):
        try_password("falsch", OFFICE, name=f"wer{number}")

    assert try_password("falsch", OFFICE, name="noch-jemand").status_code == 429


@pytest.fixture
def tried_from_everywhere():
    for number in range(30):
        try_password("falsch", f"203.{number}.113.9")


def test_strangers_from_everywhere_wait_their_turn(tried_from_everywhere):
    first = try_password("falsch", "198.51.100.1")
    second = try_password("falsch", "198.18.7.1")

    assert 429 in {first.status_code, second.status_code}
    assert 0 < int(second.headers["Retry-After"]) <= pauses.SECONDS_A_TURN


def test_who_signed_in_from_here_lately_is_not_held_up_by_strangers(code):
    pauses.remember("frieda", OFFICE)
    for number in range(30):
        try_password("falsch", f"203.{number}.113.9")

    assert signs_in(OFFICE, code())


def test_neither_colleagues_nor_neighbours_lock_out_who_signed_in_from_here(code):
    pauses.remember("frieda", OFFICE)
    many = {"failures_since_start": 40, "attempt_time": timezone.now()}
    AccessAttempt.objects.create(username="karl", ip_address=OFFICE, **many)
    AccessAttempt.objects.create(username="frieda", ip_address="192.0.2.99", **many)

    assert not signs_in("192.0.2.100", code())
    assert signs_in(OFFICE, code())


def test_the_owner_gets_one_mail(tried_from_everywhere):
    for _try in range(5):
        try_password("falsch", "198.51.100.1")

    assert [one.to for one in mail.outbox] == [["frieda@herne.example"]]
    assert "Jemand wollte sich mit Ihrem Namen anmelden" in mail.outbox[0].subject
    assert "kennt jemand Ihr Passwort" not in mail.outbox[0].body


def test_whoever_knows_the_password_is_told_of_to_its_owner():
    client = Client()
    try_password(PASSWORD, OFFICE, client=client)
    for _ in range(5):
        try_code(client, "000000", OFFICE)

    assert "kennt jemand Ihr Passwort" in mail.outbox[0].body
    assert "203." not in mail.outbox[0].body


def test_nobody_is_written_to_about_a_name_that_does_not_exist():
    for number in range(30):
        try_password("falsch", f"203.{number}.113.9", name="niemand")

    assert mail.outbox == []
    assert User.objects.count() == 1
