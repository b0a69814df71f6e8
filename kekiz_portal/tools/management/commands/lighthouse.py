"""Let Lighthouse look at the portal as a phone sees it, with production settings."""

import json
import shutil
import subprocess
import tempfile
from itertools import product
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from kekiz_portal.tools.bench import pages, servers

LIGHTHOUSE = "lighthouse@13"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
PREFIXES = ["", "/ar"]
LOOKED_AT = ["home", "browse", "detail"]
TRIES = 3
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
CHROMIUM += " --disable-background-networking --disable-component-update"


class Command(BaseCommand):
    help = "Prints the scores of Lighthouse (npm) in Debian's Chromium, as on a phone."

    def add_arguments(self, parser):
        parser.add_argument("--reports", type=Path, help="a folder to keep the reports in")

    def handle(self, *, reports, **_options):
        chromium, npx = shutil.which("chromium"), shutil.which("npx")
        if not chromium or not npx:
            raise CommandError("Lighthouse needs Chromium and npm (Debian: chromium, npm).")
        with servers.database_of_its_own(), tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            call_command("load_facts", settings.CITY_DIR, meanings_later=True, verbosity=0)
            call_command("load_pages", settings.CITY_DIR, verbosity=0)
            servers.collect_static(folder)
            with servers.running(pages.PORTAL, folder) as portal:
                known = {page.name: page.paths[0] for page in pages.public_pages()}
                for prefix, kind in product(PREFIXES, LOOKED_AT):
                    address = f"http://localhost:{portal.port}{prefix}{known[kind]}"
                    report = (reports or folder) / f"{kind}{prefix.replace('/', '-')}.json"
                    self.look(npx, chromium, address, report)
                    self.stdout.write(f"{prefix + ' ' + kind:<12}{self.scores(report)}")

    def look(self, npx, chromium, address, report):
        command = [
            npx,
            "--yes",
            "--loglevel=error",
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
        ]
        command += [f"--output-path={report}", f"--chrome-path={chromium}"]
        command += [f"--chrome-flags={CHROMIUM}", f"--only-categories={','.join(CATEGORIES)}"]
        for tried in range(1, TRIES + 1):
            # On a busy machine Chromium may show no page in time: then there is no report.
            ended = subprocess.run(command, check=False)  # noqa: S603 - named above
            if ended.returncode == 0 and self.has_scores(report):
                return
            self.stderr.write(f"{address}: no scores at try {tried} of {TRIES}")
        raise CommandError(f"Lighthouse gave no scores for {address}.")

    def has_scores(self, report):
        if not report.exists():
            return False
        found = json.loads(report.read_text(encoding="utf-8"))["categories"]
        return all(found[name]["score"] is not None for name in CATEGORIES)

    def scores(self, report):
        found = json.loads(report.read_text(encoding="utf-8"))["categories"]
        return "  ".join(f"{name} {found[name]['score'] * 100:.0f}" for name in CATEGORIES)
