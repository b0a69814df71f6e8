"""How fast newsletters leave, and what freezing and memory cost, beside plain work in the same run.

In a database of its own, so that no worker of a running portal takes part. Each measurement of
workers has one of a plain loop right before or after it, to the same server with bytes of the
same mail, and only their ratio counts: what else the machine does at that time slows both.
"""

import multiprocessing
import smtplib
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from network.models import Delivery, Newsletter
from network.newsletters.composing import messages
from network.newsletters.sending import claiming, ledger, sending, transport

from . import newsletter_audience as audience

WORKERS = (1, 2, 4)
ROUNDS = {"aiosmtpd": 5, "slow": 3}
FEW, MANY = 1_000, 50_000
FORK = multiprocessing.get_context("fork")
START_SECONDS = 10
WORDS = "Früh übt sich, wer gut begleitet groß werden will. "
SETTINGS = {
    "DEBUG": False,  # keeps a list of all queries
    # The pace is kept, so that counting it is measured, but holds nothing back.
    "NEWSLETTER_PER_MINUTE": 10**7,
    "NEWSLETTER_PER_MINUTE_AND_DOMAIN": 10**7,
    "BOUNCE_ADDRESS": "bounces@portal.example",  # return paths are signed, as in real life
}


@dataclass(frozen=True)
class Measure:
    """One line of the report."""

    step: str
    number: float
    unit: str
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """What a plain loop and workers did right after each other."""

    raw: float  # mails a second
    rate: float
    raw_cpu: float  # milliseconds of the sender's processor time a mail
    cpu: float

    @property
    def ratio(self):
        return self.rate / self.raw


def measure(mails):
    """Yield the ``Measure`` of each step; each worker sends ``mails`` in each round."""
    with own_database(), override_settings(**SETTINGS):
        yield from _freezing_and_memory(FEW)
        for kind in ROUNDS:
            yield from _throughput(kind, mails)
        yield from _freezing_and_memory(MANY)


@contextmanager
def own_database():
    """Work in an empty database that is dropped afterwards."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def server(kind):
    """Run a mail server in a process of its own and send everything there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = Path(__file__).with_name("newsletter_servers.py")
    process = subprocess.Popen([sys.executable, script, str(port), kind])  # noqa: S603 - our own
    settings = {
        "EMAIL_BACKEND": transport.SMTP_BACKEND,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
    }
    try:
        _wait_for(port)
        with override_settings(**settings):
            yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port):
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def newsletter_to(count):
    """Return a newsletter of 20 kB that is being sent, with ``count`` mails in the ledger.

    Also the seconds and the queries that freezing took, with all people there are.
    """
    audience.invite(count)
    newsletter = audience.newsletter()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the database does by itself when nobody hurries
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        ledger.freeze(newsletter)
    frozen = time.perf_counter() - started, len(queries)
    newsletter.deliveries.exclude(pk__in=newsletter.deliveries.values("pk")[:count]).delete()
    page = f"<html lang=de><body><p>{WORDS * 290}</p><a href='%%UNSUBSCRIBE%%'>ab</a></body></html>"
    text = f"{WORDS * 60}\n%%WEB%%\n%%SETTINGS%%\n%%UNSUBSCRIBE%%\n"
    newsletter.editions.update(html=page, text=text)
    newsletter.state, newsletter.running_since = Newsletter.State.SENDING, timezone.now()
    newsletter.save()
    return newsletter, *frozen


def _throughput(kind, mails):
    pairs = {number: [] for number in WORKERS}
    with server(kind) as port:
        for turn in range(ROUNDS[kind]):
            for number in WORKERS:
                pairs[number].append(_pair(port, number, mails, raw_first=turn % 2 == 0))
    raws = [one for measured in pairs.values() for one in measured]
    raw, cpu = _median(raws, "raw"), _median(raws, "raw_cpu")
    yield Measure(f"{kind}: plain loop", raw, "mails/s", f"ratio 1.00, {cpu:.2f} ms CPU a mail")
    for number, measured in pairs.items():
        ratio, cpu = _median(measured, "ratio"), _median(measured, "cpu")
        seen = [one.ratio for one in measured]
        note = f"ratio {ratio:.2f} ({min(seen):.2f} to {max(seen):.2f}), {cpu:.2f} ms CPU a mail"
        name = f"{kind}: {number} worker" + "s" * (number > 1)
        yield Measure(name, _median(measured, "rate"), "mails/s", note)


def _median(measured, name):
    return statistics.median(getattr(one, name) for one in measured)


def _pair(port, number, mails, *, raw_first):
    """Return the ``Pair`` of a plain loop and of ``number`` workers with ``mails`` for each."""
    newsletter, *_frozen = newsletter_to(number * mails)
    mailing = messages.Mailing(newsletter, newsletter.editions.get())
    message = mailing.to(newsletter.deliveries.first())
    plain = _raw(port, mails, message) if raw_first else None
    rate, cpu, _peak = _with_workers(number, newsletter)
    raw, raw_cpu = plain or _raw(port, mails, message)
    return Pair(raw=raw, rate=rate, raw_cpu=raw_cpu, cpu=cpu)


def _raw(port, mails, message):
    """Return mails a second, and CPU a mail, of a loop of smtplib for ready bytes of one mail."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        started, cpu = time.perf_counter(), time.process_time()
        for number in range(mails):
            smtp.sendmail("portal@m.example", f"p{number}@m.example", message)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return mails / seconds, 1_000 * cpu / mails


def _with_workers(number, newsletter):
    """Return mails a second, CPU a mail, and the most MB that sending added to a worker.

    ``number`` processes claim, send and write down what became of each mail.
    """
    mails = newsletter.deliveries.count()
    told = FORK.SimpleQueue()
    go, workers = _started(number, newsletter, told)
    started = time.perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    _require_all_sent(newsletter, mails)
    cpu, peak = zip(*(told.get() for _ in workers), strict=True)
    return mails / seconds, 1_000 * sum(cpu) / mails, max(peak)


def _require_all_sent(newsletter, mails):
    sent = newsletter.deliveries.filter(state=Delivery.State.SENT).count()
    if sent != mails:
        raise RuntimeError(f"only {sent} of {mails} mails were sent")


def _started(number, newsletter, told):
    connections.close_all()  # each process opens its own
    go, ready = FORK.Event(), FORK.Semaphore(0)
    workers = [
        FORK.Process(target=_work, args=(ready, go, newsletter.pk, told)) for _ in range(number)
    ]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    return go, workers


def _work(ready, go, newsletter_id, told):
    connection.ensure_connection()
    run = sending.Run(Newsletter.objects.get(pk=newsletter_id))
    claiming.claim(run.roll_call, run.owner, 0)  # whatever is imported on first use
    ready.release()
    go.wait()
    # A fork has the memory of its parent; what counts is what sending adds.
    Path("/proc/self/clear_refs").write_text("5")  # the peak is measured from here
    before, cpu = _peak(), time.process_time()
    run.work(until=float("inf"))
    told.put((time.process_time() - cpu, (_peak() - before) / 1024))


def _peak():
    """Return the most memory this process has held, in kB (Linux)."""
    (line,) = [
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    ]
    return int(line.split()[1])


def _freezing_and_memory(size):
    newsletter, seconds, queries = newsletter_to(size)
    yield Measure(f"freeze {size:,}", seconds, "s", f"{queries} queries")
    with server("sink"):
        rate, _cpu, peak = _with_workers(1, newsletter)
    note = f"{rate:.0f} mails/s to a server that does nothing"
    yield Measure(f"memory at {size:,}", peak, "MB", note)
