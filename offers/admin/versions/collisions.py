"""What the form cannot know before it saves: the database or the disk refuses, and it says why."""

from django.contrib import admin
from django.db import IntegrityError

from offers.curation import pictures


class CollisionsExplained(admin.ModelAdmin):
    """An admin that asks its form again when saving was refused: now the form can say why."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = super().changeform_view
        try:
            return answer(request, object_id, form_url, extra_context)
        except IntegrityError:
            return answer(request, object_id, form_url, extra_context)
        except OSError as error:
            if not pictures.is_full(error):
                raise
            with pictures.without_room():
                return answer(request, object_id, form_url, extra_context)
