"""The list and the form of institutions."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from offers.curation import archiving
from offers.models import ClosingDay, Editorship, Institution

from .deleting import DeletedWithReason
from .exporting import Exporting
from .list_filters import ArchivedFilter, DistrictFilter, ResponsibilityGapFilter
from .listing import OfficeList
from .ownership import OwnEntriesOnly
from .sources import WithSources
from .versions import Versioned


class ClosingDayInline(admin.TabularInline):
    """The days an institution is closed; on them none of its offers takes place."""

    model = ClosingDay
    extra = 0


@admin.register(Institution)
class InstitutionAdmin(
    OwnEntriesOnly, Versioned, DeletedWithReason, Exporting, WithSources, OfficeList
):
    own = "pk"
    list_display = [
        "name",
        "kind",
        "phone",
        "published_count",
        "due_count",
        "confirmed_last",
    ]
    list_filter = ["kind", DistrictFilter, ResponsibilityGapFilter, ArchivedFilter]
    readonly_fields = ["archived_on", "pages"]
    inlines = [ClosingDayInline]
    actions = ["archive", "reopen"]
    list_select_related = ["kind"]
    search_fields = ["name", "carrier_name", "phone", "email"]
    autocomplete_fields = ["kind", "parent", "locations"]
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, institution):
        """Return the address of the public page, None for an archived institution without one."""
        return None if institution.archived_on else institution.get_absolute_url()

    def get_list_filter(self, request):
        """Who is responsible is the office's own business."""
        filters = super().get_list_filter(request)
        if Editorship.objects.restricts(request.user):
            return [one for one in filters if one is not ResponsibilityGapFilter]
        return filters

    @admin.action(description=_("Archivieren"), permissions=["change"])
    def archive(self, request, institutions):
        for institution in institutions:
            try:
                archiving.archive(institution, by=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.WARNING)
            else:
                text = _now("„%s“ ist archiviert.")
                self.message_user(request, text % institution, messages.SUCCESS)

    @admin.action(description=_("Wieder öffnen"), permissions=["change"])
    def reopen(self, request, institutions):
        for institution in institutions:
            archiving.reopen(institution, by=request.user)
            text = _now("„%s“ steht wieder im Verzeichnis.")
            self.message_user(request, text % institution, messages.SUCCESS)

    @admin.display(description=_("Angebote, veröffentlicht"), ordering="published_count")
    def published_count(self, institution):
        return institution.published_count or "–"

    @admin.display(description=_("davon zu bestätigen"), ordering="due_count")
    def due_count(self, institution):
        return institution.due_count or "–"

    @admin.display(
        description=_("ältestes bestätigt am"), ordering="confirmed_last", empty_value="–"
    )
    def confirmed_last(self, institution):
        first = institution.confirmed_last
        return date_format(timezone.localtime(first), "SHORT_DATE_FORMAT") if first else None
