"""What changed between two records, in words a caseworker reads."""

import difflib
import re
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.utils.formats import date_format, localize, time_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kekiz_portal.lib import rich_text
from lifephases import ages
from offers.models import OfferPlace, Schedule
from offers.quality.certainty import in_words
from offers.recurrence.entry import sentence

from .record import POSITION, ROOT, parts_of

LONG_TEXT = 60
SHORT_NAME = 30
UNITS = [re.compile(r"\s+|\S+"), re.compile(r"[^.!?\n]+[.!?\n]*|[.!?\n]+")]
MOST_COMPARISONS = 100_000
FREE_TEXT = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    text: str
    is_gone: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Change:
    """One changed field: ``before`` and ``after`` as read; long texts also word by word.

    ``name`` is the part and the field, such as "root.title"; a whole row is its part.
    """

    name: str
    label: str
    before: str
    after: str
    is_prose: bool = False

    @property
    def is_a_row(self):
        return "." not in self.name

    @cached_property
    def pieces(self):
        """The change word by word; empty where it is read better as a whole."""
        long_enough = self.before and len(self.after) > LONG_TEXT
        return word_by_word(self.before, self.after) if self.is_prose and long_enough else []


class Differences:
    """Finds the changes between records of one model; looks names of related rows up once."""

    def __init__(self, model):
        self.parts = parts_of(model)
        self._names = {}

    def between(self, before, after):
        """Return the list of ``Change`` from one record to another."""
        changes = []
        for part in self.parts:
            old, new = before.get(part.name, {}), after.get(part.name, {})
            for pk in sorted({*old, *new}):
                changes += self._row_changes(part, old.get(pk), new.get(pk))
            changes += self._order_changes(part, old, new)
        return changes

    def _order_changes(self, part, old, new):
        """Return the change of the order of a part's rows, if those that stayed have another."""
        before, after = (
            [pk for pk in _in_order(rows) if pk in old and pk in new] for rows in (old, new)
        )
        if part.name == ROOT or before == after:
            return []
        label = _("Reihenfolge: %s") % part.model._meta.verbose_name_plural  # noqa: SLF001
        words = [
            " → ".join(self._short(part, rows[pk]) for pk in order)
            for rows, order in ((old, before), (new, after))
        ]
        return [Change(part.name, label, *words)]

    def _short(self, part, values):
        return Truncator(self.row_words(part, values)).chars(SHORT_NAME)

    def _row_changes(self, part, old, new):
        name = str(part.model._meta.verbose_name)  # noqa: SLF001, documented API
        if part.name != ROOT and old is None:
            return [Change(part.name, _("%s hinzugefügt") % name, "", self._row_said(part, new))]
        if part.name != ROOT and new is None:
            return [Change(part.name, _("%s entfernt") % name, self._row_said(part, old), "")]
        if part.model is Schedule:
            before, after = self.row_words(part, old), self.row_words(part, new)
            if before != after:  # a rule is read as a whole, not field by field
                return [Change(part.name, name, before, after)]
        old, new = old or {}, new or {}
        changes = [
            self._change(part, one, old.get(one.name), new.get(one.name))
            for one in [*part.fields, *part.lists]
            if old.get(one.name) != new.get(one.name) and not self._says_nothing(part, one)
        ]
        return [change for change in changes if change.before != change.after]

    def _row_said(self, part, values):
        """Say a whole row, and of a date where it is: an entry may have several places."""
        words = self.row_words(part, values)
        if part.model is not Schedule or not values.get(part.parent):
            return words
        return f"{words} ({self.name(OfferPlace, values[part.parent])})"

    def _says_nothing(self, part, one):
        """Whether a field only hangs or places a row, which is told otherwise."""
        return part.name != ROOT and one.name in {part.parent, POSITION}

    def _change(self, part, one, old, new):
        label = str(one.verbose_name)
        if part.name != ROOT:
            label = f"{part.model._meta.verbose_name}: {label}"  # noqa: SLF001
        before, after = self.words(one, old), self.words(one, new)
        return Change(
            f"{part.name}.{one.name}", label, before, after, is_prose=isinstance(one, FREE_TEXT)
        )

    def row_words(self, part, values):
        """Say a whole row in one line: its filled fields, one after the other; no row is ""."""
        if values is None:
            return ""
        if part.model is Schedule:
            fields = {one.attname: one.to_python(values.get(one.name)) for one in part.fields}
            return sentence(Schedule(**fields))
        said = [
            self._said(one, values.get(one.name))
            for one in part.fields
            if one.name not in {part.parent, POSITION}
            and values.get(one.name) not in (None, "", False)
        ]
        return ", ".join(word for word in said if word)

    def _said(self, one, value):
        """Say a value without its field's name; what is just there is the name."""
        is_just_there = value is True or isinstance(one, models.FileField)
        return str(one.verbose_name) if is_just_there else self.words(one, value)

    def of_conflict(self, conflict, base):
        """Return a ``Conflict`` of a merge as the change from theirs to mine."""
        part, row = conflict.part, base[conflict.part.name][conflict.pk]
        field = conflict.field
        label = str(field.verbose_name) if field else ""
        if part.name != ROOT:
            name = str(part.model._meta.verbose_name)  # noqa: SLF001, documented API
            label = ": ".join(filter(None, [name, self._short(part, row), label]))
        name = f"{part.name}.{field.name}" if field else part.name
        theirs, mine = (self._side(conflict, one) for one in (conflict.theirs, conflict.mine))
        return Change(name, label, theirs, mine)

    def _side(self, conflict, value):
        if conflict.field:
            return self.words(conflict.field, value)
        return _("entfernt") if value is None else self.row_words(conflict.part, value)

    def words(self, one, value):
        """Say the plain value of a field as a person would read it; nothing is ""."""
        if value in (None, "", [], "[]"):
            return ""
        if isinstance(one, models.ManyToManyField):
            return ", ".join(self.name(one.remote_field.model, pk) for pk in value)
        if isinstance(one, models.ForeignKey):
            return self.name(one.remote_field.model, value)
        return _typed_words(one, one.to_python(value))

    def name(self, model, pk):
        """Return the name of a related row, asked for once."""
        key = model, pk
        if key not in self._names:
            row = model._base_manager.filter(pk=pk).first()  # noqa: SLF001, documented API
            self._names[key] = str(row) if row else _("(gibt es nicht mehr)")
        return self._names[key]


