import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - registered there, taken back here
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kekiz_portal.lib.history.beside_others import SavedBesideOthers
from kekiz_portal.lib.office import ReadOnly, Untouched
from network.models import AuditEntry
from network.people.audit import record
from offers.admin.sections import InSections
from offers.admin.versions.versions import Versioned
from offers.models import Editorship

from . import legal
from .models import BarrierReport, Film, Page
from .signing_in import lockout
from .signing_in.second_factor import FACTORS

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
admin.site.unregister([Authenticator, EmailAddress, User, Group])


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


class EditorshipInline(admin.TabularInline):
    """The institutions somebody of a provider edits for."""

    model = Editorship
    extra = 0
    section = _("Rechte")
    autocomplete_fields = ["institution"]
    verbose_name_plural = _("Eigene Einrichtungen (nur für die Träger-Redaktion)")

    def has_view_permission(self, request, _obj=None):
        return request.user.has_perm("auth.change_user")

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


USER_HELP = {
    "username": _("Damit meldet sich die Person an. Buchstaben, Ziffern und @ . + - _"),
    "first_name": _("So nennen Listen und Versionen die Person."),
    "email": _("Dorthin gehen neue Passwörter und Nachrichten über eigene Einträge."),
    "is_active": _("Ohne Haken kann sich die Person nicht mehr anmelden. Ihr Name bleibt."),
}


class PasswordSet(forms.Widget):
    """Says that there is a password, where Django shows its algorithm and its hash."""

    template_name = "admin/auth/user/password.html"
    read_only = True

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["has_password"] = bool(value) and is_password_usable(value)
        return context


class StaffForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(label=_("Passwort"), widget=PasswordSet, help_text="")


class NewPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody; the server says what is missing, not the browser."""

    use_required_attribute = False


@admin.register(User)
class StaffAdmin(InSections, UserAdmin):
    """The logins of the staff. Who leaves is switched off: the history keeps the name."""

    list_display = [
        "username",
        "first_name",
        "last_name",
        "roles",
        "is_active",
        "second_factor",
        "last_login",
    ]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
    inlines = [EditorshipInline]
    actions = ["reset_second_factor"]
    form = StaffForm
    fieldsets = [
        (_("Anmeldung"), {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Rechte"), {"fields": ["is_active", "groups"]}),
        (_("Zeiten"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_form = UserCreationForm
    change_password_form = NewPasswordForm
    add_fieldsets = [
        (_("Anmeldung"), {"fields": ["username", "password1", "password2"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Rechte"), {"fields": ["groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in USER_HELP:
            field.help_text = USER_HELP[db_field.name]
        return field

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        users = super().get_queryset(request).prefetch_related("groups")
        return users.annotate(has_factor=Exists(factors))

    @admin.display(description=_("zweiter Faktor"), boolean=True)
    def second_factor(self, user):
        return user.has_factor

    @admin.display(description=_("Rolle"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label, field.help_text = _("Rolle"), _("Was die Rolle darf, steht fest.")
        return field

    def get_inlines(self, _request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # there are no other logins
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):
        """Whoever may do everything is changed only by somebody like that."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, _request, _obj=None):
        return False

    @admin.action(
        description=_("Zweiten Faktor zurücksetzen (Telefon verloren)"), permissions=["change"]
    )
    def reset_second_factor(self, request, queryset):
        """Let people set up a second factor anew; sessions they have end with the old one."""
        done = 0
        for user in queryset:
            if self.has_change_permission(request, user) and user != request.user:
                Authenticator.objects.filter(user=user).delete()
                record(AuditEntry.Action.SECOND_FACTOR_REMOVED, request.user, user, kind="all")
                done += 1
        text = ngettext(
            "%(count)s Person richtet bei der nächsten Anmeldung einen neuen zweiten Faktor ein.",
            "%(count)s Personen richten bei der nächsten Anmeldung einen neuen zweiten Faktor ein.",
            done,
        )
        messages.success(request, text % {"count": done})


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
