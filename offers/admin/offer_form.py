"""The form of an offer: the questions of a parent, one after the other."""

from django.contrib import admin

from lifephases.admin import AgeSpanAdmin
from offers.models import CostOption, OfferPlace


class CostOptionInline(admin.TabularInline):
    model = CostOption
    extra = 0


class OfferPlaceInline(admin.TabularInline):
    model = OfferPlace
    extra = 0
    autocomplete_fields = ["location"]
    show_change_link = True


class OfferEditing(AgeSpanAdmin):
    autocomplete_fields = ["provider", "topics", "offer_type", "target_groups"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["source", "external_id", "source_url", "source_year", "certainty"]
    inlines = [OfferPlaceInline, CostOptionInline]
