"""Children and need: figures from elsewhere, each with its source and date."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from network.models import ChildrenCount, NeedIndicator
from offers.admin.deleting import DeletedWithReason
from offers.admin.listing import OfficeList
from offers.admin.versions.versions import Versioned


@admin.register(ChildrenCount)
class ChildrenCountAdmin(Versioned, DeletedWithReason, OfficeList):
    list_display = ["district", "ages", "children", "measure", "as_of", "certainty", "source_url"]
    list_filter = ["measure", "district"]
    fields = ["district", "measure", ("from_years", "to_years"), "children", "as_of"]
    fields += ["source_url", "certainty", "note"]

    @admin.display(description=_("Alter"), ordering="from_years")
    def ages(self, count):
        return count.age_words


@admin.register(NeedIndicator)
class NeedIndicatorAdmin(Versioned, DeletedWithReason, OfficeList):
    list_display = ["about", "name", "figure", "as_of", "certainty", "source_url"]
    list_filter = ["name", "district"]
    search_fields = ["name", "school_name"]
    autocomplete_fields = ["school"]
    fields = ["district", "school", "school_name", "name", ("value", "unit"), "as_of"]
    fields += ["source_url", "certainty"]

    @admin.display(description=_("Stadtteil oder Schule"), ordering="school_name")
    def about(self, indicator):
        return indicator.school_name or indicator.district

    @admin.display(description=_("Wert"), ordering="value")
    def figure(self, indicator):
        return indicator.value_words
