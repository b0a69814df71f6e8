"""The offer in the admin, put together from its parts; each part has a module of its own."""

from django.contrib import admin

from offers.models import Offer

from .confirmed import Confirming
from .deleting import DeletedWithReason
from .exporting import Exporting
from .hints import Hinted
from .offer_form import OfferEditing
from .offer_list import OfferListing
from .ownership import OwnEntriesOnly
from .versions import Versioned
from .workflow import Workflow


@admin.register(Offer)
class OfferAdmin(
    Confirming,
    Hinted,
    Workflow,
    OwnEntriesOnly,
    Versioned,
    DeletedWithReason,
    Exporting,
    OfferListing,
    OfferEditing,
):
    def view_on_site(self, offer):
        """Return the address of the public page, None for an offer that is not published."""
        return offer.get_absolute_url() if offer.status == Offer.Status.PUBLISHED else None
