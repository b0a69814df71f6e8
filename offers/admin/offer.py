from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lifephases.admin import AgeSpanAdmin
from offers.models import CostOption, Offer, OfferPlace, Schedule, ScheduleException


class CostOptionInline(admin.TabularInline):
    model = CostOption
    extra = 0


class OfferPlaceInline(admin.TabularInline):
    model = OfferPlace
    extra = 0
    autocomplete_fields = ["location"]
    show_change_link = True


@admin.register(Offer)
class OfferAdmin(AgeSpanAdmin):
    list_display = ["title", "provider_words", "age", "status", "confirmed_at", "review_due_on"]
    list_filter = ["status", "is_generic", "topics", "offer_type", "cost_kind"]
    list_select_related = ["provider"]
    search_fields = ["title", "teaser", "provider__name", "provider_name", "search_terms"]
    autocomplete_fields = ["provider", "topics", "offer_type", "target_groups"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["source", "external_id", "source_url", "source_year", "certainty"]
    inlines = [OfferPlaceInline, CostOptionInline]

    @admin.display(description=_("Anbieter"), ordering="provider__name")
    def provider_words(self, offer):
        return offer.provider_words


class ScheduleInline(admin.TabularInline):
    model = Schedule
    extra = 0


@admin.register(OfferPlace)
class OfferPlaceAdmin(admin.ModelAdmin):
    """Where an offer takes place, with the times there."""

    list_display = ["offer", "mode", "location"]
    list_filter = ["mode"]
    list_select_related = ["offer", "location__district"]
    search_fields = ["offer__title", "location__name", "location__street"]
    autocomplete_fields = ["offer", "location"]
    inlines = [ScheduleInline]


class ScheduleExceptionInline(admin.TabularInline):
    model = ScheduleException
    extra = 0


@admin.register(Schedule)
class ScheduleAdmin(admin.ModelAdmin):
    list_display = ["place", "rrule", "starts_on", "start_time", "end_time"]
    list_select_related = ["place__location__district"]
    search_fields = ["place__offer__title"]
    autocomplete_fields = ["place"]
    inlines = [ScheduleExceptionInline]
