"""What the admins of all floors share: where a form is, classes for what nobody writes by hand."""

from django.contrib import admin
from django.urls import reverse


def form_of(entry):
    """Return the address of the form of an entry."""
    name = entry._meta.label_lower.replace(".", "_")  # noqa: SLF001, documented API
    return reverse(f"admin:{name}_change", args=[entry.pk])


class Untouched(admin.ModelAdmin):
    """Rows that come and change by themselves; they may go where an admin says so."""

    def has_add_permission(self, _request):
        return False

    def has_change_permission(self, _request, _obj=None):
        return False


class ReadOnly(Untouched):
    """Rows to be read: they come, change and go by themselves."""

    def has_delete_permission(self, _request, _obj=None):
        return False
