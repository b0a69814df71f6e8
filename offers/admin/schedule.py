"""Schedules as records of their own, for their exceptions and for what the form does not reach."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers import schedule_entry
from offers.models import OfferPlace, Schedule, ScheduleException
from offers.schedule_form import ClockField, DayInput, ScheduleForm


class ScheduleInline(admin.StackedInline):
    model = Schedule
    form = ScheduleForm
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
    extra = 1
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.TimeField: {"form_class": ClockField},
    }


@admin.register(Schedule)
class ScheduleAdmin(admin.ModelAdmin):
    form = ScheduleForm
    list_display = ["place", "words", "starts_on"]
    list_select_related = ["place__location__district"]
    search_fields = ["place__offer__title"]
    autocomplete_fields = ["place"]
    inlines = [ScheduleExceptionInline]
    fields = [
        "place",
        "repeats",
        "week",
        "days",
        ("start_time", "end_time"),
        ("starts_on", "ends_on"),
        ("school_holidays", "public_holidays"),
        "note",
    ]

    class Media:
        css = {"all": ["css/admin/offer-form.css"]}

    @admin.display(description=_("Termin"), ordering="rrule")
    def words(self, schedule):
        return schedule_entry.sentence(schedule)
