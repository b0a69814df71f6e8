"""Write the partners of this portal as the file that ``load_network`` loads."""

from pathlib import Path

from django.core.management.base import BaseCommand

from network.lists.columns import of_partners_alone
from network.models import Partner
from offers.exchange.exporting import exports


class Command(BaseCommand):
    help = "Writes partners.csv into a folder, as load_network loads it."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="for example data/herne")

    def handle(self, folder, **_options):
        in_order = [*Partner._meta.ordering, "institution__slug"]  # noqa: SLF001, documented API
        partners = Partner.objects.for_export().order_by(*in_order)
        exports.write_csv(folder / "partners.csv", partners, of_partners_alone())
