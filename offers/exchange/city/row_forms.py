"""One row, one form: the rules of the models, answered with the column of the file."""

from django import forms
from django.contrib.postgres.fields import ArrayField, RangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lifephases import ages
from offers.exchange.columns import readings

from .rows import Problem, RowError

FIRST_MONTH, LAST_MONTH = "from_months", "to_months"  # the columns of a span of ages
UNKNOWN_SLUG = {"invalid_choice": _("„%(value)s“ gibt es nicht.")}


class RowForm(forms.ModelForm):
    """A row of a file as a form. ``columns`` says where a field stands if not under its name."""

    columns = {}

    @classmethod
    def save_row(cls, row, data, instance=None):
        """Validate and save what was read from a row.

        Returns the saved object. Raises ``RowError`` with every problem found.
        """
        form = cls(data, instance=instance)
        if not form.is_valid():
            raise RowError(*form.problems(row))
        return form.save()

    def problems(self, row):
        """Return what is wrong, each with the column it stands in."""
        return [
            Problem(row.file, row.line, self.column(name, row), reason)
            for name, reasons in self.errors.items()
            for reason in reasons
        ]

    def column(self, name, row):
        column = self.columns.get(name, name)
        return column if column in row.values else ""


class ReadyField(forms.Field):
    """A value that is read already; the model validates it."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Widget, **kwargs)


def slug_of(model, **kwargs):
    """Return the field that takes a row of ``model`` by its slug."""
    return forms.ModelChoiceField(
        model.objects.all(), to_field_name="slug", error_messages=UNKNOWN_SLUG, **kwargs
    )


def row_form(model, fields, **columns):
    """Return the form of the rows about a model. ``columns`` as ``RowForm`` has them."""
    form = forms.modelform_factory(model, RowForm, fields, formfield_callback=_row_field)
    form.columns = columns
    return form


def _row_field(field, **options):
    if isinstance(field, models.ForeignKey):
        return slug_of(field.related_model, required=not field.blank)
    if isinstance(field, ArrayField | RangeField):
        return ReadyField()
    return field.formfield(**options)


def age_span(row):
    """Read the span of ages of a row, both ends included.

    Raises ``RowError`` if an end is not a month of a life or the span is reversed.
    """
    first, last = _month(row, FIRST_MONTH), _month(row, LAST_MONTH)
    try:
        return ages.span(first, last)
    except ValueError as error:
        reason = _now("Das Alter „bis“ (%(last)d) liegt vor dem Alter „von“ (%(first)d).")
        raise row.error(LAST_MONTH, reason % {"first": first, "last": last}) from error


def choice(row, column, choices):
    """Return what ``choices`` has for the value of a column; raise ``RowError`` if nothing."""
    if row[column] in choices:
        return choices[row[column]]
    reason = _now("„%(value)s“ gibt es hier nicht; möglich sind %(choices)s.")
    raise row.error(column, reason % {"value": row[column], "choices": ", ".join(choices)})


def _month(row, column):
    try:
        return readings.month(row[column]) if row[column] else None
    except ValidationError as error:
        raise row.error(column, error.messages[0]) from error
