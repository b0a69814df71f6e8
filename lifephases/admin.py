from django.contrib import admin
from django.contrib.postgres.fields import IntegerRangeField
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import BesideOthers, SavedBesideOthers

from .forms import AgeSpanField
from .models import LifePhase, Milestone, Transition


class AgeSpanAdmin(admin.ModelAdmin):
    """An admin of rows with ages: both ends are included, in months or years."""

    formfield_overrides = {IntegerRangeField: {"form_class": AgeSpanField}}

    def get_changeform_initial_data(self, request):
        """Return nothing: what an address says is not typed, and may be no age at all."""
        return {}

    @admin.display(description=_("Alter"), ordering="ages")
    def age(self, row):
        return row.age_words


class AgesBesideOthers(BesideOthers):
    """Says ages as people do, where somebody else has changed them."""

    def words_of(self, name):
        return self.instance.age_words if name == "ages" else super().words_of(name)


class TimeAdmin(SavedBesideOthers, AgeSpanAdmin):
    """An admin of a time in a child's life."""

    beside_others = AgesBesideOthers


@admin.register(LifePhase)
class LifePhaseAdmin(TimeAdmin):
    list_display = ["name", "kind", "age", "transition_out", "position"]
    list_select_related = ["transition_out"]
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, phase):
        return phase.get_absolute_url()


@admin.register(Transition)
class TransitionAdmin(TimeAdmin):
    list_display = ["name", "age", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Milestone)
class MilestoneAdmin(TimeAdmin):
    list_display = ["title", "kind", "age", "by_when", "before_day", "cutoff_day", "comes_first"]
    list_filter = ["kind", "comes_first"]
    search_fields = ["title", "what_to_do"]
    prepopulated_fields = {"slug": ["title"]}
