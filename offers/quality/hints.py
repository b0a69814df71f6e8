"""Ask the rules about given offers."""

from functools import reduce
from operator import add

from django.db.models import BooleanField, Case, Value, When
from django.utils import timezone

from offers.models import Offer

from .rules import RULES


def hints_of(offer, on=None):
    """Return the rules that are true for one saved offer, the grave ones first; one query."""
    day = on or timezone.localdate()
    found = Offer.objects.filter(pk=offer.pk).values_list(*(_truth(one, day) for one in RULES))
    return [rule for rule, is_true in zip(RULES, found.get(), strict=True) if is_true]


def count(at=None):
    """Return the expression for how many rules are true for an offer."""
    day = timezone.localdate(at)
    ones = [Case(When(rule.condition(day), then=1), default=0) for rule in RULES]
    return reduce(add, ones, Value(0))


def _truth(rule, day):
    return Case(
        When(rule.condition(day), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
