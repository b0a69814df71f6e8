"""An entry deleted while somebody worked on it: nothing of what they typed is lost."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from kekiz_portal.lib import rich_text
from kekiz_portal.lib.office import page
from lifephases import ages
from offers.curation.versions import GONE
from offers.models.fields import RichTextFormField


@dataclass(frozen=True)
class Typed:
    """What was typed in one part of a form: pairs of label and words under a heading."""

    heading: str
    said: list


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
        context = {
            "who": end.history_user or _("Jemand"),
            "at": end.history_date,
            "typed": [part for part in self._typed(request) if part.said],
            "may_add": self.has_add_permission(request),
        }
        template, title = "admin/gone_meanwhile.html", _("Nicht gespeichert")
        return page(self, request, template, title, context, status=HTTPStatus.CONFLICT)

    def _typed(self, request):
        """Yield what was typed: of the entry, then of each of its rows and their rows."""
        data = request.POST.copy()
        for name in data:
            if name.endswith(f"-{INITIAL_FORM_COUNT}"):
                data[name] = "0"  # the rows are gone as well: each counts as a new one
        yield Typed("", _said(self.get_form(request)(data)))
        for formset_class, inline in self.get_formsets_with_inlines(request):
            prefix = formset_class.get_default_prefix()
            if f"{prefix}-{INITIAL_FORM_COUNT}" in data:
                params = self.get_formset_kwargs(request, self.model(), inline, prefix)
                yield from _rows(formset_class(**params | {"data": data, "queryset": None}))


def _rows(formset):
    """Yield the filled rows of a form set, each followed by the rows within it."""
    name = formset.model._meta.verbose_name  # noqa: SLF001, documented API
    for form in formset.forms:
        if form.has_changed():
            yield Typed(str(name), _said(form))
            if schedules := getattr(form, "schedules", None):
                yield from _rows(schedules)


def _said(form):
    """Return pairs of label and words for the fields of a form that say something."""
    fields = [one for one in form.visible_fields() if one.name != DELETION_FIELD_NAME]
    return [(one.label, words) for one in fields if (words := _words(one))]


def _words(bound):
    """Say what stands in a field, as its reader chose it; as typed where that is no value."""
    field, typed = bound.field, bound.data
    try:
        value = field.clean(typed)
    except ValidationError:
        value = typed
    if value in (None, "", False) or isinstance(field, forms.FileField):
        return ""
    if isinstance(field, RichTextFormField):
        return rich_text.as_text(value)
    if isinstance(value, NumericRange):
        return ages.span_in_words(value)
    if isinstance(field, forms.ChoiceField):  # a choice of entries is one as well
        return ", ".join(_label(field, one) for one in _each(value))
    return _("ja") if value is True else ", ".join(filter(None, map(str, _each(typed))))


def _each(value):
    is_many = hasattr(value, "all") or isinstance(value, list | tuple)
    return value if is_many else [value]


def _label(field, value):
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    labels = {str(one): label for one, label in flatten_choices(field.choices)}
    return str(labels.get(str(value), value))
