"""A form in sections, each a question, with the rows that belong to it."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.utils.text import slugify


@dataclass(frozen=True)
class Section:
    """One question, with its fields and rows."""

    fieldset: object
    rows: list
    is_open: bool
    has_errors: bool

    @property
    def anchor(self):
        return f"abschnitt-{slugify(self.fieldset.name)}"


class InSections(admin.ModelAdmin):
    """An admin whose form is laid out like that of an offer: its fieldsets as sections."""

    change_form_template = "admin/sections.html"

    class Media:
        css = {"all": ["css/admin/offer-form.css"]}

    def render_change_form(self, request, context, *args, **kwargs):
        context["sections"] = sections(context["adminform"], context["inline_admin_formsets"])
        return super().render_change_form(request, context, *args, **kwargs)


def sections(adminform, row_sets):
    """Return the ``Section`` of each fieldset; rows that name no section stand in the last."""
    fieldsets = list(adminform)
    homes = {fieldset.name: [] for fieldset in fieldsets}
    for rows in row_sets:
        homes.get(getattr(rows.opts, "section", None), homes[fieldsets[-1].name]).append(rows)
    errors = adminform.form.errors
    return [_section(fieldset, homes[fieldset.name], errors) for fieldset in fieldsets]


def _section(fieldset, rows, errors):
    has_errors = any(name in errors for name in flatten(fieldset.fields)) or any(
        any(one.formset.errors) or one.formset.non_form_errors() for one in rows
    )
    is_open = has_errors or "collapse" not in fieldset.classes
    return Section(fieldset, rows, is_open, has_errors)
