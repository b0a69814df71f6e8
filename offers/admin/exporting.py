"""Any filtered list as a file."""

from django.contrib import admin


class Exporting(admin.ModelAdmin):
    pass
