"""Measure what may take long, print one table, and take everything back."""

import resource

from django.core.management.base import BaseCommand
from django.db import transaction

from kekiz_portal.tools.bench import chain, importing, newsletters, pages, rows, searching, steady
from kekiz_portal.tools.bench.rows import Row

PARTS = ["pages", "search", "chain", "import", "newsletter"]
ALONE = "steady"  # takes minutes and stands for itself
QUICK_SECONDS = 0.6


class Command(BaseCommand):
    help = "Measures pages, the search, the chain, an import and a newsletter; changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--only", choices=[*PARTS, ALONE], nargs="+", default=PARTS)
        parser.add_argument("--minutes", type=float, default=5, help="of the steady load")
        parser.add_argument("--sizes", type=int, nargs="*", default=[5_000], help="100000 is long")
        parser.add_argument("--seconds", type=float, default=3, help="how long a page is pressed")
        parser.add_argument("--rows", type=int, default=10_000)
        parser.add_argument("--mails", type=int, default=300)
        parser.add_argument("--quick", action="store_true", help="the city's pages only, shortly")

    def handle(self, *, only, sizes, seconds, quick, **options):
        if quick:
            only, sizes, seconds = ["pages"], [], QUICK_SECONDS
        measures = {
            "pages": lambda: pages.measure(sizes, seconds, meanings_later=quick),
            "search": measure_search,
            "chain": lambda: measure_chain(sizes),
            "import": lambda: measure_import(options["rows"]),
            "newsletter": lambda: measure_newsletter(options["mails"]),
            ALONE: lambda: steady.measure(options["minutes"] * 60),
        }
        lines = [rows.circumstances(), "", *rows.head()]
        self.stdout.write("\n".join(lines))
        for part in only:
            for row in measures[part]():
                lines.append(rows.line(row.cells()))
                self.stdout.write(lines[-1])
                self.stdout.flush()
        if only == PARTS:
            rows.write(lines)


def measure_search():
    for one in searching.measure():
        yield Row(
            f"{one.question} without its page",
            offers=one.offers,
            median=one.median,
            percentile_95=one.percentile_95,
        )


def measure_chain(sizes):
    for one in chain.measure(sizes):
        about = {"offers": one.offers, "state": "least of 5", "queries": one.queries}
        yield Row(one.what, median=one.wall, cpu=one.cpu, **about)


def measure_import(count):
    with transaction.atomic():
        for one in importing.measure(count):
            note = f"{one.seconds:.1f} s; {one.outcome}".rstrip("; ")
            yield Row(
                f"import, {one.step}", rate=count / one.seconds, ratio=1 / one.ratio, note=note
            )
        transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield Row("import, peak memory", note=f"{peak} MB")


def measure_newsletter(mails):
    for one in newsletters.measure(mails):
        yield Row(f"newsletter, {one.step}", note=f"{one.number:.1f} {one.unit} {one.note}".strip())
