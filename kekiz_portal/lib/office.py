"""What the admins of all floors share: pages, forms and classes for what nobody writes by hand."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import reverse


def page(model_admin, request, template, title, context, **options):
    """Answer with a page of the office that belongs to an admin; ``options`` are of ``render``."""
    frame = {"title": title, "opts": model_admin.opts}
    frame = model_admin.admin_site.each_context(request) | frame
    return render(request, template, frame | context, **options)


def form_of(entry):
    """Return the address of the form of an entry."""
    name = entry._meta.label_lower.replace(".", "_")  # noqa: SLF001, documented API
    return reverse(f"admin:{name}_change", args=[entry.pk])


def name_of(user):
    """Return how colleagues call somebody."""
    return user.get_full_name() or user.get_username()


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
