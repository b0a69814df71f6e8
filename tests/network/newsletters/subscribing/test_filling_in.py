"""Programs send forms at once; people take a moment, and lose nothing when they were fast."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core import signing
from django.utils import timezone

from network.models import MailRequest, Subscription
from network.newsletters.subscribing.filling_in import new_stamp
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
SIGN_UP = "/newsletter/"
DATA = "/newsletter/meine-daten/"
TOO_FAST = "Ihre Eingaben sind noch da"


@pytest.fixture(autouse=True)
def people_take_time(fast_writers, settings):
    settings.FORMS_TAKE_SECONDS = 3


@pytest.fixture
def later(monkeypatch):
    """Let time pass: later(seconds=5)."""

    def move(**time):
        moved = timezone.now() + dt.timedelta(**time)
        monkeypatch.setattr(signing, "time", SimpleNamespace(time=moved.timestamp))

    return move


def fill_in(client, page, **fields):
    return form_of(client.get(page), None) | {"address": "ida@beispiel.de"} | fields


@pytest.mark.parametrize("page", [SIGN_UP, DATA])
def test_what_comes_at_once_stays_typed_and_goes_through_a_moment_later(
    client, called, later, page
):
    answer = client.post(page, fill_in(client, page))

    assert answer.status_code == 200
    assert TOO_FAST in answer.content.decode()
    assert "ida@beispiel.de" in answer.content.decode()
    assert not MailRequest.objects.exists()

    later(seconds=4)
    assert client.post(page, form_of(answer, None)).status_code == 303
    assert MailRequest.objects.count() == 1


@pytest.mark.parametrize("page", [SIGN_UP, DATA])
@pytest.mark.parametrize("stamp", ["", "made up", ":x:y", "a\x00b", "ä" * 5000])
def test_a_form_that_nobody_opened_is_not_taken_but_can_be_sent_again(
    client, called, later, page, stamp
):
    answer = client.post(page, fill_in(client, page, began=stamp))
    assert not MailRequest.objects.exists()

    later(seconds=4)
    assert client.post(page, form_of(answer, None)).status_code == 303


def test_a_stamp_is_not_good_for_ever(client, called, later):
    stamp = new_stamp()
    later(days=2)

    answer = client.post(SIGN_UP, {"address": "a@b.de", "language": "de", "began": stamp})

    assert TOO_FAST in answer.content.decode()
    assert not Subscription.objects.exists()
