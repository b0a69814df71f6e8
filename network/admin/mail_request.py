"""Mails that were asked for on public pages and wait: how many, not for whom."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from network.models import MailRequest


@admin.register(MailRequest)
class MailRequestAdmin(ReadOnly):
    """Only the kind and the time: whoever typed an address need not own it."""

    belongs_here = _("Hier warten E-Mails, die noch nicht verschickt sind. Jetzt wartet keine.")
    list_display = ["kind", "wanted_at", "domain"]
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    fields = ["kind", "wanted_at", "sent_at"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).waiting().order_by("wanted_at", "pk")

    @admin.display(description=_("an Adresse bei"))
    def domain(self, wanted):
        return wanted.address.rpartition("@")[2]

    def has_module_permission(self, request):
        return False  # the pile on the start page leads here when there is something to see
