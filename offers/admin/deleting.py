"""Deleting for good: for administrators only, and only with a reason."""

from django import forms
from django.contrib import admin
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.history.recording import REASON_LENGTH, edit


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Warum muss dieser Eintrag ganz verschwinden?"),
        max_length=REASON_LENGTH,
        help_text=_("Der Grund bleibt im Protokoll. Meist ist Archivieren das Richtige."),
    )


class DeletedWithReason(admin.ModelAdmin):
    """An admin whose entries are archived; deleting one asks for a reason."""

    delete_confirmation_template = "admin/delete_with_reason.html"

    def get_actions(self, request):
        """Return the actions without deleting many at once: nobody states a reason there."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request, object_id, extra_context=None):
        form = ReasonForm(request.POST if request.method == "POST" else None)
        context = {"reason_form": form, **(extra_context or {})}
        if not form.is_valid():
            request.POST = QueryDict()  # Django deletes as soon as anything is posted
            return super().delete_view(request, object_id, context)
        with edit(by=request.user, reason=form.cleaned_data["reason"]):
            return super().delete_view(request, object_id, context)
