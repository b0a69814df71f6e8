"""A whole entry as plain data: an offer with its places, times, prices and contacts.

A *record* maps the name of each part to its rows, and each row's primary key to its
values: ``{"root": {12: {"title": …}}, "place": {40: {…}}, …}``. Values are what JSON
knows; a list of related rows is a sorted list of keys. The same form serves versions,
differences, copies and proposals, so that none of them forgets a part.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from offers.models import (
    AccessibilityFact,
    ClosingDay,
    ContactPoint,
    CostOption,
    HelplineNeed,
    HelplineNeedNumber,
    Institution,
    Location,
    Offer,
    OfferPlace,
    Schedule,
    ScheduleException,
)
from offers.models.place import refuse_beside_protected

ROOT = "root"
POSITION = "position"
JSON_KNOWS = (type(None), bool, int, str)
# Kept for the row itself; never copied, restored or shown as a change.
BOOKKEEPING = {"uuid", "created_at", "updated_at", "picture_width", "picture_height", "path"}
# Decided by a step of its own, never by restoring or proposing.
WORKFLOW = {"status", "return_reason"}
# Who may see a row is decided too: nothing becomes public by restoring.
VISIBILITY = {"visibility"}
DECIDED = WORKFLOW | VISIBILITY


@dataclass(frozen=True)
class Part:
    """One kind of rows of a record; ``parent`` is its key to a row of the part ``under``.

    A part that ``is_read_whole`` says something only with all its fields, as a rule of dates does.
    """

    name: str
    model: type
    parent: str = ""
    under: str = ""
    to_root: str = ""
    skipped: frozenset = field(default=frozenset())
    is_read_whole: bool = False

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


WEEKDAYS = frozenset({"weekdays"})


def _schedule(parent, under, to_root):
    return Part("schedule", Schedule, parent, under, to_root, WEEKDAYS, is_read_whole=True)


def _exception(to_root):
    return Part("exception", ScheduleException, "schedule", "schedule", to_root)


PARTS = {
    Offer: [
        Part(ROOT, Offer),
        Part("place", OfferPlace, "offer", ROOT, "offer"),
        _schedule("place", "place", "place__offer"),
        _exception("schedule__place__offer"),
        Part("price", CostOption, "offer", ROOT, "offer"),
        Part("contact", ContactPoint, "offer", ROOT, "offer"),
    ],
    OfferPlace: [
        Part(ROOT, OfferPlace),
        _schedule("place", ROOT, "place"),
        _exception("schedule__place"),
    ],
    Schedule: [
        Part(ROOT, Schedule, skipped=WEEKDAYS),
        Part("exception", ScheduleException, "schedule", ROOT, "schedule"),
    ],
    Institution: [
        Part(ROOT, Institution),
        Part("closing", ClosingDay, "institution", ROOT, "institution"),
    ],
    Location: [
        Part(ROOT, Location),
        Part("accessibility", AccessibilityFact, "location", ROOT, "location"),
    ],
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


def without_orphans(record, parts):
    """Take the rows out of a record whose place or time is not in it; returns the record."""
    for part in parts[1:]:
        parents, rows = record[part.under], record[part.name].items()
        record[part.name] = {pk: row for pk, row in rows if row[part.parent] in parents}
    return record


def put(root, record, decided=DECIDED, *, is_checked=True):
    """Make a saved entry what a record says, but for the fields that are ``decided`` elsewhere.

    Rows the record does not know are deleted, rows that are gone come back under their
    old key. Related rows that no longer exist (a deleted topic, a lost picture) are left
    out. Runs inside the caller's transaction; raises ``ValidationError`` if what comes
    out breaks a rule. What was once there and is only looked at need not be ``is_checked``.
    """
    parts = parts_of(type(root))
    with in_any_order(parts):
        for part in reversed(parts[1:]):
            part.rows(root).exclude(pk__in=record[part.name]).delete()
        for part in parts:
            for pk, values in record[part.name].items():
                row = _filled(part, pk, values, decided)
                if is_checked:
                    _check(part, row)
                row.save()
                _relate(part, row, values, is_checked)
    if is_checked and isinstance(root, Offer):
        refuse_beside_protected(list(Location.objects.filter(offer_places__offer=root)))


@contextmanager
def in_any_order(parts):
    """Let rows of an entry change places: what stands there once is checked at the end.

    Raises ``ValidationError`` if something stands there twice then.
    """
    rules = {
        one.name: one
        for part in parts
        for one in part.model._meta.constraints  # noqa: SLF001, documented API
        if isinstance(one, models.UniqueConstraint) and one.deferrable
    }
    if not rules:
        yield
        return
    names = ", ".join(map(connection.ops.quote_name, rules))
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
        yield
        try:
            with transaction.atomic():
                cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        except IntegrityError as error:
            broken = rules[error.__cause__.diag.constraint_name]
            raise ValidationError(broken.get_violation_error_message()) from error


def _filled(part, pk, values, decided):
    known = part.model.objects.filter(pk=pk).first()
    row = known or part.model(pk=pk)
    for one in part.fields:
        comes_back = known is None and one.name in VISIBILITY  # seen by whom it was
        if one.name in values and (one.name not in decided or comes_back):
            setattr(row, one.attname, _existing(one, one.to_python(values[one.name])))
    return row


def _check(part, row):
    if part.name == ROOT:
        row.full_clean()
    else:  # what stands once in an entry is checked when all rows are there
        row.clean_fields()
        row.clean()
        row.validate_constraints(exclude={part.parent})


def _relate(part, row, values, is_checked):
    for one in part.lists:
        wanted = values.get(one.name, [])
        found = one.remote_field.model.objects.filter(pk__in=wanted)
        related = getattr(row, one.name)
        is_emptied = not found.exists() and (wanted or related.exists())
        if is_checked and is_emptied and not one.blank:
            raise ValidationError(_("Danach stünde nichts mehr unter „%s“.") % one.verbose_name)
        related.set(found)


def _existing(one, value):
    """Return the value, or an empty one if what it points to is gone."""
    if isinstance(one, models.FileField):
        return value if value and one.storage.exists(value) else ""
    if one.null and isinstance(one, models.ForeignKey) and value is not None:
        return value if one.remote_field.model.objects.filter(pk=value).exists() else None
    return value
