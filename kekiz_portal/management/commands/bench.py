"""Measure what may take long, and take everything back."""

import resource

from django.core.management.base import BaseCommand
from django.db import transaction

from network.newsletters import benchmark as newsletters
from offers.exchange import benchmark as imports


class Command(BaseCommand):
    help = "Measures an import of many rows and a newsletter, beside plain work; changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=10_000)
        parser.add_argument("--mails", type=int, default=300)
        parser.add_argument("--only", choices=["import", "newsletter"])

    def handle(self, *, rows, mails, only, **_options):
        if only != "newsletter":
            self.measure_import(rows)
        if only != "import":
            self.measure_newsletter(mails)

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
