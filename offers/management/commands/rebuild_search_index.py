"""Build the index of the search anew; nobody who searches meanwhile notices."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from offers.models import Offer
from offers.search.index import rebuilding


class Command(BaseCommand):
    help = "Builds the index of the search anew; --if-missing only where there is none yet."

    def add_arguments(self, parser):
        parser.add_argument("--if-missing", action="store_true")

    def handle(self, *, if_missing, verbosity, **_options):
        if if_missing and not rebuilding.is_missing():
            return
        total, quiet = Offer.objects.count(), None if verbosity else True
        with tqdm(total=total, unit="", disable=quiet, file=sys.stderr) as bar:
            count = rebuilding.rebuild(bar.update)
        if verbosity:
            self.stdout.write(f"{count} offers can be found.")
