"""The page of all components in all their states, for people who work on the look.

Only routed in development. The examples are made up and need no database.
"""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace as Example
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.shortcuts import render
from django.utils import dates
from django.views.decorators.http import require_safe

from offers.browsing.cards import card_of
from offers.browsing.facets import Choice, Facet
from offers.browsing.whom_to_ask import of_the_city
from offers.models import Offer


class OfferExample(Example):
    """An offer that says the same in every language."""

    @property
    def here(self):
        return self


PHASES = [
    # short name, ages, pictogram
    ("Schwangerschaft & Geburt", "Schwangerschaft bis 2 Monate", "pregnancy"),
    ("Baby", "Geburt bis 12 Monate", "baby"),
    ("Kleinkind", "1–2 Jahre", "toddler"),
    ("Kita-Alter", "3–6 Jahre", "kindergarten"),
    ("Grundschule", "6–10 Jahre", "school"),
    ("Weiterführende Schule", "10–16 Jahre", "secondary"),
    ("Ausbildung & Beruf", "14–26 Jahre", "work"),
]


@require_safe
def gallery(request):
    return render(request, "gallery.html", examples())


def examples():
    """Return everything the gallery shows."""
    phases = [_phase(number, *words) for number, words in enumerate(PHASES, 1)]
    return {
        "icons": _icons(),
        "phases": phases,
        "cross": Example(
            slug="eltern-familie",
            short_name="Eltern & Familie",
            name="Für Eltern & die ganze Familie",
            hue=0,
            pictogram="family",
            get_absolute_url="/lebensphasen/eltern-familie/",
        ),
        "lit": [phases[1].slug, phases[2].slug],
        "cards": [card_of(offer) for offer in _offers(phases)],
        "asked": of_the_city(),
        "bars": [
            _bar(phases, 2, 30, "Geburt bis 2 Jahre", (1, 2)),
            _bar(phases, 0, 100, "jedes Alter", range(7)),
        ],
        "occurrences": _occurrences(),
        "entries": [
            Example(label=label, url="#")
            for label in ("Ein Kind kommt", "Trennung", "Das Geld reicht nicht")
        ],
        "facets": _facets(),
        "chips": [
            Example(label=label, remove_url="#")
            for label in ("18 Monate", "Wanne", "Eltern-Kind-Treffs & Begegnung")
        ],
        "switches": [
            Example(label="kostenlos", url="#", on=True),
            Example(label="Mi", url="#", on=False),
        ],
        "ways_out": Example(
            nearest=[],
            suggestions=[
                Example(label="ohne „Wanne“ suchen", url="#", count=7),
                Example(label="ohne „kostenlos“ suchen", url="#", count=3),
            ],
            topics=[("Sport & Bewegung", "#", "people"), ("Geld & Recht", "#", "euro")],
        ),
        "milestone_examples": _milestones(),
        "helplines": _helplines(),
        "institution": Example(
            name="Familienbüro",
            kind="Familienbüro",
            place_words="Wanne",
            offer_count=12,
            get_absolute_url="#",
        ),
        "months": list(dates.MONTHS.items()),
        "years": range(2026, 1998, -1),
        "form": ExampleForm(),
        "refused_form": ExampleForm(
            {"mail": "ohne-at", "topics": ["x"], "how": ""}, auto_id="refused_%s"
        ),
    }


