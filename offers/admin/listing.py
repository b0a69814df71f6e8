"""What the lists of the office have in common."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q

from kekiz_portal.lib import mailbox, telephone
from kekiz_portal.lib.german_order import GermanOrder

TELEPHONES = {"phone", "mobile"}


class GermanChangeList(ChangeList):
    """A list whose columns of names are ordered as Germans do, when their heads are clicked."""

    def get_ordering_field(self, field_name):
        found = super().get_ordering_field(field_name)
        return self.model_admin.ordered_by.get(found, found) if isinstance(found, str) else found


class OfficeList(admin.ModelAdmin):
    """An admin whose list reads columns that are worked out for the list alone.

    The model's queryset has a method ``for_office_list()``; ``worked_out`` may add more.
    """

    list_per_page = 50
    ordered_by = {"name": GermanOrder("name"), "title": GermanOrder("title")}
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    works_out_at = ["changelist"]  # the pages whose rows are ``worked_out``

    def get_search_results(self, request, queryset, search_term):
        """Find a number however it is written, and a mailbox by either form of its domain."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        found = Q()
        if digits := telephone.searched_digits(search_term):
            for field in self.get_search_fields(request):
                if field.rpartition("__")[2] in TELEPHONES:
                    found |= Q(**{f"{field}__contains": digits})
        if "@" in search_term and (address := mailbox.stored(search_term)) != search_term:
            same, _may_repeat = super().get_search_results(request, queryset, address)
            found |= Q(pk__in=same.order_by().values("pk"))
        if found:
            rows = queryset.filter(found | Q(pk__in=rows.order_by().values("pk")))
        return rows, may_repeat or bool(found)

    def get_changelist(self, request, **options):
        return GermanChangeList

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        match, names = request.resolver_match, map(self.url_name, self.works_out_at)
        return self.worked_out(rows) if match and match.url_name in names else rows

    def url_name(self, page):
        """Return the name of a page of this admin among all addresses of the office."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def worked_out(self, rows):
        """Return rows with all that the columns of the list read."""
        return rows.for_office_list()
