from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from offers.models import AccessibilityFact, District, Location

from .list_filters import DistrictFilter
from .listing import OfficeList
from .ownership import UsablePlacesOnly
from .sections import InSections
from .versions.collisions import CollisionsExplained
from .versions.versions import Versioned


@admin.register(District)
class DistrictAdmin(SavedBesideOthers, CollisionsExplained):
    list_display = ["name", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


class AccessibilityInline(admin.TabularInline):
    model = AccessibilityFact
    extra = 0
    section = _("Wie kommt man hin, und wie hinein?")


class LocationForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "name": _("Nur, wenn er anders heißt als das Haus, etwa „Bürgersaal“."),
            "street": _("Straße und Hausnummer, etwa „Hauptstraße 241“."),
            "postal_code": _("Fünf Ziffern."),
            "postal_code_is_certain": _("Ohne Haken steht sie in keiner Liste für Eltern."),
            "district": _("Danach suchen Eltern. Ohne Stadtteil fehlt der Ort in diesen Listen."),
            "transport_note": _("Etwa „Bus 303, Haltestelle Markt“."),
        }


@admin.register(Location)
class LocationAdmin(InSections, UsablePlacesOnly, Versioned, OfficeList):
    list_display = ["__str__", "district", "visibility", "offer_count"]
    list_filter = ["visibility", DistrictFilter]
    list_select_related = ["district"]
    search_fields = ["name", "street", "postal_code", "institutions__name"]
    search_help_text = _("Sucht auch nach dem Namen des Hauses, das dort ist.")
    autocomplete_fields = ["district"]
    inlines = [AccessibilityInline]
    form = LocationForm
    fieldsets = [
        (
            _("Wo ist das?"),
            {
                "fields": [
                    "name",
                    "street",
                    ("postal_code", "city"),
                    "postal_code_is_certain",
                    "district",
                ]
            },
        ),
        (_("Wer darf es wissen?"), {"fields": ["visibility"]}),
        (_("Wie kommt man hin, und wie hinein?"), {"fields": ["transport_note"]}),
        (
            _("Auf der Karte"),
            {
                "classes": ["collapse"],
                "fields": [("latitude", "longitude")],
                "description": _("Beide Werte oder keiner. Ohne sie: auf keiner Karte."),
            },
        ),
    ]

    @admin.display(description=_("Angebote dort"), ordering="offer_count")
    def offer_count(self, location):
        return location.offer_count or "–"
