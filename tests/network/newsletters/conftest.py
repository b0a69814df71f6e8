"""A real mail server, and newsletters with people to send them to."""

import json
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from network.models import Contact, Newsletter, Segment
from network.newsletters.sending import steering, transport
from tests.factories.network import ContactFactory, PartnerFactory

READY_SECONDS = 15


@dataclass
class Mailbox:
    """What the mail server accepted."""

    port: int
    file: Path

    def accepted(self):
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    def counts(self):
        return Counter(mail["to"] for mail in self.accepted())


@pytest.fixture
def mail_server(tmp_path, settings):
    """A server on this machine that the portal sends to; it misbehaves for certain addresses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    file = tmp_path / "accepted.jsonl"
    file.touch()
    script = Path(__file__).with_name("mail_server.py")
    process = subprocess.Popen([sys.executable, script, str(port), str(file)])
    settings.EMAIL_BACKEND = transport.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 1
    settings.NEWSLETTER_DATA_TIMEOUT_SECONDS = 2
    try:
        wait_for(port)
        yield Mailbox(port, file)
    finally:
        process.kill()
        process.wait()


def wait_for(port):
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the mail server did not come up")


@pytest.fixture(autouse=True)
def unhurried(settings):
    """No test but those on the pace waits for it."""
    settings.NEWSLETTER_PER_MINUTE = settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN = 0


@pytest.fixture
def nobody_called(monkeypatch):
    """No worker is called; a test sends by itself."""
    monkeypatch.setattr("kekiz_portal.lib.mails.current_app.send_task", lambda *_, **__: None)


@pytest.fixture
def newsletter_to(db, nobody_called):
    """A newsletter on its way to addresses: newsletter_to("a@m.example") -> Newsletter."""

    def make(*addresses, start=True):
        partner = PartnerFactory()
        Contact.objects.bulk_create(
            ContactFactory.build(partner=partner, email=address, wants_mail=True)
            for address in addresses
        )
        newsletter = Newsletter.objects.create(
            title="Neues für Familien",
            slug=f"neues-{timezone.now():%s-%f}",
            segment=Segment.objects.get_or_create(name="Alle", is_everybody=True)[0],
            is_archived_publicly=True,
        )
        newsletter.blocks.create(text="<p>Guten Tag!</p>")
        if start:
            assert steering.start(newsletter)
        return newsletter

    return make
