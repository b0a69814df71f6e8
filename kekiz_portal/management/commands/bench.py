"""Measure what may take long, and take everything back."""

import resource

from django.core.management.base import BaseCommand
from django.db import transaction

from kekiz_portal.tools import import_benchmark as imports
from kekiz_portal.tools import newsletter_benchmark as newsletters
from kekiz_portal.tools import search_benchmark as search


class Command(BaseCommand):
    help = "Measures the search, an import of many rows and a newsletter; changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=10_000)
        parser.add_argument("--mails", type=int, default=300)
        parser.add_argument("--only", choices=["search", "import", "newsletter"])

    def handle(self, *, rows, mails, only, **_options):
        if only in (None, "search"):
            self.measure_search()
        if only in (None, "import"):
            self.measure_import(rows)
        if only in (None, "newsletter"):
            self.measure_newsletter(mails)

    def measure_search(self):
        before = {}
        for one in search.measure():
            slower = one.percentile_95 / before.get(one.question, one.percentile_95)
            before[one.question] = one.percentile_95
            self.stdout.write(
                f"{one.offers:>6} offers  {one.question:<12} median {one.median:6.1f} ms"
                f"  p95 {one.percentile_95:6.1f} ms {slower:5.1f} ×"
            )

    def measure_import(self, rows):
        with transaction.atomic():
            for one in imports.measure(rows):
                self.stdout.write(
                    f"{one.step:<20}{one.seconds:7.1f} s {one.ratio:6.1f} ×  {one.outcome}"
                )
            transaction.set_rollback(True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(f"{'peak memory':<20}{peak:5} MB")

    def measure_newsletter(self, mails):
        for one in newsletters.measure(mails):
            self.stdout.write(f"{one.step:<24}{one.number:8.1f} {one.unit:<8} {one.note}")
