"""The form of an offer: the questions of a parent, one after the other."""

from functools import partial

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from lifephases.admin import AgeSpanAdmin
from offers.admin.nested import PlaceForm, PlaceFormSet, RowInline, only_add_related
from offers.admin.sections import InSections
from offers.admin.sources import LOADED, WithCertainty, WithSources
from offers.curation import pictures
from offers.curation.kept_uploads import KeptPictureInput
from offers.models import ContactPoint, CostOption, Editorship, OfferPlace, Schedule
from offers.models.signals import handed_over
from offers.schedules.form import DayInput, MomentInput, ScheduleForm

from .fields import OfferForm, PictureField, WithPhone

WHAT, WHOM, WHERE = _("Was?"), _("Für wen?"), _("Wann und wo?")
HOW, COST, ASK, INTERNAL = (
    _("Wie teilnehmen?"),
    _("Was kostet es?"),
    _("Wen fragt man?"),
    _("Intern"),
)


class OfferPlaceInline(RowInline):
    model = OfferPlace
    form = PlaceForm
    formset = PlaceFormSet
    fields = [("mode", "location"), "note"]
    autocomplete_fields = ["location"]
    section = WHERE
    add_label = _("Noch einen Ort hinzufügen")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.schedules_are_editable = all(
            request.user.has_perm(f"offers.{action}_schedule")
            for action in ("add", "change", "delete")
        )
        return formset


class CostOptionForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "amount": _("Etwa 4,50. Was nichts kostet, braucht keinen Preis."),
            "label": _("Etwa „je Termin“ oder „für Geschwister“."),
            "valid_from": _("Nur, wenn sich der Preis ändert."),
            "valid_to": _("Nur, wenn sich der Preis ändert."),
        }


class CostOptionInline(RowInline):
    model = CostOption
    form = CostOptionForm
    fields = [("amount", "label"), ("valid_from", "valid_to")]
    formfield_overrides = {models.DateField: {"widget": DayInput}}
    section = COST
    add_label = _("Noch einen Preis hinzufügen")


class ContactPointForm(WithPhone):
    class Meta:
        help_texts = {
            "phone": _("Mit Vorwahl. Telefon oder E-Mail muss da sein."),
            "email": _("Ein Postfach, keine Adresse einer Person."),
            "hours": _("Etwa „Mo–Fr 9–12 Uhr“."),
            "visibility": _("Öffentlich steht der Kontakt auf der Seite des Angebots."),
        }


class ContactPointInline(RowInline):
    model = ContactPoint
    form = ContactPointForm
    fields = [("label", "visibility"), ("phone", "email"), "hours"]
    section = ASK
    add_label = _("Noch einen Kontakt hinzufügen")

    def get_queryset(self, request):
        """Return the contacts, for a provider's editor without those the office keeps to itself."""
        points = super().get_queryset(request)
        if Editorship.objects.restricts(request.user):
            return points.exclude(visibility=ContactPoint.Visibility.INTERNAL)
        return points


class OfferEditing(InSections, WithSources, AgeSpanAdmin, WithCertainty):
    form = OfferForm
    formfield_overrides = AgeSpanAdmin.formfield_overrides | {
        models.ImageField: {"form_class": PictureField, "widget": KeptPictureInput},
        models.DateField: {"widget": DayInput},
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
    }
    change_form_template = "admin/offers/offer/change_form.html"
    autocomplete_fields = ["provider", "topics", "offer_type", "target_groups"]
    readonly_fields = LOADED
    inlines = [OfferPlaceInline, CostOptionInline, ContactPointInline]
    fieldsets = [
        (
            WHAT,
            {
                "fields": [
                    "title",
                    "teaser",
                    "description",
                    ("offer_type", "topics"),
                    "alternate_name",
                    ("picture", "picture_alt", "picture_is_decorative"),
                ],
            },
        ),
        (
            WHOM,
            {
                "fields": [
                    "ages",
                    "audience",
                    "target_groups",
                    "extra_phases",
                    "eligibility_text",
                    "languages",
                    "languages_note",
                ],
            },
        ),
        (
            WHERE,
            {
                "fields": ["schedule_text"],
                "description": _("Jeder Ort hat seine eigenen Termine."),
            },
        ),
        (
            HOW,
            {
                "fields": [
                    "access_modes",
                    "how_to_apply",
                    ("registration_url", "registration_deadline"),
                    ("anonymous_possible", "is_youth_office"),
                    "first_call",
                ],
            },
        ),
        (COST, {"fields": ["cost_kind", "cost_note", "reductions"]}),
        (
            ASK,
            {
                "fields": [("provider", "provider_name"), ("phone", "email"), "url"],
                "description": _(
                    "Nur Stellen, keine Personen: Namen gehören zu den Kontakten im Netzwerk."
                ),
            },
        ),
        (
            INTERNAL,
            {
                "classes": ["collapse"],
                "fields": [
                    ("status", "responsible"),
                    "prevention_level",
                    "open_question",
                    "notes",
                    ("confirmed_at", "confirm_method"),
                    ("review_due_on", "is_generic"),
                    ("alert_text", "alert_until"),
                    ("valid_from", "valid_to"),
                    ("slug", "search_terms"),
                    ("source", "external_id", "source_year"),
                    "source_url",
                    "certainty_words",
                    "pages",
                ],
            },
        ),
    ]

    class Media:
        js = [
            forms.Script("js/admin-rows.js", type="module"),
            forms.Script("js/admin-dates.js", type="module"),
            forms.Script("js/admin-select-names.js", type="module"),
        ]

    def get_urls(self):
        dates = self.admin_site.admin_view(self.dates)
        return [
            path("termine/", dates, name="offers_offer_dates"),
            path("termine/<int:schedule>/", dates, name="offers_offer_dates"),
            *super().get_urls(),
        ]

    def dates(self, request, schedule=None):
        """Answer with the next dates of the fields in the address; nothing is saved.

        ``schedule`` is the saved one they belong to, whose exceptions count too.
        """
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        saved = None
        if schedule is not None:
            own = Schedule.objects.filter(place__offer__in=self.get_queryset(request))
            saved = get_object_or_404(own, pk=schedule)
        form = ScheduleForm(request.GET, instance=saved)
        return render(request, "admin/offers/offer/_dates.html", {"form": form})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = only_add_related(super().formfield_for_dbfield(db_field, request, **kwargs))
        if db_field.name == "extra_phases":  # the phases are given: none is added from here
            field.widget = field.widget.widget
            field.widget.choices = field.choices
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsible":
            kwargs["queryset"] = User.objects.filter(is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "extra_phases":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        before = form.initial.get("picture") if "picture" in form.changed_data else None
        super().save_model(request, obj, form, change)
        if "responsible" in form.changed_data and obj.responsible:
            handed_over.send(
                sender=None, actor=request.user, colleague=obj.responsible, offers=[obj]
            )
        if before:
            transaction.on_commit(partial(pictures.discard, before.name))
