"""However an import ends, it is whole or not there at all."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from offers import tasks
from offers.exchange.importing import import_runs
from offers.models import ImportRun, Offer
from tests.factories.offers import OfferTypeFactory
from tests.offers.exchange.imports import check, upload

pytestmark = pytest.mark.django_db(transaction=True)
LONG, SHORT = 1_000, 60
WAIT_SECONDS = 60
State = ImportRun.State


def checked_run(rows):
    OfferTypeFactory(name="Kurs")
    lines = "".join(f"Angebot {number};Kurs;Verein\n" for number in range(rows))
    return check(upload("Titel;Angebotsart;Träger\n" + lines))


@pytest.fixture
def long_run():
    """Takes longer to carry out than to be killed."""
    return checked_run(LONG)


@pytest.fixture
def short_run():
    return checked_run(SHORT)


def wait_until(condition):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came"
        time.sleep(0.02)


def kill(worker):
    """End a worker and its child at once, as the system does when memory is short."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    for pid in [worker.pid, *map(int, children)]:
        os.kill(pid, signal.SIGKILL)
    worker.wait()


def test_a_killed_worker_leaves_nothing_half_imported(celery_worker_process, long_run):
    import_runs.start(long_run, State.COMMITTING, tasks.carry_out_import.delay, by=None)
    wait_until(lambda: 0 < ImportRun.objects.get(pk=long_run.pk).progress < LONG)

    kill(celery_worker_process)

    wait_until(lambda: not import_runs.is_held(long_run.pk))
    run = ImportRun.objects.get(pk=long_run.pk)
    assert (run.state, Offer.objects.count()) == (State.COMMITTING, 0)
    assert Offer.history.count() == 0
    import_runs.start_again(run, import_runs.carry_out)
    run.refresh_from_db()
    assert (run.state, Offer.objects.count()) == (State.DONE, LONG)


def at_once(*works):
    """Do several things at the same moment, each on a connection of its own."""
    barrier = threading.Barrier(len(works))

    def do(work):
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_who_confirm_at_the_same_moment_take_over_once(short_run):
    asked = []

    def confirm():
        run = ImportRun.objects.get(pk=short_run.pk)
        import_runs.start(run, State.COMMITTING, asked.append, by=None)

    at_once(confirm, confirm)

    assert asked == [short_run.pk]


def test_two_workers_with_the_same_import_take_it_over_once(short_run):
    ImportRun.objects.filter(pk=short_run.pk).update(state=State.COMMITTING)

    at_once(*[lambda: import_runs.carry_out(short_run.pk)] * 2)

    assert ImportRun.objects.get(pk=short_run.pk).state == State.DONE
    assert (Offer.objects.count(), Offer.history.count()) == (SHORT, SHORT)


def test_an_import_that_breaks_off_says_so_and_can_be_started_again(short_run, monkeypatch):
    ImportRun.objects.filter(pk=short_run.pk).update(state=State.COMMITTING)
    with monkeypatch.context() as broken:
        broken.setattr("offers.exchange.importing.keeping.write_history", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            import_runs.carry_out(short_run.pk)

    run = ImportRun.objects.get(pk=short_run.pk)
    assert (run.state, Offer.objects.count()) == (State.CHECKED, 0)
    assert run.problem == "Das hat nicht geklappt. Es wurde nichts verändert."


def test_an_import_whose_worker_died_goes_on_by_itself_once(short_run):
    begun = {"state": State.COMMITTING, "started_at": timezone.now(), "attempts": 1}
    ImportRun.objects.filter(pk=short_run.pk).update(**begun)
    asked = []

    assert import_runs.go_on(asked.append) == 1
    assert asked == [short_run.pk]
    import_runs.carry_out(short_run.pk)
    assert Offer.objects.count() == SHORT


def test_what_took_two_workers_down_waits_for_a_person(short_run):
    begun = {"state": State.COMMITTING, "started_at": timezone.now(), "attempts": 2}
    ImportRun.objects.filter(pk=short_run.pk).update(**begun)

    assert import_runs.go_on(lambda _pk: None) == 0
    import_runs.start_again(ImportRun.objects.get(pk=short_run.pk), import_runs.carry_out)
    assert Offer.objects.count() == SHORT
