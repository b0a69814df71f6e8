"""The list and the form of institutions."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from offers.curation import archiving
from offers.models import ClosingDay, Editorship, Institution
from offers.quality.twins import namesakes_of

from . import bulk
from .deciding.leading_on import LeadsOn
from .deleting import DeletedWithReason
from .exporting import Exporting
from .list_filters import (
    ArchivedFilter,
    DistrictFilter,
    InstitutionKindFilter,
    ResponsibilityGapFilter,
)
from .offer.fields import EntryForm
from .ownership import OwnEntriesOnly
from .placeless import SaysWhoHasNoPlace
from .sections import InSections
from .sources import LOADED, WithCertainty, WithSources
from .versions.versions import Versioned

WHO, REACH, WHERE, INTERNAL = (
    _("Wer ist das?"),
    _("Wie erreicht man das Haus?"),
    _("Wo ist es, und wann ist es zu?"),
    _("Intern"),
)


class ClosingDayInline(admin.TabularInline):
    """The days an institution is closed; on them none of its offers takes place."""

    model = ClosingDay
    extra = 0
    section = WHERE


class InstitutionForm(EntryForm):
    """An institution as it is entered."""

    languages = forms.MultipleChoiceField(
        label=_("Sprachen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In welchen Sprachen man dort reden kann."),
    )

    class Meta:
        model = Institution
        fields = "__all__"
        help_texts = {
            "name": _("Wie das Haus heißt, so dass man es an der Tür wiedererkennt."),
            "kind": _("Danach suchen Eltern und die Koordination."),
            "carrier_name": _("Wer das Haus betreibt, etwa „Stadt Herne“."),
            "parent": _("Nur, wenn das Haus Teil eines anderen ist."),
            "phone": _("Die Nummer, unter der immer jemand weiterhilft, mit Vorwahl."),
            "email": _("Ein Postfach, keine Adresse einer Person."),
            "url": _("Beginnt mit https://"),
            "opening_hours_text": _("Etwa „Mo–Fr 8–16 Uhr“."),
            "locations": _("Tippen Sie Name oder Straße. Fehlt der Ort, legen Sie ihn mit + an."),
            "notes": _("Sieht nur die Verwaltung."),
            "slug": _("Bleibt sie leer, entsteht sie aus dem Namen. Später besser nicht ändern."),
        }


@admin.register(Institution)
class InstitutionAdmin(
    InSections,
    LeadsOn,
    OwnEntriesOnly,
    Versioned,
    DeletedWithReason,
    Exporting,
    WithSources,
    WithCertainty,
    SaysWhoHasNoPlace,
):
    own = "pk"
    list_display = [
        "name",
        "kind",
        "phone",
        "published_count",
        "due_count",
        "confirmed_last",
    ]
    list_filter = [InstitutionKindFilter, DistrictFilter, ResponsibilityGapFilter, ArchivedFilter]
    readonly_fields = [*LOADED, "archived_on"]
    inlines = [ClosingDayInline]
    actions = ["archive", "reopen"]
    list_select_related = ["kind"]
    search_fields = ["name", "carrier_name", "phone", "email"]
    autocomplete_fields = ["kind", "parent", "locations"]
    form = InstitutionForm
    fieldsets = [
        (WHO, {"fields": ["name", ("kind", "carrier_name"), "parent", "languages"]}),
        (
            REACH,
            {
                "fields": [("phone", "email"), "url", "opening_hours_text"],
                "description": _("Nur Stellen, keine Personen: Namen gehören zu den Kontakten."),
            },
        ),
        (WHERE, {"fields": ["locations"]}),
        (
            INTERNAL,
            {
                "classes": ["collapse"],
                "fields": [
                    "notes",
                    "open_question",
                    "slug",
                    ("source", "external_id", "source_year"),
                    "source_url",
                    "certainty_words",
                    "pages",
                    "archived_on",
                ],
            },
        ),
    ]

    def save_related(self, request, form, formsets, change):
        """Two institutions may have one name; whoever enters the second should know."""
        super().save_related(request, form, formsets, change)
        if "name" in form.changed_data:
            for other in namesakes_of(form.instance):
                places = [place for place in other.locations.all() if not place.is_protected]
                where = "; ".join(str(place) for place in places) or _now("ohne Anschrift")
                text = _now("„%(name)s“ gibt es schon: %(where)s. Ist es dieselbe Einrichtung?")
                self.message_user(request, text % {"name": other, "where": where}, messages.WARNING)

    def view_on_site(self, institution):
        """Return the address of the public page, None for an archived institution without one."""
        return None if institution.archived_on else institution.get_absolute_url()

    def get_list_filter(self, request):
        """Who is responsible is the office's own business."""
        filters = super().get_list_filter(request)
        if Editorship.objects.restricts(request.user):
            return [one for one in filters if one is not ResponsibilityGapFilter]
        return filters

    @admin.action(description=_("Archivieren …"), permissions=["change"])
    def archive(self, request, institutions):
        form = bulk.answered(bulk.ReasonForm, request)
        if not form.is_valid():
            return bulk.ask_first(self, request, institutions, form, _("Archivieren"))
        for institution in institutions:
            try:
                archiving.archive(institution, request.user, form.cleaned_data["reason"])
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
            else:
                text = _now("„%s“ ist archiviert.")
                self.message_user(request, text % institution, messages.SUCCESS)
        return None

    @admin.action(description=_("Wieder öffnen"), permissions=["change"])
    def reopen(self, request, institutions):
        for institution in institutions:
            archiving.reopen(institution, by=request.user)
            text = _now("„%s“ steht wieder im Verzeichnis.")
            self.message_user(request, text % institution, messages.SUCCESS)

    @admin.display(description=_("Angebote, veröffentlicht"), ordering="published_count")
    def published_count(self, institution):
        return institution.published_count or "–"

    @admin.display(description=_("davon zu bestätigen"), ordering="due_count")
    def due_count(self, institution):
        return institution.due_count or "–"

    @admin.display(
        description=_("ältestes bestätigt am"), ordering="confirmed_last", empty_value="–"
    )
    def confirmed_last(self, institution):
        first = institution.confirmed_last
        return date_format(timezone.localtime(first), "SHORT_DATE_FORMAT") if first else None
