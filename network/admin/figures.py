"""Children and need: figures from elsewhere, each with its source and date."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lifephases.admin import AgeSpanAdmin
from network.models import ChainAssumptions, ChainNeed, ChainNote, ChildrenCount, NeedIndicator
from offers.admin.deleting import DeletedWithReason
from offers.admin.exporting import Imported
from offers.admin.importing.forms import COLUMNS_FORMS, ColumnsForm
from offers.admin.listing import OfficeList
from offers.admin.sources import WithCertainty
from offers.admin.versions.versions import Versioned
from offers.models import ImportRun


class FiguresColumnsForm(ColumnsForm):
    """One field for each column; day and source may be said for the whole list."""

    asked = ("district", "measure", "unit")
    default_keys = ("as_of", "source_url")
    named_by = ("district",)
    # A figure has no key of its own, and a list does not empty what is known.
    default_source = empty_cells_clear = None

    def _add_defaults(self):
        for key in self.default_keys:
            self.fields[f"default_{key}"] = forms.CharField(
                label=self.columns[key].label,
                required=False,
                initial=self.mapping.defaults.get(key, ""),
                help_text=_("Gilt, wo die Datei nichts sagt."),
            )


COLUMNS_FORMS[ImportRun.Kind.CHILDREN] = COLUMNS_FORMS[ImportRun.Kind.NEEDS] = FiguresColumnsForm


@admin.register(ChildrenCount)
class ChildrenCountAdmin(Versioned, DeletedWithReason, Imported, WithCertainty, OfficeList):
    _kind = ImportRun.Kind.CHILDREN
    list_display = ["district", "ages", "children", "measure", "as_of", "certainty_words"]
    list_display += ["source_url"]
    list_filter = ["measure", "district"]
    fields = ["district", "measure", ("from_years", "to_years"), "children", "as_of"]
    fields += ["source_url", "certainty", "note"]

    @admin.display(description=_("Alter"), ordering="from_years")
    def ages(self, count):
        return count.age_words


@admin.register(NeedIndicator)
class NeedIndicatorAdmin(Versioned, DeletedWithReason, Imported, WithCertainty, OfficeList):
    _kind = ImportRun.Kind.NEEDS
    list_display = ["about", "name", "figure", "as_of", "certainty_words", "source_url"]
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


@admin.register(ChainAssumptions)
class ChainAssumptionsAdmin(Versioned):
    """One row; before it is written the page of the walk leads to the form that writes it."""

    list_display = ["__str__", "way", "low_income_percent", "highest_price", "seed"]
    fields = ["way", "low_income_percent", "highest_price", "unknown_price_is_paid"]
    fields += ["unconfirmed_counts", "language", "language_percent", "step_free_percent"]
    fields += ["seed", "note"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not ChainAssumptions.objects.exists()

    def has_delete_permission(self, _request, _obj=None):
        return False


@admin.register(ChainNeed)
class ChainNeedAdmin(Versioned, AgeSpanAdmin):
    list_display = ["topic", "age", "weight", "basis"]
    list_select_related = ["topic"]
    fields = ["topic", "ages", "weight", "basis"]


@admin.register(ChainNote)
class ChainNoteAdmin(Versioned, OfficeList):
    belongs_here = _(
        "Hier stehen Notizen zu Feldern der Kette. Sie schreiben sie auf der Seite „Wie dicht ist "
        "die Kette?“: Wählen Sie dort ein Feld."
    )
    list_display = ["topic", "column", "district", "state", "owner", "due_on"]
    list_filter = ["state", "owner", "district"]
    search_fields = ["text", "topic__name"]
    fields = ["state", "text", "owner", "due_on"]

    @admin.display(description=_("Lebensphase oder Übergang"))
    def column(self, note):
        return note.phase or note.step

    def has_add_permission(self, _request):
        return False
