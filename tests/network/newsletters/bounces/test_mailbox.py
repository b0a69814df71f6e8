"""The mailbox of bounces is read without losing a mail, however often and whatever lies in it."""

import pytest
from django.core.management import CommandError, call_command

from network import tasks
from network.models import AddressHealth, Bounce
from network.newsletters.bounces import reading, scoring
from network.newsletters.bounces.checks import bounce_mailbox_is_an_address
from network.newsletters.sending.return_addresses import return_path
from tests.network.newsletters.bounces.samples import EXIM, LETTER, POSTFIX, mail


def files(maildir):
    return sorted(str(path.relative_to(maildir)) for path in maildir.rglob("*.host*"))


def test_a_bounce_is_counted_and_leaves_the_mailbox(maildir, put, sent_to, capsys):
    put(mail(POSTFIX, return_path(sent_to("a@kita.example")), number=1))
    put(mail(EXIM, return_path(sent_to("b@kita.example")), number=2))

    call_command("read_bounces")

    assert "2 new bounces, 0 read before, 0 other mails." in capsys.readouterr().out
    assert {one.address for one in AddressHealth.objects.all()} == {
        "a@kita.example",
        "b@kita.example",
    }
    assert files(maildir) == []


def test_what_is_no_bounce_stays_with_a_flag_and_is_not_read_again(maildir, put, db):
    raw = mail(LETTER, "bounces@portal.example")
    put(raw)

    assert reading.read().others == 1
    assert reading.read().others == 0

    assert files(maildir) == ["cur/0.host:2,F"]
    assert (maildir / "cur" / "0.host:2,F").read_bytes() == raw


def test_flags_of_a_mail_program_are_kept(maildir, db):
    (maildir / "cur" / "1.host:2,S").write_bytes(b"Subject: Hallo\n\nGruss")

    reading.read()

    assert files(maildir) == ["cur/1.host:2,FS"]


def test_a_bounce_stays_when_it_cannot_be_written_down(maildir, put, sent_to, monkeypatch):
    put(mail(POSTFIX, return_path(sent_to())))
    monkeypatch.setattr(scoring, "count", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reading.read()
    assert not Bounce.objects.exists()
    monkeypatch.undo()

    assert files(maildir) == ["new/0.host"]


def test_a_bounce_that_was_written_down_but_not_removed_counts_once(maildir, put, sent_to):
    raw = mail(POSTFIX, return_path(sent_to()))
    put(raw)
    reading.read()
    put(raw)

    tally = reading.read()

    assert (tally.new, tally.known) == (0, 1)
    assert AddressHealth.objects.get().score == 1
    assert files(maildir) == []


@pytest.mark.parametrize(
    "mailbox",
    [
        "maildir:///not/there",
        "pop3://mail.example",
        "imaps://127.0.0.1:1/INBOX",
        "imaps://user:secret@mail.example:99999/INBOX",
        "imaps://user:sec/ret@mail.example/INBOX",
        "imaps://[mail.example/INBOX",
        "imaps:///INBOX",
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_and_stops_no_worker(db, settings, mailbox, caplog):
    settings.BOUNCE_MAILBOX = mailbox

    with pytest.raises(CommandError, match="cannot be read") as told:
        call_command("read_bounces")
    assert "sec" not in str(told.value)
    tasks.read_bounces()

    assert "bounces cannot be read" in caplog.text


@pytest.mark.parametrize(
    ("mailbox", "is_fine"),
    [
        ("", True),
        ("maildir:///var/mail/bounces", True),
        ("imaps://user:p%40ss@mail.example/INBOX", True),
        ("imaps://user:pass@mail.example:port/INBOX", False),
        ("http://mail.example", False),
    ],
)
def test_a_mailbox_that_is_no_address_is_told_before_the_start(settings, mailbox, is_fine):
    settings.BOUNCE_MAILBOX = mailbox

    assert (bounce_mailbox_is_an_address() == []) is is_fine


def test_a_report_with_an_endless_address_does_not_keep_the_others_from_being_read(
    maildir, put, sent_to
):
    put(mail(POSTFIX, "bounces@portal.example", number=1, recipient=f"{'a' * 290}@kita.example"))
    put(mail(EXIM, return_path(sent_to("b@kita.example")), number=2))

    assert reading.read().new == 2

    assert AddressHealth.objects.get().address == "b@kita.example"
    assert files(maildir) == []


def test_without_a_mailbox_there_is_nothing_to_do(db, settings, capsys):
    settings.BOUNCE_MAILBOX = ""

    call_command("read_bounces")

    assert "0 new bounces" in capsys.readouterr().out
