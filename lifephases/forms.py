"""How people enter a span of ages: from and to, each in months or years, both included."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import ages
from .ages import MONTHS_A_YEAR

OLDEST_YEAR = ages.OLDEST_ENTERED // MONTHS_A_YEAR


class Unit(models.TextChoices):
    YEARS = "years", _("Jahre")
    MONTHS = "months", _("Monate")
    BEFORE_BIRTH = "before", _("Monate vor der Geburt")


MOST = {
    Unit.YEARS: OLDEST_YEAR,
    Unit.MONTHS: ages.OLDEST_ENTERED,
    Unit.BEFORE_BIRTH: -ages.YOUNGEST,
}


def entered(month, *, is_last):
    """Return a month as a person would enter it: ``(number, unit)``.

    A child is six until the day it turns seven: as the last month 83 is 6 years, 72 is 72 months.
    """
    if month is None:
        return None, Unit.YEARS
    if month < 0:
        return -month, Unit.BEFORE_BIRTH
    years, rest = divmod(month + 1 if is_last else month, MONTHS_A_YEAR)
    if rest or years < 1 + is_last:
        return month, Unit.MONTHS
    return years - is_last, Unit.YEARS


def month_of(number, unit, *, is_last):
    """Return the month that is meant by a number and its unit: the inverse of ``entered``."""
    if unit == Unit.BEFORE_BIRTH:
        return -number
    if unit == Unit.MONTHS:
        return number
    return number * MONTHS_A_YEAR + (MONTHS_A_YEAR - 1 if is_last else 0)


class AgeSpanWidget(forms.MultiWidget):
    """Two numbers, each with its unit: "von 4 Monate bis 3 Jahre"."""

    template_name = "lifephases/widgets/age_span.html"
    use_fieldset = True

    class Media:
        css = {"all": ["css/admin/age-span.css"]}

    def __init__(self, attrs=None):
        super().__init__(
            {
                "from": _number(_("Alter von")),
                "from_unit": _unit(_("Einheit zu „von“")),
                "to": _number(_("Alter bis einschließlich")),
                "to_unit": _unit(_("Einheit zu „bis einschließlich“")),
            },
            attrs,
        )

    def decompress(self, value):
        first, last = ages.first_month(value), ages.last_month(value)
        return [*entered(first, is_last=False), *entered(last, is_last=True)]


class AgeSpanField(forms.MultiValueField):
    """From age to age; an empty end is open, both empty mean any age (``None``)."""

    widget = AgeSpanWidget

    def __init__(self, **kwargs):
        kwargs.pop("default_bounds", None)
        number = {"min_value": 0, "max_value": max(MOST.values()), "required": False}
        unit = {"choices": Unit, "required": False}
        fields = [
            forms.IntegerField(**number),
            forms.TypedChoiceField(coerce=Unit, empty_value=Unit.YEARS, **unit),
            forms.IntegerField(**number),
            forms.TypedChoiceField(coerce=Unit, empty_value=Unit.YEARS, **unit),
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values):
        if not values:
            return None
        first = _month(*values[:2], is_last=False)
        last = _month(*values[2:], is_last=True)
        try:
            return ages.span(first, last)
        except ValueError as error:
            raise ValidationError(_("Das Alter „von“ muss vor dem Alter „bis“ liegen.")) from error


def _month(number, unit, *, is_last):
    if number is None:
        return None
    unit = unit or Unit.YEARS
    if number > MOST[unit]:
        message = _("Das Alter geht von %(months)d Monaten vor der Geburt bis %(years)d Jahre.")
        numbers = {"months": MOST[Unit.BEFORE_BIRTH], "years": OLDEST_YEAR}
        raise ValidationError(message, params=numbers)
    return month_of(number, unit, is_last=is_last)


def _number(label):
    return forms.NumberInput({"aria-label": label, "min": 0, "inputmode": "numeric"})


def _unit(label):
    return forms.Select({"aria-label": label}, choices=Unit.choices)
