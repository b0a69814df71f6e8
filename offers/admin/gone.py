"""An entry deleted while somebody worked on it: nothing of what they typed is lost."""

from http import HTTPStatus

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _

from offers.curation.versions import GONE

MOST_FIELDS = 500


class GoneMeanwhile(admin.ModelAdmin):
    """An admin that shows what was typed for an entry that is no longer there."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        is_change = request.method == "POST" and object_id is not None
        if is_change and self.has_change_permission(request):
            end = self._end_of(object_id)
            if end is not None:
                return self._gone(request, end)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _end_of(self, object_id):
        """Return the last row of history of a deleted entry, None of one that is there."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        if self.model._base_manager.filter(pk=key).exists():  # noqa: SLF001, documented API
            return None
        return self.model.history.filter(id=key, history_type=GONE).order_by("history_id").last()

    def _gone(self, request, end):
        context = self.admin_site.each_context(request) | {
            "title": _("Nicht gespeichert"),
            "opts": self.opts,
            "who": end.history_user or _("Jemand"),
            "at": end.history_date,
            "typed": self._typed(request),
            "may_add": self.has_add_permission(request),
        }
        status = HTTPStatus.CONFLICT
        return render(request, "admin/gone_meanwhile.html", context, status=status)

    def _typed(self, request):
        """Return what was typed, each with the label of its field where one is known."""
        fields = self.get_form(request)(request.POST, request.FILES)
        fields.is_valid()
        said = []
        for name, text in list(request.POST.items())[:MOST_FIELDS]:
            if name in fields.fields:
                said.append((fields.fields[name].label or name, self._words(fields, name, text)))
            elif not name.startswith(("_", "csrf")) and _is_typed(name, text):
                said.append((name.rpartition("-")[2], text))
        return [(label, text) for label, text in said if text]

    @staticmethod
    def _words(form, name, text):
        value = form.cleaned_data.get(name, text)
        is_list = hasattr(value, "all") or isinstance(value, list)
        return ", ".join(map(str, value)) if is_list else str(value or text)


def _is_typed(name, text):
    """Whether a field of a row holds words, and not the number of rows or of another entry."""
    return bool(text.strip()) and not text.isdecimal() and not name.endswith(("_FORMS", "-DELETE"))
