"""How long an import of many rows takes, and how much memory, beside plain work in the same run."""

import csv
import io
import time
from dataclasses import dataclass

from kekiz_portal.lib.batches import batched
from offers.exchange.importing import import_runs, mapping, receiving
from offers.models import ImportRun, Offer, OfferType, Topic

BROKEN_EVERY = 100
HEADER = "Titel;Angebotsart;Themen;Träger;Telefon;Alter von;Alter bis;Preis;PLZ Ort;Straße"


@dataclass(frozen=True)
class Measure:
    """One step: its seconds, and how many times the plain work that is."""

    step: str
    seconds: float
    ratio: float
    outcome: str = ""


def table(rows, phone):
    """Return a CSV file of offers in which every hundredth row has an impossible postal code."""
    offer_type, topic = OfferType.objects.first().name, Topic.objects.first().name
    lines = [HEADER]
    for number in range(rows):
        code = "4462" if number % BROKEN_EVERY == 0 else "44623"
        lines.append(
            f"Vergleichsangebot {number};{offer_type};{topic};Verein {number % 300};"
            f"{phone} {number};3;5;4,50;{code} Herne;Messstraße {number % 700}"
        )
    return "\n".join(lines).encode()


def measure(rows):
    """Yield the ``Measure`` of each step; to be called where everything is taken back."""
    data = table(rows, "02323")
    started = time.perf_counter()
    _plain_work(data)
    plain = time.perf_counter() - started
    yield Measure("csv + bulk_create", plain, 1)
    first = _run(data)
    yield _step(first, ImportRun.State.CHECKING, "new: dry run", plain)
    yield _step(first, ImportRun.State.COMMITTING, "new: commit", plain)
    again = _run(table(rows, "02325"))
    yield _step(again, ImportRun.State.CHECKING, "changed: dry run", plain)
    yield _step(again, ImportRun.State.COMMITTING, "changed: commit", plain)
    yield _step(again, ImportRun.State.UNDOING, "changed: undo", plain)
    yield _step(first, ImportRun.State.UNDOING, "new: undo", plain)


def _plain_work(data):
    offer_type = OfferType.objects.first()
    lines = csv.DictReader(io.StringIO(data.decode()), delimiter=";")
    for batch in batched(enumerate(lines), 500):
        Offer.objects.bulk_create(
            Offer(
                slug=f"plain-{number}",
                title=row["Titel"],
                provider_name=f"plain {row['Träger']}",
                phone=row["Telefon"],
                offer_type=offer_type,
            )
            for number, row in batch
        )


def _run(data):
    run = ImportRun.objects.create(kind=mapping.OFFERS, file_name="bench.csv", file=data)
    receiving.read(run, progress=lambda _count: None)
    return run


def _step(run, state, name, plain):
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    started = time.perf_counter()
    import_runs.carry_out(run.pk)
    seconds = time.perf_counter() - started
    counts = ", ".join(f"{count} {key}" for key, count in run.rows.counts().items() if count)
    return Measure(name, seconds, seconds / plain, counts)
