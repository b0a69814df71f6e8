from django.contrib import admin

from network.models import Contact
from offers.admin.versions import Versioned


@admin.register(Contact)
class ContactAdmin(Versioned):
    list_display = ["name", "role", "partner", "visibility", "until"]
    list_select_related = ["partner__institution"]
    list_filter = ["visibility"]
    search_fields = ["name", "role", "partner__institution__name"]
    autocomplete_fields = ["partner"]
