from django.contrib import admin
from django.contrib.postgres.fields import IntegerRangeField
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import BesideOthers, SavedBesideOthers

from .forms import AgeSpanField
from .models import Transition


class AgeSpanAdmin(admin.ModelAdmin):
    """An admin of rows with ages: both ends are included, in months or years."""

    formfield_overrides = {IntegerRangeField: {"form_class": AgeSpanField}}

    @admin.display(description=_("Alter"), ordering="ages")
    def age(self, row):
        return row.age_words


class AgesBesideOthers(BesideOthers):
    """Says ages as people do, where somebody else has changed them."""

    def words_of(self, name):
        return self.instance.age_words if name == "ages" else super().words_of(name)


@admin.register(Transition)
class TransitionAdmin(SavedBesideOthers, AgeSpanAdmin):
    beside_others = AgesBesideOthers
    list_display = ["name", "age", "position"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "ages", "note", "position", "slug"]
