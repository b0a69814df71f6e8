"""Workers die while letters to institutions leave: none is doubled, none lost without a word."""

import os
import random
import time

import pytest
import redis
from django.conf import settings

from network.asking import letters
from network.models import HouseLetter
from offers.models import Institution
from tests.factories.offers import InstitutionFactory, OfferFactory, TopicFactory
from tests.network.newsletters.conftest import mail_server  # noqa: F401 - a fixture
from tests.network.newsletters.workers import Workers

SHARES = {"fine": 82, "busy": 4, "greylisted": 4, "unknown": 4, "full": 2, "silent": 2}
HOUSES = int(os.environ.get("KILL_TEST_HOUSES", "120"))
KILLS = 8
LIMIT_SECONDS = 180
QUIET_SECONDS = 3  # longer than a mail takes


@pytest.fixture
def workers(transactional_db, mail_server, tmp_path):  # noqa: F811
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    environment = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}", "EMAIL_TIMEOUT": "1"}
    running = Workers(os.environ | environment, tmp_path)
    yield running
    running.end_all()


def test_killing_workers_loses_no_letter_and_doubles_none(mail_server, workers):  # noqa: F811
    addresses = houses_with_something_due()
    assert letters.want(Institution.objects.all()) == HOUSES
    killed, deadline = 0, time.monotonic() + LIMIT_SECONDS

    while (waiting := HouseLetter.objects.waiting().count()) or killed < KILLS:
        assert time.monotonic() < deadline, (waiting, killed)
        workers.start_anew_who_ended()
        letters.call_worker()  # the clock does, every few minutes
        if killed < KILLS and HOUSES - waiting >= killed * HOUSES * 0.9 / KILLS:
            killed += workers.kill_whole() or 1 if killed % 4 == 3 else workers.kill_one()
        time.sleep(random.uniform(0.02, 0.1))
    time.sleep(QUIET_SECONDS)

    counts = mail_server.counts()
    assert max(counts.values()) == 1, "somebody got two"
    rows = {one.address: one for one in HouseLetter.objects.select_related("institution")}
    assert set(rows) == set(addresses)
    unclear = [address for address, one in rows.items() if not (one.sent_at or one.refused_with)]
    for address, one in rows.items():
        if one.sent_at:
            assert counts[address] == 1
        if one.refused_with:
            assert address.startswith("unknown")
            assert counts[address] == 0
    # One for each process killed; whole workers had two. The office reads "ungeklärt".
    assert len([one for one in unclear if not one.startswith("silent")]) <= KILLS * 2
    assert all(rows[one].begun_at for one in unclear)


def houses_with_something_due():
    """Make houses with an entry each that is due; return their mailboxes."""
    kinds = random.choices(list(SHARES), SHARES.values(), k=HOUSES)
    addresses = [f"{kind}-{number}@m{number % 9}.example" for number, kind in enumerate(kinds)]
    topic = TopicFactory()
    for number, address in enumerate(addresses):
        house = InstitutionFactory(name=f"Haus {number}", email=address)
        OfferFactory(provider=house, provider_name="", topics=[topic])
    return addresses
