"""Print what the catalogue in memory costs, and what a page costs."""

from django.core.management.base import BaseCommand

from kekiz_portal.tools import catalogue_benchmark


class Command(BaseCommand):
    help = "Measures the catalogue of offers and the pages made of it; changes nothing."

    def handle(self, **_options):
        for one in catalogue_benchmark.measure():
            self.stdout.write(f"{one.what:<24}{one.number:10.2f} {one.unit:<8}{one.note}")
