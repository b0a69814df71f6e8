"""Editors of a provider see the entries of their own institutions and nothing else."""

from dataclasses import replace

from django.contrib import admin
from django.http import Http404

from offers.models import Editorship, Institution, Location
from offers.protection.protected_addresses import hidden, may_see, protected

# What the office notes for itself.
INTERNAL_FIELDS = {
    "notes",
    "open_question",
    "prevention_level",
    "responsible",
    "is_generic",
    "certainty",
    "certainty_words",
    "pages",
    "confirmed_at",
    "confirm_method",
    "review_due_on",
}
# A provider's editor always names one of their own institutions.
NOT_FOR_PROVIDERS = INTERNAL_FIELDS | {"provider_name"}
INTERNAL_CHANGES = {f"root.{name}" for name in INTERNAL_FIELDS}


class OwnChoices:
    """An admin or an inline whose choices of institutions and places are the editor's own."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if Editorship.objects.restricts(request.user):
            kwargs |= own_choices(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NoForeignEntries(admin.ModelAdmin):
    """An admin of entries of which an editor of a provider finds some only."""

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None and Editorship.objects.restricts(request.user):
            raise Http404  # Django would lead to the start page instead
        return found


class OwnEntriesOnly(OwnChoices, NoForeignEntries):
    """An admin of entries that belong to an institution, by the path ``own``.

    A foreign entry is not there: not in lists, choices, forms, histories or files.
    """

    own = "provider"

    def get_queryset(self, request):
        entries = super().get_queryset(request)
        if Editorship.objects.restricts(request.user):
            return entries.filter(**{f"{self.own}__in": own_institutions(request)})
        return entries

    def lookup_allowed(self, lookup, value, request):
        """Refuse a provider's editor filters on what is internal: they would answer by counting."""
        asks = set(lookup.split("__")) & INTERNAL_FIELDS
        if asks and Editorship.objects.restricts(request.user):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_fields(self, request):
        """Return what the search reads, for a provider's editor without internal contacts."""
        fields = super().get_search_fields(request)
        if not Editorship.objects.restricts(request.user):
            return fields
        return [name for name in fields if not name.startswith("contact_points")]

    def get_fieldsets(self, request, obj=None):
        """Return the fieldsets, for a provider's editor without what is internal."""
        fieldsets = super().get_fieldsets(request, obj)
        if not Editorship.objects.restricts(request.user):
            return fieldsets
        return [
            (name, options | {"fields": without_internal(options["fields"])})
            for name, options in fieldsets
        ]


class UsablePlacesOnly(admin.ModelAdmin):
    """An admin of places: everybody finds those they may know (``usable_by``).

    What was public once may be protected now, so its history is the office's alone.
    """

    def render_change_form(self, request, context, *args, **kwargs):
        context["history_is_closed"] = Editorship.objects.restricts(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        if Editorship.objects.restricts(request.user):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def get_queryset(self, request):
        return super().get_queryset(request).usable_by(request.user)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404  # Django would lead to the start page instead
        return found


def own_institutions(request):
    """Return the institutions a provider's editor speaks for."""
    return Institution.objects.filter(editorships__user=request.user)


def own_choices(db_field, request):
    """Return the choices of a field that points to institutions or places, as form options."""
    target = db_field.remote_field.model
    if target is Institution:
        return {"queryset": own_institutions(request), "required": True}
    if target is Location:
        return {"queryset": Location.objects.usable_by(request.user)}
    return {}


def readable_by(user, changes):
    """Return changes (of ``offers.curation.difference``) as a user may read them.

    Nobody reads a protected address who may not know it, and no provider what is internal.
    """
    addresses = {} if may_see(user) else protected()
    if Editorship.objects.restricts(user):
        changes = [one for one in changes if not _is_internal(one)]
    return [
        replace(one, before=hidden(one.before, addresses), after=hidden(one.after, addresses))
        for one in changes
    ]


def _is_internal(change):
    return change.name in INTERNAL_CHANGES or change.name.startswith("contact")


def without_internal(fields):
    """Return the fields of a fieldset (names, or rows of names) without the internal ones."""
    rows = [
        tuple(name for name in row if name not in NOT_FOR_PROVIDERS)
        if isinstance(row, list | tuple)
        else row
        for row in fields
    ]
    return [row for row in rows if row and row not in NOT_FOR_PROVIDERS]
