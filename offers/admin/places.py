from django.contrib import admin

from offers.models import AccessibilityFact, District, Location

from .ownership import UsablePlacesOnly
from .versions import Versioned


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
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
class LocationAdmin(UsablePlacesOnly, Versioned):
    list_display = ["__str__", "district", "visibility"]
    list_filter = ["visibility", "district"]
    list_select_related = ["district"]
    search_fields = ["name", "street", "postal_code"]
    autocomplete_fields = ["district"]
    inlines = [AccessibilityInline]
