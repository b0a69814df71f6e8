"""From the page to the mail through the real queue and a real worker."""

import time
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client

from network.models import Subscription
from tests.network.newsletters.subscribing.conftest import LINK

pytestmark = pytest.mark.django_db(transaction=True)

MAIL_SECONDS = 20


@pytest.fixture
def mail_folder(tmp_path, monkeypatch):
    """Where the worker of this test writes mails."""
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{tmp_path}")
    return tmp_path


@pytest.fixture
def worker(mail_folder, request):
    """A worker that was started after its mail folder was set."""
    return request.getfixturevalue("celery_worker_process")


def first_mail(folder):
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for file in folder.iterdir():
            if text := file.read_bytes():
                return message_from_bytes(text, policy=default)
        time.sleep(0.1)
    return pytest.fail("no mail came")


def test_somebody_signs_up_gets_a_mail_and_confirms(worker, mail_folder):
    visitor = Client(enforce_csrf_checks=True)
    visitor.post("/newsletter/", {"address": "ida@beispiel.de", "language": "de"})

    mail = first_mail(mail_folder)
    [(path, page)] = LINK.findall(mail.get_content())

    assert (mail["To"], page) == ("ida@beispiel.de", "bestaetigen")
    visitor.post(path)
    assert Subscription.objects.active().count() == 1
