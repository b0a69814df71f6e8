"""Ask the rules about given offers."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, Func, TextField, Value, When
from django.utils import timezone

from offers.models import Offer

from .rules import RULES


def hints_of(offer, on=None):
    """Return the rules that are true for one saved offer, the grave ones first; one query."""
    day = on or timezone.localdate()
    found = Offer.objects.filter(pk=offer.pk).values_list(*(_truth(one, day) for one in RULES))
    return [rule for rule, is_true in zip(RULES, found.get(), strict=True) if is_true]


def names(at=None):
    """Return the expression for the names of the rules that are true for an offer."""
    day = timezone.localdate(at)
    found = [Case(When(rule.condition(day), then=Value(rule.name))) for rule in RULES]
    return Func(
        *found,
        template="array_remove(ARRAY[%(expressions)s]::text[], NULL)",
        output_field=ArrayField(TextField()),
    )


def _truth(rule, day):
    return Case(
        When(rule.condition(day), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
