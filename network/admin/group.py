"""Groups and what ties partners to them; agreements and talks with partners."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from network.models import Agreement, Conversation, Group, Membership
from offers.admin.deleting import DeletedWithReason
from offers.admin.listing import OfficeList
from offers.admin.versions.versions import Versioned

from .filters import ActiveFilter
from .of_partner import OfPartner


@admin.register(Group)
class GroupAdmin(Versioned, DeletedWithReason, OfficeList):
    list_display = ["name", "kind", "members", "people"]
    list_filter = [ActiveFilter]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "kind", "description", "is_active"]

    @admin.display(description=_("Mitglieder"), ordering="member_count")
    def members(self, group):
        if not group.member_count:
            return "–"
        return filtered("partner", group, group.member_count)

    @admin.display(description=_("Verteiler"))
    def people(self, group):
        return filtered("contact", group, _("ansehen"))


def filtered(model_name, group, words):
    """Return a link to the list of partners or people of a group."""
    address = reverse(f"admin:network_{model_name}_changelist")
    return format_html('<a href="{}?netzwerk={}">{}</a>', address, group.slug, words)


@admin.register(Membership)
class MembershipAdmin(OfPartner, Versioned):
    list_display = ["partner", "group", "contact", "role", "since", "until", "is_voting"]
    list_select_related = ["partner__institution", "group", "contact"]
    list_filter = ["group"]
    search_fields = ["partner__institution__name", "group__name", "contact__name"]
    autocomplete_fields = ["partner"]
    fields = ["partner", "group", "contact", "role", "is_voting", "since", "until"]


@admin.register(Agreement)
class AgreementAdmin(OfPartner, Versioned):
    list_display = ["partner", "title", "signed_on", "valid_from", "valid_until"]
    list_select_related = ["partner__institution"]
    search_fields = ["partner__institution__name", "title"]
    autocomplete_fields = ["partner"]
    date_hierarchy = "valid_until"


@admin.register(Conversation)
class ConversationAdmin(OfPartner, Versioned):
    list_display = ["on", "partner", "channel", "summary", "by"]
    list_select_related = ["partner__institution", "by"]
    search_fields = ["partner__institution__name", "summary"]
    autocomplete_fields = ["partner"]
    fields = ["partner", "contact", "on", "channel", "summary"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)
