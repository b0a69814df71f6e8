"""Admin classes for what nobody writes by hand."""

from django.contrib import admin


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
