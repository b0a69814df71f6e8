"""Bounces are read from a folder on a mail server, over TLS."""

import pytest

from network.models import AddressHealth
from network.newsletters.bounces import mailbox, reading
from network.newsletters.sending.return_addresses import return_path
from tests.network.newsletters.bounces.imap_server import Server, write_certificate
from tests.network.newsletters.bounces.samples import LETTER, POSTFIX, mail


@pytest.fixture
def certificate(tmp_path):
    path = tmp_path / "certificate.pem"
    write_certificate(path)
    return path


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture(params=["IMAP4rev1 UIDPLUS", "IMAP4rev1"])
def server(certificate, request, settings):
    with Server(certificate, request.param) as running:
        place = f"localhost:{running.server_address[1]}"
        settings.BOUNCE_MAILBOX = f"imaps://bounces%40portal.example:geheim%401@{place}/INBOX"
        yield running
        running.shutdown()


def test_bounces_are_counted_and_removed_and_letters_stay_flagged(server, trusted, sent_to):
    letter = mail(LETTER, "bounces@portal.example")
    server.put(1, mail(POSTFIX, return_path(sent_to("a@kita.example")), number=1))
    server.put(2, letter)
    server.put(3, mail(POSTFIX, return_path(sent_to("b@kita.example")), number=3))
    server.put(4, letter)
    server.flags[4].add(b"\\Deleted")  # by somebody else, who may still want it back

    tally = reading.read()
    again = reading.read()

    assert (tally.new, tally.known, tally.others) == (2, 0, 1)
    assert (again.new, again.known, again.others) == (0, 0, 0)
    assert AddressHealth.objects.count() == 2
    assert (server.mails[2], server.flags[2]) == (letter, {b"\\Flagged"})
    assert server.mails[4] == letter
    visible = [number for number, flags in server.flags.items() if b"\\Deleted" not in flags]
    assert visible == [2]


def test_a_wrong_password_is_told(server, trusted, settings):
    settings.BOUNCE_MAILBOX = settings.BOUNCE_MAILBOX.replace("geheim", "falsch")

    with pytest.raises(mailbox.UnreadableMailboxError, match="wrong password"):
        reading.read()


def test_a_missing_folder_is_told(server, trusted, settings):
    settings.BOUNCE_MAILBOX = settings.BOUNCE_MAILBOX.replace("INBOX", "Fehlt")

    with pytest.raises(mailbox.UnreadableMailboxError, match="no such folder"):
        reading.read()


def test_a_server_nobody_vouches_for_gets_no_password(server):
    with pytest.raises(mailbox.UnreadableMailboxError, match="CERTIFICATE_VERIFY_FAILED"):
        reading.read()
