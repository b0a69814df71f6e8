"""Where a protected address stands in a text; gone by itself when it is mended."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from offers.models import AddressLeak


@admin.register(AddressLeak)
class AddressLeakAdmin(ReadOnly):
    belongs_here = _(
        "Nirgends steht eine geschützte Adresse. "
        "Findet die Prüfung in der Nacht eine, steht hier, in welchem Eintrag."
    )
    list_display = ["entry", "field_words", "found_at"]
    list_display_links = None
    actions = None

    @admin.display(description=_("Eintrag"))
    def entry(self, leak):
        words = f"{leak.kind} {leak.key}"
        if not leak.office_address:
            return words
        return format_html('<a href="{}">{}</a>', leak.office_address, words)

    @admin.display(description=_("Feld"))
    def field_words(self, leak):
        return leak.field_words
