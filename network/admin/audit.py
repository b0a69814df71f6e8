from django.conf import settings
from django.contrib import admin, messages
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import ReadOnly
from network.models import AuditEntry

DETAIL_WORDS = {
    "added": _("dazu"),
    "cleared": _("alle weg"),
    "count": _("Zeilen"),
    "created": _("neu"),
    "filters": _("Filter"),
    "format": _("Format"),
    "is_active": _("aktiv"),
    "is_staff": _("Verwaltung"),
    "is_superuser": _("darf alles"),
    "kind": _("Art"),
    "reason": _("Grund"),
    "removed": _("weg"),
    "step": _("Schritt"),
    "what": _("was"),
}
SHOWN_OF_A_LIST = 5


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """The audit log: to be read, by nobody to be written."""

    list_display = ["at", "actor_name", "action", "subject_words", "said"]
    list_filter = ["action", "at"]
    search_fields = ["actor_name", "subject_words"]
    date_hierarchy = "at"
    list_per_page = 50
    fields = ["at", "actor_name", "action", "subject", "subject_words", "said"]
    readonly_fields = ["at", "said"]

    @admin.display(description=_("Einzelheiten"))
    def said(self, entry):
        details = entry.details.items()
        return ", ".join(
            f"{DETAIL_WORDS.get(name, name)}: {in_words(one)}" for name, one in details
        )

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET":
            days = settings.AUDIT_KEPT_DAYS
            text = ngettext(
                "Das Protokoll wird %(days)s Tag aufbewahrt und dann gelöscht. Es dient der "
                "Sicherheit, nicht der Beurteilung von Personen.",
                "Das Protokoll wird %(days)s Tage aufbewahrt und dann gelöscht. Es dient der "
                "Sicherheit, nicht der Beurteilung von Personen.",
                days,
            )
            messages.info(request, text % {"days": localize(days)})
        return super().changelist_view(request, extra_context)


def in_words(value):
    """Return a detail as people read it."""
    if isinstance(value, list):
        more = len(value) - SHOWN_OF_A_LIST
        shown = ", ".join(map(in_words, value[:SHOWN_OF_A_LIST]))
        return shown if more <= 0 else f"{shown} (+{more})"
    if isinstance(value, dict):
        return ", ".join(f"{name}={in_words(one)}" for name, one in value.items())
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    return str(value)
