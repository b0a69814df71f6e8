from django.contrib import admin

from offers.models import Institution

from .deleting import DeletedWithReason
from .ownership import OwnEntriesOnly
from .versions import Versioned


@admin.register(Institution)
class InstitutionAdmin(OwnEntriesOnly, Versioned, DeletedWithReason):
    own = "pk"
    list_display = ["name", "kind", "carrier_name", "phone", "updated_at"]
    list_filter = ["kind"]
    list_select_related = ["kind"]
    search_fields = ["name", "carrier_name", "phone", "email"]
    autocomplete_fields = ["kind", "parent", "locations"]
    prepopulated_fields = {"slug": ["name"]}
