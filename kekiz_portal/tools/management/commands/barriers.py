"""Let axe read every kind of page in every language, as a phone shows it."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from kekiz_portal.tools import axe
from kekiz_portal.tools.bench import pages, servers


class Command(BaseCommand):
    help = "Prints each barrier that axe finds in Debian's Chromium on any page in any language."

    def handle(self, **_options):
        chromium = shutil.which("chromium")
        if not chromium:
            raise CommandError("axe needs Chromium (Debian: chromium).")
        number = wrong = 0
        with servers.database_of_its_own(), tempfile.TemporaryDirectory() as name:
            call_command("load_facts", settings.CITY_DIR, meanings_later=True, verbosity=0)
            call_command("load_pages", settings.CITY_DIR, verbosity=0)
            servers.collect_static(Path(name))
            with servers.running(pages.PORTAL, Path(name)) as portal:
                for address, found in axe.walk(portal.port, chromium):
                    number += 1
                    wrong += bool(found)
                    for rule, where in found:
                        self.stdout.write(f"{address}  {rule}: {where}")
        if wrong:
            raise CommandError(f"{wrong} of {number} pages have a barrier.")
        self.stdout.write(f"{number} pages without a barrier.")
