"""The list and the form of institutions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from offers.models import Institution

from .deleting import DeletedWithReason
from .list_filters import DistrictFilter, ResponsibilityGapFilter
from .ownership import OwnEntriesOnly
from .versions import Versioned


@admin.register(Institution)
class InstitutionAdmin(OwnEntriesOnly, Versioned, DeletedWithReason):
    own = "pk"
    list_display = [
        "name",
        "kind",
        "phone",
        "published_count",
        "due_count",
        "confirmed_last",
    ]
    list_filter = ["kind", DistrictFilter, ResponsibilityGapFilter]
    list_select_related = ["kind"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["name", "carrier_name", "phone", "email"]
    autocomplete_fields = ["kind", "parent", "locations"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        """The columns of the list are worked out for the list alone."""
        institutions = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name == "offers_institution_changelist"
        return institutions.for_office_list() if is_list else institutions

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
        return institution.confirmed_last
