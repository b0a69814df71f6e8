"""Write the institutions and offers of this portal as the files that ``load_facts`` loads."""

from pathlib import Path

from django.core.management.base import BaseCommand

from offers.exchange.exporting import exports
from offers.exchange.importing.entries import MODELS, with_all
from offers.exchange.importing.mapping import INSTITUTIONS, OFFERS


class Command(BaseCommand):
    help = "Writes institutions.csv and offers.csv into a folder, as load_facts loads them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="for example data/herne")

    def handle(self, folder, **_options):
        for kind in (INSTITUTIONS, OFFERS):
            model = MODELS[kind]
            in_order = [*model._meta.ordering, "slug"]  # noqa: SLF001, documented API
            entries = with_all(model.objects.order_by(*in_order))  # also those of one name
            columns = exports.columns(kind, internal=True)
            exports.write_csv(folder / f"{kind}.csv", entries, columns)
