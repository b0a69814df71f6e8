"""Workers die, Redis forgets, the mail server misbehaves: nothing is lost, nothing doubled."""

import os
import random
import time

import pytest
import redis
from django.conf import settings

from network.models import Delivery, Newsletter
from network.newsletters.sending import progress, steering
from tests.network.newsletters.workers import Workers

State = Delivery.State
SHARES = {
    "fine": 82,
    "busy": 4,
    "greylisted": 4,
    "unknown": 4,
    "full": 2,
    "silent": 2,
    "stalling": 0.5,
}
LIMIT_SECONDS = 180


@pytest.fixture
def workers(transactional_db, mail_server, tmp_path):
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    environment = os.environ | {
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "EMAIL_TIMEOUT": "1",
        "NEWSLETTER_DATA_TIMEOUT_SECONDS": "2",
        "NEWSLETTER_LEASE_SECONDS": "4",
        "NEWSLETTER_SWEEP_SECONDS": "1",
        "NEWSLETTER_SENDERS": "4",
        "NEWSLETTER_PER_MINUTE": "0",
        "NEWSLETTER_PER_MINUTE_AND_DOMAIN": "0",
        "NEWSLETTER_RETRY_SECONDS": "1,1,2,2,2",
        "NEWSLETTER_RETRY_LATER_SECONDS": "1,2,2,2,2",
    }
    running = Workers(environment, tmp_path)
    yield running
    running.end_all()


@pytest.mark.parametrize(
    ("recipients", "kills"), [(int(os.environ.get("KILL_TEST_RECIPIENTS", "300")), 10)]
)
def test_killing_workers_loses_no_mail_and_doubles_none(
    newsletter_to, mail_server, workers, recipients, kills
):
    kinds = random.choices(list(SHARES), SHARES.values(), k=recipients)
    addresses = [f"{kind}-{number}@m{number % 9}.example" for number, kind in enumerate(kinds)]
    newsletter = newsletter_to(*addresses)
    killed = emptied = 0
    deadline = time.monotonic() + LIMIT_SECONDS

    while not finished(newsletter):
        assert time.monotonic() < deadline, (progress.of(newsletter), newsletter.state)
        workers.start_anew_who_ended()
        done = progress.of(newsletter).percent
        if killed < kills and done >= killed * 95 / kills:
            if killed % 10 == 5:
                workers.kill_whole()
                killed += 1
            else:
                killed += workers.kill_one()
        if not emptied and done >= 40:
            redis.Redis.from_url(settings.REDIS_URL).flushdb()
            emptied = 1
        time.sleep(random.uniform(0.02, 0.1))

    assert (killed, emptied) == (kills, 1)
    everything_is_accounted_for(newsletter, mail_server.counts(), addresses, kills)


def finished(newsletter):
    newsletter.refresh_from_db()
    if newsletter.state == Newsletter.State.PAUSED:
        steering.resume(newsletter)
    return newsletter.state == Newsletter.State.SENT


def everything_is_accounted_for(newsletter, counts, addresses, kills):
    assert max(counts.values()) == 1, "somebody got it twice"
    rows = {one.address: one for one in newsletter.deliveries.all()}
    assert set(rows) == set(addresses)
    for address, row in rows.items():
        kind = address.partition("-")[0]
        if row.state == State.SENT:
            assert counts[address] == 1
        elif row.state == State.FAILED:
            assert (kind, row.answer_code) == ("unknown", 550)
            assert "no such user" in row.answer
            assert counts[address] == 0
        else:
            assert row.state == State.UNCLEAR
            assert row.answer
    parked = [one for one in rows.values() if one.state == State.UNCLEAR]
    by_crash = [one for one in parked if not one.address.startswith("silent")]
    # One for each process killed; whole workers had two.
    assert len(by_crash) <= kills * 2
