"""What anybody may subscribe to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from network.models import MailingList
from offers.admin.deleting import DeletedWithReason
from offers.admin.listing import OfficeList
from offers.admin.versions.versions import Versioned


@admin.register(MailingList)
class MailingListAdmin(Versioned, DeletedWithReason, OfficeList):
    """Lists to subscribe to; one that somebody agreed to is closed, never deleted."""

    list_display = ["name", "description", "is_offered", "subscribers"]
    search_fields = ["name"]
    fields = ["name", "description", "is_offered"]

    @admin.display(description=_("Abos"), ordering="subscriber_count")
    def subscribers(self, one):
        return one.subscriber_count

    def has_delete_permission(self, request, obj=None):
        is_unused = obj is None or not obj.consents.exists()
        return is_unused and super().has_delete_permission(request, obj)
