from django.contrib import admin

from network.models import Contact, Partner
from offers.admin.versions import Versioned


class ContactInline(admin.TabularInline):
    model = Contact
    extra = 0


@admin.register(Partner)
class PartnerAdmin(Versioned):
    list_display = ["institution", "since", "agreement_signed_on"]
    list_select_related = ["institution"]
    search_fields = ["institution__name", "labels"]
    autocomplete_fields = ["institution"]
    inlines = [ContactInline]
