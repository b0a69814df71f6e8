"""Draft, in review, returned, published, archived: the steps and who may take them."""

from django.contrib import admin


class Workflow(admin.ModelAdmin):
    pass
