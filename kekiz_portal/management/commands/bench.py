"""Measure what may take long, on the development database, and take everything back."""

import resource

from django.core.management.base import BaseCommand
from django.db import transaction

from offers.exchange import benchmark


class Command(BaseCommand):
    help = "Measures an import of many rows beside plain work; changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=10_000)

    def handle(self, *, rows, **_options):
        with transaction.atomic():
            for one in benchmark.measure(rows):
                self.stdout.write(
                    f"{one.step:<20}{one.seconds:7.1f} s {one.ratio:6.1f} ×  {one.outcome}"
                )
            transaction.set_rollback(True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(f"{'peak memory':<20}{peak:5} MB")