def _in_order(rows):
    """Return the keys of rows by their position, empty where rows have none."""
    placed = [(values[POSITION], pk) for pk, values in rows.items() if POSITION in values]
    return [pk for _position, pk in sorted(placed)]


def _choice(one, value):
    return str(dict(one.flatchoices).get(value, value))


def _typed_words(one, value):
    if one.choices:
        return _choice(one, value)
    if one.name == "certainty":
        return in_words(value)
    for kind, say in SAYING.items():
        if isinstance(one, kind):
            return say(one, value)
    return str(value)


# How each kind of value is said; a kind stands before the kinds it is derived from.
SAYING = {
    models.BooleanField: lambda _field, value: _("ja") if value else _("nein"),
    ArrayField: lambda one, value: ", ".join(_choice(one.base_field, item) for item in value),
    IntegerRangeField: lambda _field, value: ages.span_in_words(value),
    models.DateTimeField: lambda _field, value: date_format(
        localtime(value), "SHORT_DATETIME_FORMAT"
    ),
    models.DateField: lambda _field, value: date_format(value, "SHORT_DATE_FORMAT"),
    models.TimeField: lambda _field, value: time_format(value, "H:i"),
    models.DecimalField: lambda _field, value: localize(value),
    models.TextField: lambda _field, value: rich_text.as_text(value),
}


def word_by_word(before, after):
    """Return both texts as one sequence of pieces that stayed, went or came.

    Long texts are compared sentence by sentence, and what is longer still not at all (an
    empty list): comparing takes the square of the words, or worse where they repeat.
    """
    for unit in UNITS:
        old, new = unit.findall(before), unit.findall(after)
        if len(old) * len(new) <= MOST_COMPARISONS:
            return _pieces(old, new)
    return []


def _pieces(old, new):
    pieces = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("".join(old[a:b]), is_gone=True))
        if c < d:
            pieces.append(Piece("".join(new[c:d]), is_new=True))
    return pieces
