"""Take pictures of every kind of page, as a phone, a desk and paper show it."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from kekiz_portal.tools import screens
from kekiz_portal.tools.bench import pages, servers


class Command(BaseCommand):
    help = "Takes pictures of every kind of page with Debian's Chromium, into .local/screens/."

    def add_arguments(self, parser):
        folder = settings.BASE_DIR / ".local" / "screens"
        parser.add_argument("--folder", type=Path, default=folder, help="where to put them")

    def handle(self, *, folder, **_options):
        chromium = shutil.which("chromium")
        if not chromium:
            raise CommandError("The pictures need Chromium (Debian: chromium).")
        folder.mkdir(parents=True, exist_ok=True)
        with servers.database_of_its_own(), tempfile.TemporaryDirectory() as name:
            call_command("load_facts", settings.CITY_DIR, meanings_later=True, verbosity=0)
            call_command("load_pages", settings.CITY_DIR, verbosity=0)
            servers.collect_static(Path(name))
            with servers.running(pages.PORTAL, Path(name)) as portal:
                taken = list(screens.take(portal.port, chromium, folder))
        self.stdout.write(f"{len(taken)} pictures in {folder}")
