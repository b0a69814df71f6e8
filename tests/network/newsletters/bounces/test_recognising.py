"""Reports of mail servers of many kinds are understood; anything else is left alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.models import Bounce, Delivery
from network.newsletters.bounces.recognising import recognise
from network.newsletters.sending.return_addresses import return_path
from tests.network.newsletters.bounces.samples import (
    ABSENCE,
    COMPLAINT,
    EXCHANGE,
    EXCHANGE_HTML,
    EXIM,
    GLOBAL,
    GMX,
    LETTER,
    POSTFIX,
    SUPPLEMENT,
    mail,
)

Kind = Bounce.Kind
SERVERS = [POSTFIX, EXCHANGE, EXIM]


@pytest.fixture
def to():
    return return_path(Delivery(pk=7))


@pytest.mark.parametrize("shape", SERVERS, ids=["postfix", "exchange", "exim"])
def test_an_unknown_mailbox_is_a_hard_bounce(to, shape):
    report = recognise(mail(shape, to))

    assert (report.delivery_id, report.address) == (7, "leitung@kita.example")
    assert (report.kind, report.status) == (Kind.HARD, "5.1.1")
    assert "User unknown" in report.words
    assert report.blames_the_mailbox


def test_a_full_mailbox_is_a_soft_bounce(to):
    words = "452 4.2.2 Mailbox full"

    report = recognise(mail(POSTFIX, to, words=words, status="4.2.2"))

    assert (report.kind, report.is_under_way) == (Kind.SOFT, False)
    assert report.blames_the_mailbox


def test_a_delay_is_known_as_such(to):
    words = "connect to mx.kita.example: Connection timed out"

    report = recognise(mail(POSTFIX, to, words=words, status="4.4.1", action="delayed"))

    assert (report.kind, report.is_under_way) == (Kind.SOFT, True)


@pytest.mark.parametrize("shape", SERVERS, ids=["postfix", "exchange", "exim"])
@pytest.mark.parametrize(
    "words",
    [
        "554 5.7.1 Message rejected as spam",
        "550 5.7.26 unauthenticated, see DMARC policy",
        "552 5.3.4 Message size exceeds fixed limit",
        "550 Blocked: host is on the blocklist of spamhaus",
    ],
)
def test_a_refused_content_does_not_blame_the_mailbox(to, shape, words):
    status = words.split()[1] if words[4].isdigit() else "5.0.0"

    report = recognise(mail(shape, to, words=words, status=status))

    assert report.kind == Kind.HARD
    assert not report.blames_the_mailbox


@pytest.mark.parametrize("status", ["5.0.0", "4.0.0"])
@pytest.mark.parametrize("shape", [POSTFIX, EXCHANGE, SUPPLEMENT])
@pytest.mark.parametrize(
    "words",
    [
        "554 Transaction failed due to policy restrictions",
        "550 mail from 192.0.2.1 refused (BL)",
        "554 Invalid Subject header",
        "550 Rejected, see https://provider.example/ofr_506",
        "554 Client host rejected: cannot find your reverse DNS",
    ],
)
def test_a_status_that_says_nothing_with_words_about_us_does_not_blame_the_mailbox(
    to, shape, words, status
):
    report = recognise(mail(shape, to, words=words, status=status))

    assert not report.blames_the_mailbox


@pytest.mark.parametrize("shape", [GMX, EXCHANGE_HTML, GLOBAL], ids=["gmx", "html only", "6533"])
def test_servers_with_words_of_their_own_are_understood(to, shape):
    report = recognise(mail(shape, to, words="550 5.1.1 User unknown"))

    assert report.delivery_id == 7
    assert (report.kind, report.status) == (Kind.HARD, "5.1.1")
    assert report.blames_the_mailbox


def test_a_complaint_is_known_as_one(to):
    report = recognise(mail(COMPLAINT, to))

    assert (report.delivery_id, report.kind) == (7, Kind.COMPLAINT)
    assert report.blames_the_mailbox


def test_an_unknown_mailbox_stays_unknown_whatever_else_the_server_says(to):
    words = "550 5.1.1 unknown user, no spam please"

    assert recognise(mail(POSTFIX, to, words=words)).blames_the_mailbox


def test_prose_without_any_code_is_unclear(to):
    report = recognise(mail(EXIM, to, words="we do not know this person"))

    assert (report.kind, report.address) == (Kind.UNKNOWN, "leitung@kita.example")


@pytest.mark.parametrize("shape", [ABSENCE, LETTER], ids=["absence note", "letter"])
def test_what_people_write_is_no_bounce(to, shape):
    assert recognise(mail(shape, to)) is None


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_receipt_is_no_bounce(to, action):
    assert recognise(mail(POSTFIX, to, status="2.0.0", action=action)) is None


def test_the_same_report_on_another_way_is_the_same(to):
    once = recognise(mail(POSTFIX, to))
    again = recognise(b"Received: from elsewhere\n" + mail(POSTFIX, to))
    other = recognise(mail(POSTFIX, to, number=2))

    assert once.message_hash == again.message_hash
    assert once.message_hash != other.message_hash


def test_no_sign_of_a_report_is_one_the_database_refuses(to):
    report = recognise(mail(POSTFIX, to, words="550 5.1.1 \0 \x1b[2J un\u202egültig"))

    assert report.words == "550 5.1.1 [2J un gültig"


@given(st.binary(max_size=2_000))
def test_no_bytes_stop_the_reader(raw):
    recognise(raw)


@given(st.sampled_from(SERVERS), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_damaged_report_stops_the_reader(shape, data):
    raw = bytearray(mail(shape, "bounces@portal.example"))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=20)):
        raw[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))

    recognise(bytes(raw[:cut]))


@given(
    action=st.text(max_size=30),
    status=st.text(max_size=30),
    address=st.text(max_size=60),
    words=st.text(max_size=300),
)
def test_whatever_a_report_holds_fits_into_the_database(action, status, address, words):
    report = recognise(
        POSTFIX.format(
            to="x@portal.example",
            recipient=address,
            words=words,
            status=status,
            action=f"failed {action}",
            id="m1",
        ).encode(errors="replace")
    )

    if report is not None:
        bounce = Bounce(
            address=report.address,
            kind=report.kind,
            effect=Bounce.Effect.UNSIGNED,
            status=report.status,
            diagnostic=report.words,
            message_hash=report.message_hash,
        )
        bounce.clean_fields(exclude=["delivery"])
        assert "\0" not in report.words + report.address + report.status


def test_thousands_of_nested_parts_are_no_bounce():
    nested = b"Content-Type: message/rfc822\n\n" * 5_000

    assert recognise(nested) is None
