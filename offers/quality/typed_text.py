"""Hints about texts while they are typed: how hard they read, and a possible twin."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .readability import Readability, read
from .twins import twins_of

FIELDS = {
    "teaser": _("Kurzbeschreibung"),
    "description": _("Beschreibung"),
    "how_to_apply": _("So nehmen Sie teil"),
}


@dataclass(frozen=True)
class TextHint:
    """What was found in one text."""

    label: str
    found: Readability


@dataclass(frozen=True)
class TypedHints:
    """What is to be said about the texts as they stand in the form."""

    texts: list
    twins: list


def hints_for(values, among):
    """Return the ``TypedHints`` for the values of a form.

    ``values`` has texts by the name of their field, and ``title``, ``provider``, ``locations``
    and ``offer`` (keys, or ``None``). ``among`` are the offers the person may know of.
    """
    texts = [TextHint(label, read(values.get(name) or "")) for name, label in FIELDS.items()]
    twins = twins_of(
        values.get("title") or "",
        provider=values.get("provider"),
        locations=values.get("locations") or (),
        but_not=values.get("offer"),
        among=among,
    )
    return TypedHints([one for one in texts if one.found and one.found.is_worth_saying], twins)
