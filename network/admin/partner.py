from django.contrib import admin

from network.models import Partner
from offers.admin.versions import Versioned


@admin.register(Partner)
class PartnerAdmin(Versioned):
    list_display = ["institution", "since"]
    search_fields = ["institution__name", "labels"]
    autocomplete_fields = ["institution"]
