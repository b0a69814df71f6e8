"""Nobody can use the portal to bury a mailbox: limits by mailbox, connection, network and hour."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core import signing
from django.test import Client
from django.utils import timezone

from network.models import MailRequest, Subscription
from network.newsletters.subscribing import mailing
from network.newsletters.subscribing.filling_in import new_stamp
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
SIGN_UP = "/newsletter/"
DATA = "/newsletter/meine-daten/"


@pytest.fixture
def old_stamp(fast_writers, settings, monkeypatch):
    """A stamp of somebody who took time."""
    settings.FORMS_TAKE_SECONDS = 3
    stamp = new_stamp()
    later = (timezone.now() + dt.timedelta(seconds=5)).timestamp()
    monkeypatch.setattr(signing, "time", SimpleNamespace(time=lambda: later))
    return stamp


@pytest.fixture
def coordinator(db, signed_in, django_user_model):
    user = django_user_model.objects.create_user("koordination", is_staff=True)
    user.groups.add(Group.objects.get(name="Koordination"))
    return signed_in(Client(), user)


def send_what_waits():
    for number in MailRequest.objects.waiting().values_list("pk", flat=True):
        mailing.send(number)


def typed(address, **more):
    return {"address": address, "language": "de"} | more


@pytest.mark.parametrize("page", [SIGN_UP, DATA])
def test_one_stamp_is_good_for_one_form(client, called, old_stamp, page):
    answers = [
        client.post(page, typed(f"ida+{number}@beispiel.de", began=old_stamp))
        for number in range(5)
    ]

    assert [one.status_code for one in answers] == [303, 200, 200, 200, 200]
    assert "Ihre Eingaben sind noch da" in answers[1].content.decode()
    assert MailRequest.objects.count() == 1


def test_a_double_click_is_thanked_twice_and_counts_once(client, called, old_stamp):
    answers = [client.post(SIGN_UP, typed("ida@beispiel.de", began=old_stamp)) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert Subscription.objects.count() == MailRequest.objects.count() == 1


def test_a_wrong_address_uses_up_no_stamp(client, called, old_stamp):
    wrong = client.post(SIGN_UP, typed("ida@", began=old_stamp))
    assert "nicht vollständig" in wrong.content.decode()

    again = client.post(SIGN_UP, form_of(wrong, None) | {"address": "ida@beispiel.de"})

    assert again.status_code == 303


@pytest.mark.parametrize("page", [SIGN_UP, DATA])
def test_too_many_from_one_connection_are_refused_with_the_time_to_come_back(client, called, page):
    answers = [client.post(page, typed(f"a{number}@beispiel.de")) for number in range(31)]

    assert {one.status_code for one in answers[:30]} == {303}
    assert answers[30].status_code == 429
    assert answers[30].headers["Retry-After"] == "3600"
    assert "in einer Stunde noch einmal" in answers[30].content.decode()
    assert 'value="a30@beispiel.de"' in answers[30].content.decode()


def test_a_network_of_256_addresses_sends_no_7680_forms_an_hour(client, called):
    answers = [
        client.post(
            SIGN_UP, typed(f"a{number}@beispiel.de"), REMOTE_ADDR=f"203.0.113.{number % 256}"
        )
        for number in range(130)
    ]

    assert [one.status_code for one in answers].count(429) == 10
    elsewhere = client.post(SIGN_UP, typed("b@beispiel.de"), REMOTE_ADDR="198.51.100.1")
    assert elsewhere.status_code == 303


def test_a_full_hour_makes_further_mails_wait_and_the_office_sees_it(
    client, called, settings, mailoutbox, coordinator
):
    settings.REQUESTED_MAILS_AN_HOUR = 3
    for number in range(5):
        client.post(SIGN_UP, typed(f"a{number}@beispiel.de"))
    for number in MailRequest.objects.order_by("pk").values_list("pk", flat=True):
        mailing.send(number)
    assert len(mailoutbox) == 3

    start = coordinator.get("/verwaltung/").content.decode()
    waiting = coordinator.get("/verwaltung/network/mailrequest/").content.decode()
    assert "Mails zum Newsletter, die warten" in start
    assert "beispiel.de" in waiting
    assert "a4@" not in start + waiting

    MailRequest.objects.exclude(sent_at=None).update(sent_at=timezone.now() - dt.timedelta(hours=2))
    called.clear()
    mailing.send_waiting()
    for number in called:
        mailing.send(number)
    assert len(mailoutbox) == 5
    assert "Mails zum Newsletter" not in coordinator.get("/verwaltung/").content.decode()


@pytest.mark.parametrize("page", [SIGN_UP, DATA])
@pytest.mark.parametrize(
    "spell",
    [
        lambda number: f"ida+{number}@gmail.com",
        lambda number: f"{'i' + '.' * (number % 2) + 'da'}@googlemail.com",
        lambda number: f"Ida+{number}@posteo.de",
    ],
)
def test_many_spellings_of_one_mailbox_get_one_mail_an_hour(
    client, called, mailoutbox, page, spell
):
    for number in range(20):
        address = f"203.0.{number}.1"
        assert client.post(page, typed(spell(number)), REMOTE_ADDR=address).status_code == 303
        send_what_waits()

    assert len(mailoutbox) == 1
    assert MailRequest.objects.waiting().count() == 1


def test_the_last_spelling_of_a_mailbox_gets_the_mail_that_waits(client, called, mailoutbox):
    """A stranger's "+x" does not keep the mail from its owner."""
    for address in ["ida+fremd@gmail.com", "ida+fremd2@gmail.com", "ida@gmail.com"]:
        client.post(SIGN_UP, typed(address))
        send_what_waits()

    MailRequest.objects.exclude(sent_at=None).update(sent_at=timezone.now() - dt.timedelta(hours=2))
    send_what_waits()

    assert [mail.to[0] for mail in mailoutbox] == ["ida+fremd@gmail.com", "ida@gmail.com"]
