"""Hints about an offer: what the rules say of it, and about its texts while they are typed."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, TextField, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offers.models import Offer

from . import readability
from .rules import BY_NAME, RULES
from .twins import twins_of

TEXTS = {
    "teaser": _("Kurzbeschreibung"),
    "description": _("Beschreibung"),
    "how_to_apply": _("So nehmen Sie teil"),
}


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


def of_typed(values, among):
    """Return how hard texts read, as pairs of label and ``Readability``, and the likely twins.

    ``values`` has texts by the name of their field, and ``title``, ``provider``, ``locations``
    and ``offer`` (keys, or ``None``). ``among`` are the offers the person may know of.
    """
    read = [(label, readability.read(values.get(name) or "")) for name, label in TEXTS.items()]
    twins = twins_of(
        values.get("title") or "",
        provider=values.get("provider"),
        locations=values.get("locations") or (),
        but_not=values.get("offer"),
        among=among,
    )
    worth_saying = [(label, found) for label, found in read if found and found.is_worth_saying]
    return {"texts": worth_saying, "twins": twins}
