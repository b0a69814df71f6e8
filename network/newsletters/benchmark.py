"""How fast newsletters leave, and what freezing and memory cost, beside plain work in the same run.

In a database of its own, so that no worker of a running portal takes part.
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

from network.models import Contact, Delivery, Newsletter, NewsletterEdition, Partner, Segment
from offers.models import Institution, InstitutionKind

from . import claiming, freezing, messages, sending, transport

WORKERS = (1, 2, 4)
ROUNDS = 3
MEMORY_SIZES = (1_000, 50_000)
FREEZE_SIZES = (1_000, 50_000)
FORK = multiprocessing.get_context("fork")
START_SECONDS = 10
# The pace is kept, so that counting it is measured, but holds nothing back.
UNHURRIED = {"NEWSLETTER_PER_MINUTE": 10**7, "NEWSLETTER_PER_MINUTE_AND_DOMAIN": 10**7}


@dataclass(frozen=True)
class Measure:
    """One line of the report."""

    step: str
    number: float
    unit: str
    note: str = ""


def measure(mails):
    """Yield the ``Measure`` of each step; ``mails`` are sent in each round of each setup."""
    with own_database(), override_settings(**UNHURRIED):
        yield from _freezing()
        for kind in ("aiosmtpd", "slow"):
            yield from _throughput(kind, mails)
        yield from _memory()


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
    script = Path(__file__).with_name("benchmark_servers.py")
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
    """Return a newsletter of 20 kB that is being sent, with ``count`` mails in the ledger."""
    now = timezone.now()
    newsletter = Newsletter.objects.create(
        title="Vergleichsmessung",
        slug=f"vergleich-{now.timestamp()}",
        state=Newsletter.State.SENDING,
        frozen_at=now,
        running_since=now,
        segment=_everybody(),
        goes_to_subscribers=False,
    )
    words = "Früh übt sich, wer gut begleitet groß werden will. "
    page = f"<html lang=de><body><p>{words * 290}</p><a href='%%UNSUBSCRIBE%%'>ab</a></body></html>"
    text = f"{words * 60}\n%%WEB%%\n%%SETTINGS%%\n%%UNSUBSCRIBE%%\n"
    NewsletterEdition.objects.create(
        newsletter=newsletter, language="de", subject="Vergleich", html=page, text=text
    )
    _people(count)
    freezing.freeze(newsletter)
    newsletter.deliveries.exclude(
        pk__in=newsletter.deliveries.order_by("pk").values("pk")[:count]
    ).delete()
    NewsletterEdition.objects.filter(newsletter=newsletter).update(html=page, text=text)
    return newsletter


def _everybody():
    return Segment.objects.get_or_create(name="Vergleich")[0]


def _people(count):
    kind, _ = InstitutionKind.objects.get_or_create(slug="vergleich", name="Vergleich")
    institution, _ = Institution.objects.get_or_create(
        slug="vergleich", defaults={"name": "Vergleich", "kind": kind}
    )
    partner, _ = Partner.objects.get_or_create(institution=institution)
    there = Contact.objects.count()
    Contact.objects.bulk_create(
        (
            Contact(partner=partner, name=f"P {number}", email=f"p{number}@m{number % 40}.example")
            for number in range(there, count)
        ),
        batch_size=5_000,
    )


def _freezing():
    for size in FREEZE_SIZES:
        _people(size)
        newsletter = Newsletter.objects.create(
            title="Vergleich",
            slug=f"frieren-{size}",
            segment=_everybody(),
            goes_to_subscribers=False,
        )
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            count = freezing.freeze(newsletter)
        seconds = time.perf_counter() - started
        yield Measure(f"freeze {count:,}", seconds, "s", f"{len(queries)} queries")


def _throughput(kind, mails):
    rates = {"raw": [], **{number: [] for number in WORKERS}}
    with server(kind) as port:
        for _round in range(ROUNDS):
            rates["raw"].append(mails / _raw(port, mails))
            for number in WORKERS:
                rates[number].append(mails / _with_workers(number, mails))
    raw = statistics.median(rates.pop("raw"))
    yield Measure(f"{kind}: raw loop", raw, "mails/s", "ratio 1.00")
    for number, measured in rates.items():
        rate = statistics.median(measured)
        name = f"{kind}: {number} worker" + "s" * (number > 1)
        yield Measure(name, rate, "mails/s", f"ratio {rate / raw:.2f}")


def _raw(port, mails):
    """Return the seconds a loop of smtplib takes for ready bytes of the same mail."""
    newsletter = newsletter_to(1)
    message = messages.prepare(newsletter)["de"].to(newsletter.deliveries.get())
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        started = time.perf_counter()
        for number in range(mails):
            smtp.sendmail("portal@m.example", f"p{number}@m.example", message)
        return time.perf_counter() - started


def _with_workers(number, mails):
    """Return the seconds ``number`` processes take for claiming, sending and writing down."""
    newsletter = newsletter_to(mails)
    go, workers = _started(number, newsletter)
    started = time.perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    _require_all_sent(newsletter, mails)
    return seconds


def _require_all_sent(newsletter, mails):
    sent = newsletter.deliveries.filter(state=Delivery.State.SENT).count()
    if sent != mails:
        raise RuntimeError(f"only {sent} of {mails} mails were sent")


def _started(number, newsletter, told=None):
    connections.close_all()  # each process opens its own
    go = FORK.Event()
    with override_settings(NEWSLETTER_SENDERS=number):
        workers = [
            FORK.Process(target=_work, args=(go, newsletter.pk, told)) for _ in range(number)
        ]
        for worker in workers:
            worker.start()
    return go, workers


def _work(go, newsletter_id, told):
    connection.ensure_connection()
    newsletter = Newsletter.objects.get(pk=newsletter_id)
    run = sending.Run(newsletter)
    claiming.claim(run.roll_call, run.owner, 0)  # whatever is imported on first use
    go.wait()
    # A fork has the memory of its parent; what counts is what sending adds.
    Path("/proc/self/clear_refs").write_text("5")  # the peak is measured from here
    before = _peak()
    run.work(until=float("inf"))
    if told is not None:
        told.put((_peak() - before) / 1024)


def _peak():
    """Return the most memory this process has held, in kB (Linux)."""
    (line,) = [
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    ]
    return int(line.split()[1])


def _memory():
    """What sending adds to a worker's memory at most, by the number of recipients."""
    with server("sink"):
        for size in MEMORY_SIZES:
            newsletter = newsletter_to(size)
            told = FORK.SimpleQueue()
            go, (worker,) = _started(1, newsletter, told)
            go.set()
            started = time.perf_counter()
            peak = told.get()
            worker.join()
            rate = size / (time.perf_counter() - started)
            _require_all_sent(newsletter, size)
            note = f"{rate:.0f} mails/s to a server that does nothing"
            yield Measure(f"memory at {size:,}", peak, "MB", note)
