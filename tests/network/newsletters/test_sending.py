"""Mails leave once, and what the mail server says about each is written down."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.models import AuditEntry, Contact, Delivery, Newsletter, SendingPace
from network.newsletters.sending import (
    claiming,
    ledger,
    progress,
    sending,
    steering,
    sweeping,
)
from network.newsletters.sending.audience import RollCall
from network.newsletters.sending.outcomes import Outcome
from tests.factories.network import ContactFactory

State = Delivery.State


def row(newsletter, address=None):
    rows = newsletter.deliveries.all()
    return rows.get(address=address) if address else rows.get()


def states(newsletter):
    return dict(newsletter.deliveries.values_list("address", "state"))


def later(newsletter):
    """Let all waiting times pass."""
    past = timezone.now() - timedelta(seconds=1)
    newsletter.deliveries.exclude(retry_at=None).update(retry_at=past)
    newsletter.deliveries.exclude(leased_until=None).update(leased_until=past)


def dead_worker(newsletter, *, begun=0):
    """A worker that claimed mails, began to hand some over, and died."""
    owner = uuid.uuid4()
    claim = claiming.claim(RollCall(newsletter), owner)
    for delivery in claim.deliveries[:begun]:
        assert ledger.begin(delivery, owner)
    return owner


def test_everybody_gets_the_newsletter_once(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "B@m.example", "c@n.example")

    sending.send(newsletter.pk)
    sending.send(newsletter.pk)

    assert mail_server.counts() == {"a@m.example": 1, "B@m.example": 1, "c@n.example": 1}
    assert set(states(newsletter).values()) == {State.SENT}
    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SENT


def test_two_spellings_of_an_address_get_one_mail(newsletter_to, mail_server):
    newsletter = newsletter_to("Eva@M.example", "eva@m.example")

    sending.send(newsletter.pk)

    assert mail_server.counts().total() == 1


def test_an_address_with_umlauts_in_capitals_gets_its_mail(newsletter_to, mail_server):
    newsletter = newsletter_to("Eva@KÖLN.example")

    sending.send(newsletter.pk)

    assert mail_server.counts() == {"Eva@xn--kln-sna.example": 1}


def test_a_clock_that_was_set_back_holds_no_mail_up(newsletter_to, settings):
    settings.NEWSLETTER_PER_MINUTE = settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN = 600
    newsletter = newsletter_to("a@m.example")
    in_an_hour = timezone.now() + timedelta(hours=1)
    for domain in ["", "m.example"]:
        SendingPace.objects.create(domain=domain, room=0, counted_at=in_an_hour)
    roll_call, owner = RollCall(newsletter), uuid.uuid4()

    assert claiming.claim(roll_call, owner).is_held_back, "there was no room left"

    assert not SendingPace.objects.filter(counted_at__gt=timezone.now()).exists()


def test_starting_twice_sends_once_and_is_in_the_audit_log_once(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example")

    assert not steering.start(newsletter)

    sending.send(newsletter.pk)
    assert mail_server.counts() == {"a@m.example": 1}
    started = AuditEntry.objects.filter(action=AuditEntry.Action.NEWSLETTER_STARTED)
    assert [entry.details["count"] for entry in started] == [1]


def test_who_comes_after_the_freezing_gets_the_next_newsletter(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example")
    ContactFactory(email="late@m.example", wants_mail=True)

    sending.send(newsletter.pk)

    assert mail_server.counts() == {"a@m.example": 1}


def test_who_left_meanwhile_gets_nothing(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "gone@m.example")
    Contact.objects.filter(email="gone@m.example").update(email="", phone="02323 1")

    sending.send(newsletter.pk)

    assert mail_server.counts() == {"a@m.example": 1}
    assert row(newsletter, "gone@m.example").state == State.SKIPPED


@pytest.mark.parametrize("how", ["busy", "greylisted", "full", "stalling"])
def test_a_mail_that_could_not_be_taken_now_arrives_later(newsletter_to, mail_server, how):
    newsletter = newsletter_to(f"{how}-1@m.example", "fine@m.example")

    sending.send(newsletter.pk)
    delivery = row(newsletter, f"{how}-1@m.example")
    assert delivery.state == State.RETRY
    assert delivery.retry_at > timezone.now()
    assert row(newsletter, "fine@m.example").state == State.SENT
    later(newsletter)
    sending.send(newsletter.pk)

    assert mail_server.counts() == {f"{how}-1@m.example": 1, "fine@m.example": 1}


@pytest.mark.parametrize(("how", "words"), [("unknown", "no such user"), ("spam", "5.7.1")])
def test_a_refused_mail_has_failed_with_the_servers_words(newsletter_to, mail_server, how, words):
    newsletter = newsletter_to(f"{how}-1@m.example")

    sending.send(newsletter.pk)

    delivery = row(newsletter)
    assert delivery.state == State.FAILED
    assert words in delivery.answer
    assert not mail_server.counts()


def test_trying_ends(newsletter_to, mail_server, settings):
    settings.NEWSLETTER_RETRY_LATER_SECONDS = [60, 300]
    newsletter = newsletter_to("never-1@m.example")

    for _ in range(5):
        sending.send(newsletter.pk)
        later(newsletter)

    delivery = row(newsletter)
    assert (delivery.state, delivery.attempts, delivery.answer_code) == (State.FAILED, 3, 450)


@pytest.mark.parametrize("how", ["silent", "torn"])
def test_a_mail_without_an_answer_waits_for_a_person(newsletter_to, mail_server, how):
    newsletter = newsletter_to(f"{how}-1@m.example", "fine@m.example")

    sending.send(newsletter.pk)
    later(newsletter)
    sweeping.sweep()
    sending.send(newsletter.pk)

    assert row(newsletter, f"{how}-1@m.example").state == State.UNCLEAR
    assert mail_server.counts()[f"{how}-1@m.example"] == (how == "silent")
    assert mail_server.counts()["fine@m.example"] == 1


def test_a_person_lets_an_unclear_mail_be_sent_again_as_the_same_message(
    newsletter_to, mail_server, admin_user
):
    newsletter = newsletter_to("torn-1@m.example")
    sending.send(newsletter.pk)
    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SENT

    assert steering.send_again(newsletter.deliveries.all(), by=admin_user) == 1

    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SENDING
    sending.send(newsletter.pk)
    (mail,) = mail_server.accepted()
    delivery = row(newsletter)
    assert delivery.state == State.SENT
    assert delivery.decided_by == admin_user
    assert mail["id"].startswith(f"<{mail['guid']}@")


def test_sending_the_same_message_again_keeps_its_identity(newsletter_to, mail_server, admin_user):
    newsletter = newsletter_to("silent-1@m.example")
    sending.send(newsletter.pk)
    steering.send_again(newsletter.deliveries.all(), by=admin_user)

    sending.send(newsletter.pk)

    first, second = mail_server.accepted()
    assert first["id"] == second["id"]
    assert first["guid"] == second["guid"]


def test_a_person_takes_an_unclear_mail_for_delivered(newsletter_to, mail_server, admin_user):
    newsletter = newsletter_to("silent-1@m.example")
    sending.send(newsletter.pk)

    assert newsletter.deliveries.close(by=admin_user) == 1

    sending.send(newsletter.pk)
    assert row(newsletter).state == State.CLOSED
    assert mail_server.counts().total() == 1


def test_what_a_dead_worker_had_not_begun_goes_to_another(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "b@m.example", "c@m.example")
    dead_worker(newsletter, begun=1)

    sending.send(newsletter.pk)
    assert not mail_server.counts(), "still claimed"
    later(newsletter)
    sweeping.sweep()
    sending.send(newsletter.pk)

    assert mail_server.counts() == {"b@m.example": 1, "c@m.example": 1}
    assert row(newsletter, "a@m.example").state == State.UNCLEAR


def test_a_clock_that_was_set_back_leaves_no_mail_with_a_dead_worker(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "b@m.example")
    dead_worker(newsletter, begun=1)
    tomorrow = timezone.now() + timedelta(days=1)
    newsletter.deliveries.exclude(leased_until=None).update(leased_until=tomorrow)

    sweeping.sweep()
    sending.send(newsletter.pk)

    assert mail_server.counts() == {"b@m.example": 1}
    assert row(newsletter, "a@m.example").state == State.UNCLEAR


def test_what_is_written_about_a_mail_waits_for_the_disk(newsletter_to, mail_server):
    """So a crash of the database forgets nothing that was begun or answered."""
    newsletter = newsletter_to("a@m.example")

    with CaptureQueriesContext(connection) as asked:
        sending.send(newsletter.pk)

    assert not [one for one in asked if "synchronous_commit" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'network_delivery'")
        assert cursor.fetchone() == ("p",)


def test_a_slow_worker_does_not_send_what_others_took_over(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "b@m.example")
    slow = uuid.uuid4()
    claimed = claiming.claim(RollCall(newsletter), slow).deliveries
    later(newsletter)
    sweeping.sweep()
    sending.send(newsletter.pk)

    assert not ledger.begin(claimed[0], slow)
    assert mail_server.counts() == {"a@m.example": 1, "b@m.example": 1}


def test_a_late_answer_still_counts(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example")
    slow = uuid.uuid4()
    (delivery,) = claiming.claim(RollCall(newsletter), slow).deliveries
    assert ledger.begin(delivery, slow)
    later(newsletter)
    sweeping.sweep()
    assert row(newsletter).state == State.UNCLEAR
    ledger.note(delivery, slow, Outcome(State.SENT, 250, "finally"))

    assert row(newsletter).state == State.SENT


@pytest.mark.parametrize("state", ["queued", "sending", "retry", "failed", "skipped"])
def test_the_database_lets_nobody_send_a_sent_mail_again(newsletter_to, mail_server, state):
    newsletter = newsletter_to("a@m.example")
    sending.send(newsletter.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        newsletter.deliveries.update(
            state=state,
            claimed_by=uuid.uuid4(),
            leased_until=timezone.now(),
            retry_at=timezone.now(),
        )


def test_a_paused_newsletter_waits_and_goes_on(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example")
    assert steering.pause(newsletter, "Bitte warten.")
    assert not steering.pause(newsletter)

    sending.send(newsletter.pk)
    assert not mail_server.counts()
    assert steering.resume(newsletter)
    sending.send(newsletter.pk)

    assert mail_server.counts() == {"a@m.example": 1}


def test_a_newsletter_stopped_in_the_middle_sends_nothing_more(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "b@m.example")
    run = sending.Run(newsletter)
    claimed = claiming.claim(RollCall(newsletter), run.owner).deliveries
    steering.stop(newsletter)

    assert not run._send_all(claimed)
    run.way_out.leave()

    assert not mail_server.counts()
    assert not steering.resume(newsletter)


def test_sending_pauses_by_itself_when_many_fail(newsletter_to, mail_server, settings):
    settings.NEWSLETTER_PAUSE_AFTER_FAILURES = 5
    newsletter = newsletter_to(*[f"unknown-{number}@m.example" for number in range(8)])

    sending.send(newsletter.pk)

    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.PAUSED
    assert "no such user" in newsletter.paused_because
    assert "8 von 8" in newsletter.paused_because
    assert "@m.example" not in newsletter.paused_because


def test_a_few_failures_among_many_mails_halt_nothing(newsletter_to, mail_server, settings):
    settings.NEWSLETTER_PAUSE_AFTER_FAILURES = 2
    addresses = [f"fine-{number}@m.example" for number in range(20)]
    newsletter = newsletter_to(*addresses, "unknown-1@m.example", "unknown-2@m.example")

    sending.send(newsletter.pk)

    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SENT


def test_a_server_that_refuses_us_pauses_the_newsletter_and_blames_no_recipient(
    newsletter_to, mail_server, monkeypatch
):
    monkeypatch.setattr(
        "network.newsletters.sending.sending.return_path", lambda _: "unwelcome@m.example"
    )
    newsletter = newsletter_to("a@m.example", "b@m.example")

    sending.send(newsletter.pk)

    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.PAUSED
    assert "we take nothing from you" in newsletter.paused_because
    assert set(states(newsletter).values()) <= {State.QUEUED, State.RETRY}
    monkeypatch.undo()
    steering.resume(newsletter)
    sending.send(newsletter.pk)
    assert mail_server.counts() == {"a@m.example": 1, "b@m.example": 1}


def test_without_a_mail_server_everything_waits_and_people_are_told(
    newsletter_to, mail_server, settings
):
    newsletter = newsletter_to("a@m.example")
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1

    sending.send(newsletter.pk)
    newsletter.refresh_from_db()
    assert "refused" in newsletter.trouble
    assert row(newsletter).attempts == 0
    settings.EMAIL_PORT = port
    sending.send(newsletter.pk)

    newsletter.refresh_from_db()
    assert newsletter.trouble == ""
    assert mail_server.counts() == {"a@m.example": 1}


def test_an_impossible_address_fails_alone(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "b\r\nBcc: c@m.example", "fine@m.example")

    sending.send(newsletter.pk)

    assert mail_server.counts() == {"a@m.example": 1, "fine@m.example": 1}
    assert row(newsletter, "b\r\nBcc: c@m.example").state == State.FAILED


def test_the_sweep_starts_what_is_due(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", start=False)
    steering.schedule(newsletter, timezone.now() + timedelta(hours=1))
    sweeping.sweep()
    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SCHEDULED

    Newsletter.objects.update(send_at=timezone.now() - timedelta(minutes=1))
    sweeping.sweep()

    newsletter.refresh_from_db()
    assert newsletter.state == Newsletter.State.SENDING


def test_progress_counts_every_mail(newsletter_to, mail_server):
    newsletter = newsletter_to("a@m.example", "unknown-1@m.example", "greylisted-1@m.example")
    before = progress.of(newsletter)

    sending.send(newsletter.pk)

    assert (before.total, before.mails["queued"], before.percent) == (3, 3, 0)
    after = progress.of(newsletter)
    assert after.mails == {"sent": 1, "failed": 1, "retry": 1, "sending": 0}
    assert after.percent == 66


def test_the_pace_is_kept_for_all_and_for_a_domain(newsletter_to, settings):
    settings.NEWSLETTER_PER_MINUTE = 60  # ten at once
    settings.NEWSLETTER_PER_MINUTE_AND_DOMAIN = 24  # four at once
    big = [f"p{number}@big.example" for number in range(20)]
    newsletter = newsletter_to(*big, *[f"p{number}@small{number}.example" for number in range(20)])
    owner = uuid.uuid4()

    claims = [claiming.claim(RollCall(newsletter), owner) for _ in range(5)]

    domains = [one.domain for claim in claims for one in claim.deliveries]
    assert domains.count("big.example") == 4
    assert len(domains) == 10
    assert claims[-1].is_held_back


def test_freezing_needs_the_same_queries_for_any_number(newsletter_to):
    queries = set()
    for size in (10, 400):
        addresses = [f"p{number}@of{size}.example" for number in range(size)]
        newsletter = newsletter_to(*addresses, start=False)
        with CaptureQueriesContext(connection) as captured:
            steering.start(newsletter)
        queries.add(len(captured))
        assert newsletter.deliveries.count() >= size

    assert len(queries) == 1
