"""The same address comes twice at the same moment, as after a double click."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from network.models import Consent, MailingList, MailRequest, Subscription
from network.newsletters.subscribing import mailing, signing_up
from network.newsletters.subscribing.signing_up import Choice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nobody_called(monkeypatch):
    monkeypatch.setattr("kekiz_portal.lib.mails.current_app.send_task", lambda *_, **__: None)


def on_a_connection_of_its_own(work):
    try:
        return work()
    finally:
        connection.close()


def at_once(work, times=8):
    with ThreadPoolExecutor(max_workers=4) as people:
        list(people.map(on_a_connection_of_its_own, [work] * times))


def ask():
    lists = list(MailingList.objects.all())
    choice = Choice(language="de", lists=lists, offered=lists)
    signing_up.ask("ida@beispiel.de", choice, "/newsletter/")


def test_signing_up_many_times_at_once_makes_one_subscription_and_one_mail(
    nobody_called, mailoutbox
):
    at_once(ask)
    number = MailRequest.objects.get().pk
    at_once(lambda: mailing.send(number))

    assert Subscription.objects.count() == Consent.objects.count() == 1
    assert len(mailoutbox) == 1


def test_unsubscribing_many_times_at_once_ends_it_once(nobody_called):
    ask()

    at_once(lambda: signing_up.stop("ida@beispiel.de"))

    assert Subscription.objects.get().state == "ended"
