"""What people ask the office about their own data: noted, found in time, answered."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from network.models import DataRequest
from offers.admin.list_filters import SelectFilter


class StateFilter(SelectFilter):
    """What waits, unless somebody asks for what is answered."""

    title = _("Stand")
    parameter_name = "stand"
    options = [("beantwortet", _("beantwortet"))]
    nothing_chosen = _("offen")

    def queryset(self, request, requests):
        return requests.answered() if self.value() else requests.open()


@admin.register(DataRequest)
class DataRequestAdmin(SavedBesideOthers):
    belongs_here = _(
        "Hier stehen Bitten zu eigenen Daten, die noch zu beantworten sind. Jetzt wartet keine."
    )
    list_display = ["kind", "address", "received_on", "due", "done_on"]
    list_filter = [StateFilter]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    actions = None
    change_list_template = "admin/network/data_requests.html"
    fields = ["kind", "address", "note", "received_on", "extended_on", "done_on"]

    @admin.display(description=_("zu beantworten bis"), ordering="due_on")
    def due(self, wanted):
        day = date_format(wanted.due_on, "j. F Y")
        if not wanted.is_late:
            return day
        return format_html('{} <span class="mark mark--due">{}</span>', day, _("überfällig"))

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """What is answered is a proof and stays as it is."""
        is_open = obj is None or obj.done_on is None
        return is_open and super().has_change_permission(request, obj)
