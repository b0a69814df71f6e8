from django.contrib import admin

from offers.admin.versions import Versioned

from .models import Contact, Partner


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


@admin.register(Contact)
class ContactAdmin(Versioned):
    list_display = ["name", "role", "partner", "visibility", "until"]
    list_select_related = ["partner__institution"]
    list_filter = ["visibility"]
    search_fields = ["name", "role", "partner__institution__name"]
    autocomplete_fields = ["partner"]
