"""How people enter a span of ages: two numbers of months, both included."""

from django import forms
from django.contrib.postgres.forms import RangeWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import ages


class AgeSpanWidget(RangeWidget):
    """Two number inputs that show both ends included."""

    def __init__(self, base_widget=None, attrs=None):
        super().__init__(base_widget or forms.NumberInput(), attrs)

    def decompress(self, value):
        if not value:
            return (None, None)
        return ages.first_month(value), ages.last_month(value)


class AgeSpanField(forms.MultiValueField):
    """From month to month; an empty end is open, both empty mean any age (``None``)."""

    widget = AgeSpanWidget

    def __init__(self, **kwargs):
        kwargs.pop("default_bounds", None)
        month = {"min_value": ages.YOUNGEST, "max_value": ages.OLDEST, "required": False}
        fields = [forms.IntegerField(**month), forms.IntegerField(**month)]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values):
        first, last = values or (None, None)
        try:
            return ages.span(first, last)
        except ValueError as error:
            raise ValidationError(_("Das Alter „von“ muss vor dem Alter „bis“ liegen.")) from error
