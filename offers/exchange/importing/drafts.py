"""A row of a file while it is looked at, and what becomes of its cells first."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kekiz_portal.lib.tables.cells import DateText, NumberText
from offers.models import ImportRow
from offers.protection.protected_addresses import HIDDEN, hidden, protected

from . import unsaid_cells
from .mapping import COLUMNS, OF_TIMES

Outcome = ImportRow.Outcome


@dataclass(eq=False)
class Draft:
    """A row while it is looked at.

    ``entry`` is what it is about, known (``target`` is its number) or new and unsaved;
    ``question`` says why only a person knows, ``candidates`` are the numbers it may be about.
    ``places`` plans all its places where it comes whole. ``is_secret`` says that it was refused
    because it gives a protected place away: its cells are not kept. ``called`` is the name as it
    stands in the file, for a row of which nothing else is read.
    """

    line: int
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    hints: list = field(default_factory=list)
    target: int | None = None
    candidates: list = field(default_factory=list)
    question: str = ""
    entry: object = None
    changes: dict = field(default_factory=dict)
    protected: dict = field(default_factory=dict)
    places: Callable | None = None
    is_secret: bool = False
    called: str = ""

    def refuse(self, where, reasons):
        """Note why the row cannot be taken; ``where`` is the column as the file calls it."""
        self.problems += [[where, str(reason)] for reason in reasons]

    @property
    def outcome(self):
        """What the row would do."""
        if self.problems:
            return Outcome.REFUSED
        if self.question:
            return Outcome.QUESTION
        if not self.target:
            return Outcome.CREATED
        if self.changes:
            return Outcome.CHANGED
        return Outcome.PROTECTED if self.protected else Outcome.UNCHANGED

    def as_row(self, name, values):
        """Return the unsaved ``ImportRow`` that keeps what was found out."""
        refused = bool(self.problems)
        return ImportRow(
            line=self.line,
            outcome=self.outcome,
            name=str(name or self.called)[:200],
            target=self.target,
            values=values,
            candidates=self.candidates,
            changes={} if refused else self.changes,
            protected={} if refused else self.protected,
            problems=self.problems,
            hints=self.hints,
        )


class RowReader:
    """Looks at the rows of one file; what a row would do its heirs say.

    ``named_by`` are the keys of the columns that together name an entry.
    """

    named_by = ()

    def __init__(self, kind, mapping, header):
        self.kind, self.mapping, self.header = kind, mapping, header
        self.columns = {one.key: one for one in COLUMNS[kind]() if self.takes(one)}
        self.secret_lines = set()

    def takes(self, column):  # noqa: ARG002, most lists may say all
        """Whether such a list may say what is in a column."""
        return True

    def check(self, records):
        """Return the unsaved ``ImportRow`` of each record, in order."""
        drafts = self.drafts(records)
        self.secret_lines |= {draft.line for draft in drafts if draft.is_secret}
        return [self.row(draft) for draft in drafts]

    def texts(self, draft, record):
        """Return what a row says, by the key of its column; nothing if it is refused."""
        if record.problem:
            draft.refuse("", [record.problem])
            return {}
        self._look_at_cells(draft, record.cells)
        texts, problems = self.mapping.texts(self.header, record.cells)
        for key, reason in problems:
            self.refuse(draft, key, [reason])
        if not draft.problems:
            return texts
        draft.called = self._name(record.cells)
        return {}

    def label(self, key):
        """Return what a column is called in the file, else here; "" for what is no column."""
        here = str(self.columns[key].label) if key in self.columns else ""
        return self.mapping.header_of(key) or here

    def refuse(self, draft, key, reasons):
        draft.refuse(self.label(key), reasons)

    def refuse_invalid(self, draft, error):
        """Note what the rules of a model say against a draft."""
        for key, messages in error.message_dict.items():
            self.refuse(draft, key, messages)

    def _name(self, cells):
        """Return what the cells call their entry, without those that hold no words."""
        said = {
            self.mapping.columns.get(name): str(cell)
            for name, cell in zip(self.header, cells, strict=True)
            if type(cell) in {str, NumberText}
        }
        name = " ".join(said[key] for key in self.named_by if said.get(key))
        return hidden(name, protected())

    def _look_at_cells(self, draft, cells):
        """Refuse or point at what Excel has made of a cell: it says nothing, or not this."""
        for name, cell in zip(self.header, cells, strict=True):
            key = self.mapping.columns.get(name)
            if key and str(HIDDEN) in cell:
                draft.refuse(name, [_("Hier stand eine geschützte Adresse. Sie bleibt weg.")])
            if not key or type(cell) in {str, NumberText}:
                continue
            if key in OF_TIMES and isinstance(cell, DateText):
                continue  # a day or an hour is what belongs there
            if reason := unsaid_cells.reason(cell, self.columns.get(key)):
                draft.refuse(name, [reason])
            elif hint := unsaid_cells.hint(cell, self.columns.get(key)):
                draft.hints.append(f"{name}: {hint}")
