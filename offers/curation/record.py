"""A whole entry as plain data: an offer with its places, times, prices and contacts.

A *record* maps the name of each part to its rows, and each row's primary key to its
values: ``{"root": {12: {"title": …}}, "place": {40: {…}}, …}``. Values are what JSON
knows; a list of related rows is a sorted list of keys. The same form serves versions,
differences, copies and proposals, so that none of them forgets a part.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from offers.models import (
    ContactPoint,
    CostOption,
    HelplineNeed,
    HelplineNeedNumber,
    Location,
    Offer,
    OfferPlace,
    Schedule,
    ScheduleException,
)
from offers.models.place import refuse_beside_protected

ROOT = "root"
JSON_KNOWS = (type(None), bool, int, str)
# Kept for the row itself; never copied, restored or shown as a change.
BOOKKEEPING = {"uuid", "created_at", "updated_at", "picture_width", "picture_height", "path"}
# Decided by a step of its own, never by restoring or proposing.
WORKFLOW = {"status", "return_reason"}
# Who may see a row is decided too: nothing becomes public by restoring.
VISIBILITY = {"visibility"}


@dataclass(frozen=True)
class Part:
    """One kind of rows of a record; ``parent`` is its key to a row of the part ``under``."""

    name: str
    model: type
    parent: str = ""
    under: str = ""
    to_root: str = ""
    skipped: frozenset = field(default=frozenset())

    @property
    def fields(self):
        """The fields whose values make up a row."""
        return [
            one
            for one in self.model._meta.concrete_fields  # noqa: SLF001, documented API
            if not (one.primary_key or one.generated) and one.name not in BOOKKEEPING | self.skipped
        ]

    @property
    def lists(self):
        """The many-to-many fields that are kept in the history."""
        tracked = {one.name for one in self.model.history.model._history_m2m_fields}  # noqa: SLF001
        return [one for one in self.model._meta.many_to_many if one.name in tracked]  # noqa: SLF001

    def rows(self, root):
        """Return the rows of a saved root, each once, in a stable order."""
        if not self.to_root:
            return self.model.objects.filter(pk=root.pk)
        return self.model.objects.filter(**{self.to_root: root.pk}).order_by("pk")


OFFER_PARTS = [
    Part(ROOT, Offer),
    Part("place", OfferPlace, "offer", ROOT, "offer"),
    Part("schedule", Schedule, "place", "place", "place__offer", frozenset({"weekdays"})),
    Part("exception", ScheduleException, "schedule", "schedule", "schedule__place__offer"),
    Part("price", CostOption, "offer", ROOT, "offer"),
    Part("contact", ContactPoint, "offer", ROOT, "offer"),
]
PARTS = {
    Offer: OFFER_PARTS,
    HelplineNeed: [
        Part(ROOT, HelplineNeed),
        Part("number", HelplineNeedNumber, "need", ROOT, "need"),
    ],
}


def register(model, parts):
    """Let an upper floor say what the entries of one of its models are made of."""
    PARTS[model] = parts


def parts_of(model):
    """Return the parts of a record of a model; a model without dependants is one part."""
    return PARTS.get(model, [Part(ROOT, model)])


def plain(one, row):
    """Return the value of a field of a row as JSON knows it."""
    value = one.value_from_object(row)
    return value if isinstance(value, JSON_KNOWS) else one.value_to_string(row)


def values_of(part, row):
    """Return the values of one row; lists of related rows as sorted keys."""
    values = {one.name: plain(one, row) for one in part.fields}
    for one in part.lists:
        values[one.name] = sorted(related.pk for related in getattr(row, one.name).all())
    return values


def take(root):
    """Return the record of a saved entry as it stands in the database now."""
    record = {}
    for part in parts_of(type(root)):
        rows = part.rows(root).prefetch_related(*[one.name for one in part.lists])
        record[part.name] = {row.pk: values_of(part, row) for row in rows}
    return record


def from_json(record):
    """Return a record read back from JSON, where keys have become text."""
    return {name: {int(pk): row for pk, row in rows.items()} for name, rows in record.items()}


def without_keys(record):
    """Return the values of a record without the rows' keys: two copies are then equal."""
    return {name: list(rows.values()) for name, rows in record.items()}


def put(root, record):
    """Make a saved entry what a record says; its state of publication stays.

    Rows the record does not know are deleted, rows that are gone come back under their
    old key. Related rows that no longer exist (a deleted topic, a lost picture) are left
    out. Runs inside the caller's transaction; raises ``ValidationError`` if what comes
    out breaks a rule.
    """
    parts = parts_of(type(root))
    for part in reversed(parts[1:]):
        part.rows(root).exclude(pk__in=record[part.name]).delete()
    for part in parts:
        for pk, values in record[part.name].items():
            _put_row(part, pk, values)
    if isinstance(root, Offer):
        refuse_beside_protected(list(Location.objects.filter(offer_places__offer=root)))


def _put_row(part, pk, values):
    known = part.model.objects.filter(pk=pk).first()
    row = known or part.model(pk=pk)
    decided = WORKFLOW | VISIBILITY if known else WORKFLOW
    for one in part.fields:
        if one.name not in decided and one.name in values:
            setattr(row, one.attname, _existing(one, one.to_python(values[one.name])))
    row.full_clean(validate_unique=part.name == ROOT)
    row.save()
    for one in part.lists:
        wanted = values.get(one.name, [])
        found = one.remote_field.model.objects.filter(pk__in=wanted)
        related = getattr(row, one.name)
        if not (one.blank or found.exists()) and (wanted or related.exists()):
            raise ValidationError(_("Danach stünde nichts mehr unter „%s“.") % one.verbose_name)
        related.set(found)


def _existing(one, value):
    """Return the value, or an empty one if what it points to is gone."""
    if isinstance(one, models.FileField):
        return value if value and one.storage.exists(value) else ""
    if one.null and isinstance(one, models.ForeignKey) and value is not None:
        return value if one.remote_field.model.objects.filter(pk=value).exists() else None
    return value
