from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from lifephases.admin import AgeSpanAdmin
from lifephases.models import LifePhase, Milestone
from offers.models import (
    ClosingDay,
    Duty,
    Helpline,
    InstitutionKind,
    MilestoneContact,
    OfferType,
    SchoolHoliday,
    TargetGroup,
    Topic,
)

from .versions.collisions import CollisionsExplained
from .versions.versions import Versioned


class TermAdmin(CollisionsExplained):
    """An admin of words in an order of their own."""

    list_display = ["name", "slug", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(InstitutionKind, TargetGroup)
class PlainTermAdmin(SavedBesideOthers, TermAdmin):
    pass


@admin.register(OfferType, Topic)
class VersionedTermAdmin(Versioned, TermAdmin):
    pass


@admin.register(LifePhase)
class LifePhaseAdmin(Versioned, AgeSpanAdmin):
    list_display = ["name", "kind", "age", "transition_out", "position"]
    list_select_related = ["transition_out"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [
        "name", "short_name", "description", "ages", "kind", "position", "transition_out",
        "hue", "pictogram", "slug",
    ]  # fmt: skip

    def view_on_site(self, phase):
        return phase.get_absolute_url()


@admin.register(Milestone)
class MilestoneAdmin(Versioned, AgeSpanAdmin):
    list_display = ["title", "kind", "age", "by_when", "before_day", "cutoff_day", "comes_first"]
    list_filter = ["kind", "comes_first"]
    search_fields = ["title", "what_to_do"]
    prepopulated_fields = {"slug": ["title"]}
    fields = [
        "title", "what_to_do", "by_when", "ages", "before_day", "cutoff_day", "goes_on",
        "comes_first", "kind", "source", "source_url", "slug",
    ]  # fmt: skip


@admin.register(Helpline)
class HelplineAdmin(Versioned):
    list_display = ["name", "number", "situation", "hours", "is_for_professionals", "position"]
    list_filter = ["situation", "is_for_professionals"]
    search_fields = ["name", "number"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(MilestoneContact)
class MilestoneContactAdmin(Versioned):
    list_display = ["milestone", "who", "offer", "institution"]
    list_select_related = ["milestone", "offer", "institution"]
    search_fields = ["who", "milestone__title"]
    autocomplete_fields = ["milestone", "offer", "institution"]


class ToCheck(admin.SimpleListFilter):
    """Rules that nobody has checked for a year."""

    title = _("Prüfung")
    parameter_name = "pruefung"

    def lookups(self, request, model_admin):
        return [("faellig", _("zu prüfen"))]

    def queryset(self, request, queryset):
        return queryset.to_check() if self.value() else queryset


@admin.register(Duty)
class DutyAdmin(Versioned, AgeSpanAdmin):
    list_display = ["who", "topic", "district", "age", "offer", "institution", "checked_on"]
    list_filter = [ToCheck, "topic"]
    list_select_related = ["topic", "district", "offer", "institution"]
    search_fields = ["who", "topic__name", "district__name"]
    autocomplete_fields = ["topic", "district", "offer", "institution"]


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(SavedBesideOthers, CollisionsExplained):
    list_display = ["name", "first_on", "last_on"]
    date_hierarchy = "first_on"


@admin.register(ClosingDay)
class ClosingDayAdmin(SavedBesideOthers, CollisionsExplained):
    list_display = ["name", "first_on", "last_on", "every_year", "institution"]
    list_filter = ["every_year"]
    list_select_related = ["institution"]
    search_fields = ["name", "institution__name"]
    autocomplete_fields = ["institution"]
