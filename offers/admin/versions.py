"""What changed, by whom and why; any version comes back; two at once lose nothing."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from offers.curation import versions
from offers.history import REASON_LENGTH, edit
from offers.protected_addresses import hidden, may_see, protected

from .choosing import ChoosesByTyping
from .collisions import CollisionsExplained
from .typed import typed

VERSIONS_A_PAGE = 20


class KnowsTheNewest:
    """A form that refuses to overwrite what somebody else saved since the page was opened.

    ``meanwhile`` are the versions the sender has not seen.
    """

    meanwhile = ()

    def clean(self):
        cleaned = super().clean()
        if self.meanwhile:
            last = self.meanwhile[-1]
            words = {"who": last.by or _("Jemand"), "when": f"{last.at:%H:%M}"}
            raise ValidationError(
                _(
                    "%(who)s hat diesen Eintrag um %(when)s Uhr geändert, während Sie daran "
                    "gearbeitet haben. Ihre Eingaben stehen noch hier. Vergleichen Sie oben, "
                    "was sich geändert hat, und speichern Sie dann noch einmal."
                ),
                params=words,
            )
        return cleaned


def is_saving(request):
    """Whether the request is about to change the entry, inside a transaction."""
    return request.method == "POST" and transaction.get_connection().in_atomic_block


def without_addresses(changes, user):
    """Return the changes as a user may read them: with protected addresses or without."""
    addresses = {} if may_see(user) else protected()
    if not addresses:
        return changes
    return [
        replace(one, before=hidden(one.before, addresses), after=hidden(one.after, addresses))
        for one in changes
    ]


class Versioned(ChoosesByTyping, CollisionsExplained):
    """An admin of entries with a history: saved with a reason, compared, restored."""

    object_history_template = "admin/versions.html"

    class Media:
        css = {"all": ["css/admin/versions.css"]}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = require_POST(self.restore_view)
        restore = path(
            "<path:object_id>/history/<str:number>/", self.admin_site.admin_view(view), name=name
        )
        return [restore, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.meanwhile = []
        if "_saveasnew" in request.POST:  # Django would take it, though no form here offers it
            raise PermissionDenied
        with edit(by=request.user, reason=typed(request, "_reason", REASON_LENGTH)):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """Return nothing: what an address says is not typed, and may be no value at all."""
        return {}

    def get_object(self, request, object_id, from_field=None):
        """Return the entry; for saving, locked until it is saved and as it is now."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and is_saving(request):
            locked = self.model._base_manager.select_for_update().filter(pk=found.pk)  # noqa: SLF001, documented API
            if not locked.exists():
                return None  # deleted while we waited
            found.refresh_from_db()
            request.meanwhile = versions.since(found, request.POST.get("_seen", ""))
            versions.remember_as_it_is(found)
        return found

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        meanwhile = getattr(request, "meanwhile", [])
        if not meanwhile:
            return form
        return type(form.__name__, (KnowsTheNewest, form), {"meanwhile": meanwhile})

    def render_change_form(self, request, context, **kwargs):
        entry = kwargs["obj"]
        context["asks_for_reason"] = self.has_change_permission(request, entry)
        if entry is not None:
            for version in request.meanwhile:
                version.changes = self.visible_changes(request, version.changes)
            context |= {"seen": versions.seen(entry), "meanwhile": request.meanwhile}
        return super().render_change_form(request, context, **kwargs)

    def visible_changes(self, request, changes):
        """Return those of the changes that the user may see."""
        return without_addresses(changes, request.user)

    def may_restore(self, request, entry):
        """Whether the user may bring back an earlier version of an entry."""
        return self.has_change_permission(request, entry)

    def history_view(self, request, object_id, extra_context=None):
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        newest_first = versions.versions_of(entry)[::-1]
        page = Paginator(newest_first, VERSIONS_A_PAGE).get_page(request.GET.get("p"))
        addresses = {} if may_see(request.user) else protected()
        for version in page:
            version.changes = self.visible_changes(request, version.changes)
            version.reason = hidden(version.reason, addresses)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versionen"),
            "subtitle": str(entry),
            "object": entry,
            "opts": self.opts,
            "page": page,
            "newest": newest_first[0].number if newest_first else None,
            "can_restore": self.may_restore(request, entry),
            "restore_url_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    @transaction.atomic
    def restore_view(self, request, object_id, number):
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not self.may_restore(request, entry):
            raise PermissionDenied
        try:
            version = versions.restore(entry, number, by=request.user)
        except LookupError as error:
            raise Http404 from error
        except ValidationError as error:
            text = _("Dieser Stand lässt sich nicht wiederherstellen: %s")
            self.message_user(request, text % " ".join(error.messages), messages.ERROR)
        else:
            text = _("Der Stand vom %s ist wiederhergestellt.")
            self.message_user(request, text % f"{version.at:%d.%m.%Y, %H:%M}", messages.SUCCESS)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[object_id]))
