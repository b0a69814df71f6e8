"""Ask the rules about given offers."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, TextField, Value, When
from django.utils import timezone

from offers.models import Offer

from .rules import BY_NAME, RULES


def hints_of(offer, on=None):
    """Return the rules that are true for one saved offer, the grave ones first; one query."""
    found = Offer.objects.filter(pk=offer.pk).values_list(names(on), flat=True)
    return [BY_NAME[name] for name in found.get()]


def names(on=None):
    """Return the expression for the names of the rules that are true for an offer, likewise."""
    day = on or timezone.localdate()
    found = [Case(When(rule.condition(day), then=Value(rule.name))) for rule in RULES]
    return Func(
        *found,
        template="array_remove(ARRAY[%(expressions)s]::text[], NULL)",
        output_field=ArrayField(TextField()),
    )
