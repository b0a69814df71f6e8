"""What changed, by whom and why; any version comes back; two at once lose nothing."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import REASON_LENGTH, edit
from kekiz_portal.lib.office import page
from kekiz_portal.lib.times import minute
from offers.admin.ownership import readable_by
from offers.curation import versions
from offers.protection.protected_addresses import hidden, may_see, protected

from .choosing import ChoosesByTyping
from .collisions import CollisionsExplained
from .gone import GoneMeanwhile
from .two_at_once import TwoAtOnce
from .typed import typed

VERSIONS_A_PAGE = 20


class Versioned(GoneMeanwhile, TwoAtOnce, ChoosesByTyping, CollisionsExplained):
    """An admin of entries with a history: saved with a reason, compared, restored."""

    object_history_template = "admin/versions.html"

    class Media:
        css = {"all": ["css/admin/versions.css"]}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        restore = path("<path:object_id>/history/<str:number>/", view, name=name)
        return [restore, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:  # Django would take it, though no form here offers it
            raise PermissionDenied
        with edit(by=request.user, reason=typed(request, "_reason", REASON_LENGTH)):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, **kwargs):
        context["asks_for_reason"] = self.has_change_permission(request, kwargs["obj"])
        return super().render_change_form(request, context, **kwargs)

    def visible_changes(self, request, changes):
        """Return those of the changes that the user may see."""
        return readable_by(request.user, changes)

    def found(self, request, object_id, may):
        """Return the entry of an address, for one who ``may(request, entry)`` do this with it."""
        entry = self.get_object(request, unquote(str(object_id)))
        if entry is None:
            raise Http404
        if not may(request, entry):
            raise PermissionDenied
        return entry

    def may_restore(self, request, entry):
        """Whether the user may bring back an earlier version of an entry."""
        return self.has_change_permission(request, entry)

    def history_view(self, request, object_id, extra_context=None):
        entry = self.found(request, object_id, self.has_view_or_change_permission)
        newest_first = versions.versions_of(entry)[::-1]
        shown = Paginator(newest_first, VERSIONS_A_PAGE).get_page(request.GET.get("p"))
        addresses = {} if may_see(request.user) else protected()
        for version in shown:
            version.changes = self.visible_changes(request, version.changes)
            version.reason = hidden(version.reason, addresses)
        context = {
            "subtitle": str(entry),
            "object": entry,
            "page": shown,
            "newest": newest_first[0].number if newest_first else None,
            "can_restore": self.may_restore(request, entry),
            "restore_url_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            **(extra_context or {}),
        }
        return page(self, request, self.object_history_template, _("Versionen"), context)

    @transaction.atomic
    def restore_view(self, request, object_id, number):
        """Say what bringing back a version would change; once that is agreed to, do it."""
        entry = self.found(request, object_id, self.may_restore)
        try:
            version = versions.version(entry, number)
        except LookupError as error:
            raise Http404 from error
        context = {"seen": versions.seen(entry), **self._outlook(request, entry, version)}
        is_agreed = request.method == "POST" and request.POST.get("_seen") == context["seen"]
        if not is_agreed or context["problem"]:
            return self._ask_before_restoring(request, entry, version, context)
        versions.restore(entry, number, by=request.user)
        text = _("Der Stand vom %s Uhr ist wiederhergestellt.") % minute(version.at)
        self.message_user(request, text, messages.SUCCESS)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[object_id]))

    def _outlook(self, request, entry, version):
        try:
            outlook = versions.outlook(entry, version)
        except ValidationError as error:
            text = _("Dieser Stand lässt sich nicht wiederherstellen: %s")
            return {"problem": text % " ".join(error.messages), "outlook": None}
        outlook.changes = self.visible_changes(request, outlook.changes)
        outlook.lost = self.visible_changes(request, outlook.lost)
        return {"problem": "", "outlook": outlook}

    def _ask_before_restoring(self, request, entry, version, context):
        if request.method == "POST" and not context["problem"]:
            text = _("Inzwischen hat sich der Eintrag geändert. Bitte sehen Sie noch einmal hin.")
            self.message_user(request, text, messages.WARNING)
        context |= {
            "subtitle": str(entry),
            "object": entry,
            "version": version,
        }
        title = _("Diesen Stand wiederherstellen?")
        return page(self, request, "admin/restore.html", title, context)
