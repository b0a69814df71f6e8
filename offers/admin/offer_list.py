"""The list of offers: columns, filters, search and what is done with many at once."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class OfferListing(admin.ModelAdmin):
    list_display = ["title", "provider_words", "age", "status", "confirmed_at", "review_due_on"]
    list_filter = ["status", "is_generic", "topics", "offer_type", "cost_kind"]
    list_select_related = ["provider"]
    search_fields = ["title", "teaser", "provider__name", "provider_name", "search_terms"]

    @admin.display(description=_("Anbieter"), ordering="provider__name")
    def provider_words(self, offer):
        return offer.provider_words
