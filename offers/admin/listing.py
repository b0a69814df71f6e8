"""What the lists of the office have in common."""

from django.contrib import admin


class OfficeList(admin.ModelAdmin):
    """An admin whose list reads columns that are worked out for the list alone.

    The model's queryset has a method ``for_office_list()``.
    """

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        match = request.resolver_match
        return rows.for_office_list() if match and match.url_name == name else rows
