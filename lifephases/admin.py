from django.contrib import admin
from django.contrib.postgres.fields import IntegerRangeField
from django.utils.translation import gettext_lazy as _

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


@admin.register(LifePhase)
class LifePhaseAdmin(AgeSpanAdmin):
    list_display = ["name", "kind", "age", "transition_out", "position"]
    list_select_related = ["transition_out"]
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, phase):
        return phase.get_absolute_url()


@admin.register(Transition)
class TransitionAdmin(AgeSpanAdmin):
    list_display = ["name", "age", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Milestone)
class MilestoneAdmin(AgeSpanAdmin):
    list_display = ["title", "kind", "age", "by_when", "before_day", "comes_first"]
    list_filter = ["kind", "comes_first"]
    search_fields = ["title", "what_to_do"]
    prepopulated_fields = {"slug": ["title"]}
