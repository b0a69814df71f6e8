"""Put the city's texts for Impressum, Datenschutz and Barrierefreiheit where there are none yet."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kekiz_portal.models import Page


class Command(BaseCommand):
    """A page that exists is never touched: its text belongs to the editors."""

    help = "Loads pages/<slug>.html of a city's folder, for example data/herne."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, verbosity, **_options):
        for slug in Page.Slug:
            path = folder / "pages" / f"{slug}.html"
            try:
                body = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                message = f"{path}: {error}"
                raise CommandError(message) from error
            defaults = {"title": slug.label, "body": body}
            _page, created = Page.objects.get_or_create(slug=slug, defaults=defaults)
            if verbosity:
                self.stdout.write(f"{path.name}: {'neu' if created else 'unverändert'}")
