import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - registered there, taken back here
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from kekiz_portal.lib.office import ReadOnly, Untouched
from network.models import AuditEntry
from network.people.audit import record
from offers.admin.versions.versions import Versioned

from . import legal
from .models import BarrierReport, Film, Page
from .signing_in import (
    lockout,
    logins,  # noqa: F401 - registers the logins
)

admin.site.site_header = settings.CITY["portal_name"]
admin.site.site_title = settings.CITY["portal_name"]
admin.site.enable_nav_sidebar = False  # lists need the width; "Start" names all entries
all_entries = admin.site.get_app_list


def all_entries_when_asked(request, app_label=None):
    """Return the list of all kinds of entries, made when a page shows it.

    Django makes it for the sidebar of every page, which is off; that took a third of the time.
    """
    return SimpleLazyObject(lambda: all_entries(request, app_label))


admin.site.get_app_list = all_entries_when_asked

# Their pages would show the secrets of second factors and an address book nobody uses.
admin.site.unregister([Authenticator, EmailAddress, Group])


@admin.register(Page)
class PageAdmin(Versioned):
    list_display = ["title", "slug", "is_placeholder", "lacks", "updated_at"]

    @admin.display(description=_("fehlende Angaben (city.toml)"), empty_value="–")
    def lacks(self, page):
        """Name what the text wants to say and nobody has entered, and where it is entered."""
        found = dict.fromkeys(legal.filled(page.safe_body).lacks)
        return ", ".join(f"{name} ({legal.entered_at(name) or '?'})" for name in found) or None


@admin.register(Film)
class FilmAdmin(SavedBesideOthers):
    """Three films at most: what the law names (BITV 2.0 § 4)."""

    list_display = ["about", "minutes"]
    fields = ["about", "file", "seconds", "text"]

    @admin.display(description=_("Dauer"))
    def minutes(self, film):
        return film.minutes


@admin.register(BarrierReport)
class BarrierReportAdmin(Untouched):
    """What keeps people from using the portal: answer it, then tick it off."""

    belongs_here = _("Hier steht, welche Barrieren gemeldet wurden. Jetzt liegt keine Meldung vor.")
    list_display = ["created_on", "message", "reply_to", "answer_until", "done"]
    list_display_links = None
    actions = ["tick_off"]

    @admin.display(description=_("antworten bis"))
    def answer_until(self, report):
        return None if report.done_at else report.answer_until

    @admin.display(description=_("erledigt"), ordering="done_at", empty_value=_("offen"))
    def done(self, report):
        return report.done_at

    def has_delete_permission(self, _request, _obj=None):
        return False

    @admin.action(description=_("Als erledigt abhaken"), permissions=["tick_off"])
    def tick_off(self, request, reports):
        count = reports.open().close(request.user)
        words = ngettext("%d Meldung ist erledigt.", "%d Meldungen sind erledigt.", count)
        messages.success(request, words % count)

    def has_tick_off_permission(self, request):
        return request.user.has_perm("kekiz_portal.change_barrierreport")


ACTION_WORDS = {
    "view": _("ansehen"),
    "add": _("anlegen"),
    "change": _("ändern"),
    "delete": _("löschen"),
}


@admin.register(Group)
class RoleAdmin(ReadOnly):
    """The roles and their rights, to be read: they are stated in kekiz_portal/roles.py."""

    list_display = ["name"]
    fields = ["name", "may"]
    readonly_fields = ["may"]

    @admin.display(description=_("darf"))
    def may(self, role):
        """Return one line for each kind of entry: what the role may do with it."""
        words = {}
        for right in role.permissions.select_related("content_type").order_by("pk"):
            kind = str(right.content_type.name)
            action = right.codename.partition("_")[0]
            if not right.content_type.model.startswith("historical"):
                words.setdefault(kind, []).append(str(ACTION_WORDS.get(action, right.name)))
        lines = ((kind, ", ".join(actions)) for kind, actions in sorted(words.items()))
        return format_html_join(mark_safe("<br>"), "{}: {}", lines)


@admin.register(AccessAttempt)
class AttemptAdmin(Untouched):
    """Failed sign-ins of the last minutes, and the way to lift a lock."""

    belongs_here = _(
        "Hier steht, wer sich zuletzt falsch angemeldet hat und gesperrt ist. Jetzt ist es niemand."
    )
    list_display = [
        "username",
        "ip_address",
        "failures_since_start",
        "attempt_time",
        "locked_until",
    ]
    list_display_links = None
    search_fields = ["username"]
    actions = ["unlock"]

    @admin.display(description=_("gesperrt bis"), empty_value="–")
    def locked_until(self, attempt):
        locked = attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT
        return lockout.opens_at(attempt) if locked else None

    @admin.action(description=_("Entsperren"), permissions=["delete"])
    def unlock(self, request, queryset):
        for attempt in queryset:
            user = User.objects.filter(username__iexact=attempt.username or "").first()
            record(AuditEntry.Action.UNLOCKED, request.user, user)
        count = queryset.count()
        queryset.delete()
        text = ngettext("%(count)s Sperre aufgehoben.", "%(count)s Sperren aufgehoben.", count)
        messages.success(request, text % {"count": count})

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
