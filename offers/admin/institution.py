"""The list and the form of institutions."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from offers.models import Editorship, Institution

from .deleting import DeletedWithReason
from .list_filters import DistrictFilter, ResponsibilityGapFilter
from .listing import OfficeList
from .ownership import OwnEntriesOnly
from .versions import Versioned


@admin.register(Institution)
class InstitutionAdmin(OwnEntriesOnly, Versioned, DeletedWithReason, OfficeList):
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
    search_fields = ["name", "carrier_name", "phone", "email"]
    autocomplete_fields = ["kind", "parent", "locations"]
    prepopulated_fields = {"slug": ["name"]}

    def get_list_filter(self, request):
        """Who is responsible is the office's own business."""
        if Editorship.objects.restricts(request.user):
            return ["kind", DistrictFilter]
        return super().get_list_filter(request)

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
