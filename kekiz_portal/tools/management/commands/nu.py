"""Let the Nu validator read every kind of page in every language."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count
from django.test import Client

from kekiz_portal.tools import every_page
from network.models import HouseLink
from offers.models import Offer

VALIDATOR = "vnu-jar@26.9.27"


class Command(BaseCommand):
    help = "Prints each error of HTML that the Nu validator (npm, Java) finds on any kind of page."

    def handle(self, **_options):
        npm, java = shutil.which("npm"), shutil.which("java")
        if not npm or not java:
            raise CommandError("Nu needs npm and Java (Debian: npm, default-jre-headless).")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            install = [npm, "install", "--silent", "--no-save", "--prefix", folder, VALIDATOR]
            subprocess.run(install, check=True)  # noqa: S603 - named above
            jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
            pages = folder / "pages"
            pages.mkdir()
            with transaction.atomic():
                known = every_page.in_every_language(every_page.addresses())
                house = [(kind, "de", path) for kind, path in _of_a_house().items()]
                for kind, language, path in [*known, *house]:
                    page = pages / f"{kind}-{language}.html"
                    page.write_bytes(Client().get(path.partition("#")[0]).content)
                transaction.set_rollback(True)  # the link of a letter was only for this
            command = [java, "-jar", jar, "--errors-only", "--stdout", "--format", "gnu", pages]
            found = subprocess.run(  # noqa: S603 - named above
                command, check=False, capture_output=True, text=True
            )
            number = len(list(pages.iterdir()))
        self.stdout.write(found.stdout.replace(f"file:{pages}/", ""))
        if found.returncode:
            raise CommandError("The Nu validator found errors.")
        self.stdout.write(f"{number} pages without an error.")


def _of_a_house():
    """Return the pages behind the link of a letter to a house with most entries, by a name."""
    offer = (
        Offer.objects.published()
        .exclude(provider=None)
        .annotate(of_house=Count("provider__offers"))
        .order_by("-of_house", "pk")[0]
    )
    _link, key = HouseLink.objects.made_for(offer.provider)
    return {
        "partner": f"/partner/{key}",
        "partner-aendern": f"/partner/{key}/aendern/{offer.pk}",
    }
