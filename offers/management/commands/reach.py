"""Count what families can do with the published offers: whom to ask, where, when, how."""

from django.core.management.base import BaseCommand

from offers.quality import reach

WORDS = {
    "entries": "Einträge, veröffentlicht",
    "own_contact": "mit eigenem Kontakt",
    "place": "mit Ort",
    "time": "mit Zeit",
    "way_in": "mit Weg zur Teilnahme",
    "description": "mit Beschreibung",
    "within_reach": "erreichbar",
    "confirmed": "davon in ihrer Zeit bestätigt",
}


class Command(BaseCommand):
    help = "Counts the published offers by what a family needs to take part (docs/reach.md)."

    def handle(self, **_options):
        for name, number in reach.report().items():
            self.stdout.write(f"{number:6d}  {WORDS[name]}")
