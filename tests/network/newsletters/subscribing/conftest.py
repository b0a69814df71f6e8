"""Signing up as people do: through the pages and the mails."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from network.models import MailRequest
from network.newsletters.subscribing import mailing

LINK = re.compile(r"https?://[^/\s]+(/newsletter/([a-z-]+)/\S+)")


@pytest.fixture(autouse=True)
def no_forms_counted():
    cache.clear()


@pytest.fixture(autouse=True)
def fast_writers(settings):
    """Tests write faster than people."""
    settings.FORMS_TAKE_SECONDS = 0


@pytest.fixture
def client():
    """A visitor whose browser keeps no CSRF cookie: forms must work without."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def called(monkeypatch):
    """The ids that were handed to workers."""
    numbers = []
    monkeypatch.setattr(
        "kekiz_portal.lib.mails.current_app.send_task",
        lambda _name, arguments, **_: numbers.extend(arguments),
    )
    return numbers


@pytest.fixture
def post_office(called, mailoutbox, django_capture_on_commit_callbacks):
    """What a worker does after a page: post_office(page, ...) -> the mails that left."""

    def work(ask):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            ask()
        for number in list(called):
            mailing.send(number)
        called.clear()
        return mailoutbox[before:]

    return work


@pytest.fixture
def sign_up(client, post_office):
    """Fill in the form: sign_up("a@b.example") -> the mails it led to."""

    def fill_in(address="ida@beispiel.de", **fields):
        data = {"address": address, "language": "de"} | fields
        return post_office(lambda: client.post("/newsletter/", data))

    return fill_in


@pytest.fixture
def subscribed(client, sign_up):
    """Somebody who has confirmed: subscribed("a@b.example") -> None."""

    def subscribe(address="ida@beispiel.de", **fields):
        [mail] = sign_up(address, **fields)
        client.post(link(mail, "bestaetigen"))
        # The hour in which an address gets no second mail is over.
        MailRequest.objects.all().delete()

    return subscribe


def link(mail, page):
    """Return the path of a page that a mail leads to."""
    return next(path for path, name in LINK.findall(mail.body) if name == page)