class ExampleForm(forms.Form):
    mail = forms.EmailField(
        label="E-Mail", help_text="Wir schreiben Ihnen nur, was Sie bestellt haben."
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Gesundheit"), ("b", "Freizeit")],
    )
    how = forms.ChoiceField(
        label="Wie oft?",
        widget=forms.RadioSelect,
        choices=[("w", "jede Woche"), ("m", "jeden Monat")],
    )
    district = forms.ChoiceField(
        label="Stadtteil", required=False, choices=[("", "egal"), ("wanne", "Wanne")]
    )
    words = forms.CharField(
        label="Nachricht", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(label="Ich bin einverstanden.")


def _icons():
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    return re.findall(r'<symbol id="([^"]+)"', sprite)


def _phase(hue, short_name, age_words, pictogram):
    return Example(
        slug=pictogram,
        short_name=short_name,
        name=short_name,
        age_words=age_words,
        hue=hue,
        pictogram=pictogram,
        get_absolute_url=f"/lebensphasen/{pictogram}/",
        is_cross=False,
        transition_out=Example(name="Ein Übergang"),
    )


def _offers(phases):
    when = _occurrences()[0]
    common = {"pk": 0, "get_absolute_url": lambda: "#", "next_occurrence": None, "when_marked": ""}
    common |= {"cost_kind": Offer.Cost.PAID, "full_words": ""}
    return [
        OfferExample(
            **common
            | {
                "title": "Familienfrühstück",
                "age_words": "Geburt bis 6 Jahre",
                "phases_lit": phases[1:4],
                "next_occurrence": when,
                "place_words": "Herne-Süd",
                "cost_marked": "Kostenlos",
                "provider_words": "Stadt Herne, Familienbüro",
                "is_confirmed": True,
                "is_generic": False,
            }
        ),
        OfferExample(
            **common
            | {
                "title": "Schwangerschaftskonfliktberatung und Begleitung vor und nach der Geburt",
                "age_words": "Schwangerschaft",
                "phases_lit": phases[:1],
                "when_marked": "nach Vereinbarung",
                "place_words": "Wanne",
                "cost_marked": "Kosten bitte erfragen",
                "provider_words": "Fachbereich Gesundheit",
                "is_confirmed": False,
                "is_generic": False,
            }
        ),
        OfferExample(
            **common
            | {
                "title": "Babymassage",
                "age_words": "1–10 Monate",
                "phases_lit": phases[1:2],
                "place_words": "Ort bitte erfragen",
                "cost_marked": "Kostet etwas",
                "full_words": "zurzeit voll, gesagt am 2. November 2026",
                "provider_words": "",
                "is_confirmed": False,
                "is_generic": True,
            }
        ),
        OfferExample(
            **common
            | {
                "title": "Schuldnerberatung",
                "age_words": "jedes Alter",
                "phases_lit": [],
                "place_words": "ganz Herne, am Telefon",
                "cost_marked": "Kostenlos",
                "provider_words": "Ein Verband",
                "is_confirmed": True,
                "is_generic": False,
            }
        ),
    ]


def _bar(phases, start, width, words, lit):
    step = round(100 / len(phases), 2)
    segments = [
        Example(
            phase=phase,
            start_percent=round(step * number, 2),
            width_percent=step,
            lit=number in lit,
        )
        for number, phase in enumerate(phases)
    ]
    return Example(segments=segments, start_percent=start, width_percent=width, words=words)


def _occurrences():
    first = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    offer = OfferExample(
        title="Familienfrühstück", get_absolute_url="#", age_words="Geburt bis 6 Jahre"
    )
    return [
        Example(
            starts_at=first + timedelta(weeks=week),
            ends_at=first + timedelta(weeks=week, minutes=90),
            has_time=week != 1,
            offer=offer,
            place_words="Herne-Süd",
        )
        for week in range(3)
    ]


def _facets():
    topics = [
        Choice("thema", "a", "Gesundheit & Entwicklung", chosen=True, count=12),
        Choice("thema", "b", "Eltern-Kind-Treffs & Begegnung", chosen=False, count=5, level=2),
        Choice("thema", "c", "Geld & Recht", chosen=False, count=0),
    ]
    free = [Choice("kostenlos", "1", "kostenlos", chosen=False, count=31)]
    return [
        Facet("alter", "Alter des Kindes", "age", number=18, unit="monate"),
        Facet("thema", "Thema", "checkbox", topics),
        Facet("phase", "Lebensphase", "radio", topics),
        Facet("merkmale", "Das ist mir wichtig", "checkbox", free),
    ]


def _milestones():
    return [
        Example(
            who="Ihre Kinderarztpraxis",
            milestone=Example(
                title="U7",
                age_words="21–24 Monate",
                what_to_do="Vereinbaren Sie einen Termin in der Kinderarztpraxis.",
                by_when="bis zum 27. Monat",
                source="Gemeinsamer Bundesausschuss",
                source_url="",
            ),
        ),
        Example(
            who="Elterngeldstelle",
            phone="02323 160",
            url="#",
            milestone=Example(
                title="Kita-Platz vormerken",
                age_words="1–2 Jahre",
                what_to_do="Merken Sie Ihr Kind im Kita-Navigator vor.",
                by_when="",
                source="",
                source_url="",
            ),
        ),
    ]


def _helplines():
    return [
        Example(
            answers_now=True,
            helpline=Example(
                name="Notruf Feuerwehr und Rettungsdienst",
                number="112",
                tel_uri="tel:112",
                hours="24/7",
                cost="kostenfrei",
                languages="Deutsch",
                online="",
                when_to_show="",
            ),
        ),
        Example(
            opening="morgen ab 9:00 Uhr",
            helpline=Example(
                name="Hilfetelefon Gewalt gegen Frauen",
                number="116 016",
                tel_uri="tel:116016",
                hours="24/7, 365 Tage",
                cost="kostenfrei, anonym",
                languages="Deutsch + 18 Fremdsprachen, Gebärdensprache",
                online="www.hilfetelefon.de (Chat, E-Mail)",
                when_to_show="häusliche Gewalt",
                online_url="https://www.hilfetelefon.de",
            ),
        ),
    ]
