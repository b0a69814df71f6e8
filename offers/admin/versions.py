"""What changed, by whom and why; any version comes back."""

from django.contrib import admin


class Versioned(admin.ModelAdmin):
    pass
