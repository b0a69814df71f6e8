"""The offer in the admin, put together from its parts; each part has a module of its own."""

from django.contrib import admin

from kekiz_portal.lib.keys import key
from offers.admin.deciding.leading_on import LeadsOn
from offers.admin.deleting import DeletedWithReason
from offers.admin.exporting import Exporting
from offers.admin.ownership import OwnEntriesOnly
from offers.admin.versions.versions import Versioned
from offers.models import Editorship, Institution, Offer

from .confirmed import Confirming
from .form import OfferEditing
from .hints import Hinted
from .list import OfferListing
from .workflow import Workflow


@admin.register(Offer)
class OfferAdmin(
    Confirming,
    LeadsOn,
    Hinted,
    Workflow,
    OwnEntriesOnly,
    Versioned,
    DeletedWithReason,
    Exporting,
    OfferListing,
    OfferEditing,
):
    def get_changeform_initial_data(self, request):
        """Return the house in whose message somebody began, nothing else of the address."""
        if Editorship.objects.restricts(request.user):
            return {}
        named = Institution.objects.filter(pk=key(request.GET.get("provider", "")))
        return {"provider": house.pk} if (house := named.first()) else {}

    def view_on_site(self, offer):
        """Return the address of the public page, None for an offer that is not published."""
        return offer.get_absolute_url() if offer.status == Offer.Status.PUBLISHED else None
