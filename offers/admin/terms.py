from django.contrib import admin

from offers.models import (
    ClosingDay,
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


@admin.register(InstitutionKind, OfferType, TargetGroup, Topic)
class TermAdmin(CollisionsExplained):
    list_display = ["name", "slug", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


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


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(CollisionsExplained):
    list_display = ["name", "first_on", "last_on"]
    date_hierarchy = "first_on"


@admin.register(ClosingDay)
class ClosingDayAdmin(CollisionsExplained):
    list_display = ["name", "first_on", "last_on", "every_year", "institution"]
    list_filter = ["every_year"]
    list_select_related = ["institution"]
    search_fields = ["name", "institution__name"]
    autocomplete_fields = ["institution"]
