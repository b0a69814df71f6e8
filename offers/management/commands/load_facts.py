"""Load a city's facts from its folder; run again, it changes nothing."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from offers.exchange.city import facts
from offers.search.index import vectors


class Command(BaseCommand):
    help = "Loads life phases, districts, institutions, offers and all else from a city's folder."
    load = staticmethod(facts.load)

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="for example data/herne")
        parser.add_argument(
            "--meanings-later",
            action="store_true",
            help="leave it to the nightly rebuild to learn what sentences mean",
        )

    def handle(self, folder, verbosity, *, meanings_later=False, **_options):
        if not folder.is_dir():
            raise CommandError(_("Den Ordner %s gibt es nicht.") % folder)
        refused = 0
        with tqdm(unit="", disable=None if verbosity else True, file=sys.stderr) as bar:
            for report in self.load(folder, progress=lambda file: self.show(bar, file)):
                bar.clear()
                self.say(report, verbosity)
                refused += len(report.problems)
        if not meanings_later:
            vectors.fill()
        if refused:
            sys.exit(1)

    def show(self, bar, file):
        bar.set_description(file, refresh=False)
        bar.update()

    def say(self, report, verbosity):
        if verbosity > 1:
            for line in report.row_lines:
                self.stdout.write(line)
        for problem in report.problems:
            self.stderr.write(str(problem))
        if verbosity:
            self.stdout.write(report.summary)
