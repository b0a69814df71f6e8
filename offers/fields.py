"""A list of fixed choices in one column, with checkboxes in forms."""

from django import forms
from django.contrib.postgres.fields import ArrayField


class ChoiceArrayField(ArrayField):
    """An ``ArrayField`` over a field with choices; forms show one checkbox a choice."""

    def formfield(self, **kwargs):
        return super(ArrayField, self).formfield(
            form_class=forms.TypedMultipleChoiceField,
            choices=self.base_field.choices,
            coerce=self.base_field.to_python,
            empty_value=[],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            **{key: value for key, value in kwargs.items() if key in {"help_text", "label"}},
        )
