from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from offers.models import AccessibilityFact, District, Location

from .collisions import CollisionsExplained
from .list_filters import DistrictFilter
from .listing import OfficeList
from .ownership import UsablePlacesOnly
from .versions import Versioned


@admin.register(District)
class DistrictAdmin(CollisionsExplained):
    list_display = ["name", "level", "parent"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


class AccessibilityInline(admin.TabularInline):
    model = AccessibilityFact
    extra = 0


@admin.register(Location)
class LocationAdmin(UsablePlacesOnly, Versioned, OfficeList):
    list_display = ["__str__", "district", "visibility", "offer_count"]
    list_filter = ["visibility", DistrictFilter]
    list_select_related = ["district"]
    search_fields = ["name", "street", "postal_code"]
    autocomplete_fields = ["district"]
    inlines = [AccessibilityInline]

    @admin.display(description=_("Angebote dort"), ordering="offer_count")
    def offer_count(self, location):
        return location.offer_count or "–"
