"""The mailbox of bounces is read without losing a mail, however often and whatever lies in it."""

import pytest
from django.core.management import CommandError, call_command

from network import tasks
from network.bounces import reading, scoring
from network.bounces.addresses import return_path
from network.models import AddressHealth, Bounce
from tests.network.bounces.samples import EXIM, LETTER, POSTFIX, mail


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
    "mailbox", ["maildir:///not/there", "pop3://mail.example", "imaps://127.0.0.1:1/INBOX"]
)
def test_a_mailbox_that_cannot_be_read_is_told_and_stops_no_worker(db, settings, mailbox, caplog):
    settings.BOUNCE_MAILBOX = mailbox

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("read_bounces")
    tasks.read_bounces()

    assert "bounces cannot be read" in caplog.text


def test_without_a_mailbox_there_is_nothing_to_do(db, settings, capsys):
    settings.BOUNCE_MAILBOX = ""

    call_command("read_bounces")

    assert "0 new bounces" in capsys.readouterr().out
