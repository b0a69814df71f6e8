"""Who a list of one part of the city leaves out only because nobody knows where they are."""

from django.contrib import admin

DISTRICT = "bezirk"
NAMED = 5


class SaysWhoHasNoPlace(admin.ModelAdmin):
    """An admin whose list, filtered by a part of the city, names whom it cannot place.

    The model's queryset has a method ``without_a_district()``.
    """

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        context = getattr(answer, "context_data", None) or {}
        if "cl" in context and request.GET.get(DISTRICT):
            rows = self._placeless(request, context["cl"])
            context["placeless"] = rows[:NAMED]
            context["placeless_number"] = len(rows)
        return answer

    def _placeless(self, request, changelist):
        """Return what all filters of the list but the place would show, and no place has."""
        rows = self.get_queryset(request)
        for spec in changelist.filter_specs:
            if getattr(spec, "parameter_name", None) != DISTRICT:
                rows = spec.queryset(request, rows)
        return list(rows.without_a_district().order_by("pk"))
