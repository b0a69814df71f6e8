"""Schedules as records of their own, for their exceptions and for what the form does not reach."""

from operator import attrgetter

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.curation.publishing import becomes_proposal
from offers.models import Editorship, OfferPlace, Schedule, ScheduleException
from offers.models.place import refuse_beside_protected
from offers.recurrence import entry as schedule_entry
from offers.schedules.form import ClockField, DayInput, EndClockField, ScheduleForm

from .ownership import OwnEntriesOnly, own_institutions
from .versions.versions import Versioned


class PartOfOffer(OwnEntriesOnly, Versioned):
    """An admin of what belongs to an offer: never a way around the rules of the offer.

    ``to_offer`` is the path to the offer. Who may only propose changes a part of a public
    offer in the form of the offer itself.
    """

    to_offer = ""

    def get_readonly_fields(self, request, obj=None):
        """Return the fields nobody changes: a saved part stays with its offer."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, self.to_offer.split("__")[0]] if obj else fields

    def may_touch(self, request, part):
        offer_of = attrgetter(self.to_offer.replace("__", "."))
        return part is None or not becomes_proposal(request.user, offer_of(part))

    def has_add_permission(self, request):
        decides = request.user.has_perm("offers.publish_offer")
        return decides and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        restricted = Editorship.objects.restricts(request.user)
        if restricted and db_field.name == self.to_offer.split("__")[0]:
            related = db_field.remote_field.model.objects
            own = self.own.split("__", 1)[1]
            kwargs["queryset"] = related.filter(**{f"{own}__in": own_institutions(request)})
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ScheduleInline(admin.StackedInline):
    model = Schedule
    form = ScheduleForm
    extra = 0


class SinglePlaceForm(forms.ModelForm):
    """One place; the others of its offer are looked up."""

    def clean(self):
        cleaned = super().clean()
        offer, location = cleaned.get("offer"), cleaned.get("location")
        if offer and location:
            others = offer.places.exclude(pk=self.instance.pk).exclude(location=None)
            beside = [place.location for place in others.select_related("location")]
            refuse_beside_protected([location, *beside])
        return cleaned


@admin.register(OfferPlace)
class OfferPlaceAdmin(PartOfOffer):
    """Where an offer takes place, with the times there."""

    form = SinglePlaceForm
    own = "offer__provider"
    to_offer = "offer"
    list_display = ["offer", "mode", "location"]
    list_filter = ["mode"]
    list_select_related = ["offer", "location__district"]
    search_fields = ["offer__title", "location__name", "location__street"]
    autocomplete_fields = ["offer", "location"]
    inlines = [ScheduleInline]


class ScheduleExceptionForm(forms.ModelForm):
    end_time = EndClockField(label=_("stattdessen bis"), required=False)


class ScheduleExceptionInline(admin.TabularInline):
    model = ScheduleException
    form = ScheduleExceptionForm
    extra = 1
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.TimeField: {"form_class": ClockField},
    }


@admin.register(Schedule)
class ScheduleAdmin(PartOfOffer):
    own = "place__offer__provider"
    to_offer = "place__offer"
    form = ScheduleForm
    list_display = ["place", "words", "starts_on"]
    list_select_related = ["place__location__district"]
    search_fields = ["place__offer__title"]
    autocomplete_fields = ["place"]
    inlines = [ScheduleExceptionInline]
    fields = [
        "place",
        ("repeats", "every"),
        ("week", "month"),
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
