"""Places and times as records of their own, for what the form of an offer does not reach."""

from django.contrib import admin

from offers.models import OfferPlace, Schedule, ScheduleException


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
