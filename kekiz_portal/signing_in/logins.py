"""The logins of the staff in the office: who may sign in, as what, and what a login lacks."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from network.models import AuditEntry
from network.people.audit import record
from offers.admin.sections import InSections
from offers.models import Editorship

from .second_factor import FACTORS

admin.site.unregister(User)  # Django's page offers rights one by one and deleting


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
    """Nobody shuts themselves out; so whoever changes logins stays one who can, at any time."""

    actor = None  # the user at the computer, given by the admin
    password = ReadOnlyPasswordHashField(label=_("Passwort"), widget=PasswordSet, help_text="")

    def clean_is_active(self):
        is_active = self.cleaned_data["is_active"]
        if self.instance == self.actor and not is_active:
            words = _(
                "Sich selbst können Sie nicht abschalten: Sie kämen nicht mehr hinein. Das kann "
                "nur eine andere Person mit der Rolle Administration."
            )
            raise forms.ValidationError(words)
        return is_active

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        right = {"permissions__content_type__app_label": "auth"}
        keeps = groups.filter(permissions__codename="change_user", **right).exists()
        if self.instance == self.actor and not (keeps or self.actor.is_superuser):
            words = _(
                "Diese Rolle können Sie sich nicht selbst nehmen: Sie könnten dann keine Benutzer "
                "mehr ändern. Das kann nur eine andere Person mit der Rolle Administration."
            )
            raise forms.ValidationError(words)
        return groups


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

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.actor = request.user
        return form

    def save_model(self, request, obj, form, change):
        obj.is_staff = True  # there are no other logins
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if words := _what_a_login_lacks(form.instance):
            messages.warning(request, words % {"name": form.instance})

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


def _what_a_login_lacks(user):
    """Say why somebody would see nothing after signing in; nothing if they see something."""
    if user.is_superuser or not user.is_active:
        return ""
    user = User.objects.get(pk=user.pk)  # its rights were looked up before it had these roles
    if not user.groups.exists():
        return _("Ohne Rolle sieht „%(name)s“ in der Verwaltung nichts. Wählen Sie unten eine.")
    if Editorship.objects.restricts(user) and not user.editorships.exists():
        return _(
            "Ohne eigene Einrichtung sieht „%(name)s“ keine Einträge. Tragen Sie sie unten unter "
            "„Eigene Einrichtungen“ ein."
        )
    return ""
