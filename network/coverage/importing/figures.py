"""Lists of figures on their way in: what a row would do, doing it, and taking it back.

A row is known by what it counts, where and for when. What stands here already stays, unless
somebody ticks that the file is right.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network.models import AuditEntry, ChildrenCount, NeedIndicator
from network.people.audit import record
from offers.exchange.importing.checking import ROWS_A_BATCH
from offers.exchange.importing.drafts import CellReader, Draft
from offers.models import ImportRow, ImportRun

from .columns import of_children, of_needs

Outcome = ImportRow.Outcome
KEPT = ["outcome", "target", "changes", "protected", "problems", "hints", "is_applied"]


class Figures(NamedTuple):
    """A kind of list: ``key`` is what a row is known by, ``required`` what each has to say."""

    model: type
    columns: object
    key: tuple
    required: tuple
    always: dict  # what holds for every row of such a list

    def find(self, values):
        """Return the figure that a row is about, a new one if there is none yet."""
        known = {key: values[key] for key in self.key} | self.always
        return self.model.objects.filter(**known).first() or self.model(**self.always)


FIGURES = {
    ImportRun.Kind.CHILDREN: Figures(
        ChildrenCount,
        of_children,
        ("district", "measure", "from_years", "to_years", "as_of"),
        ("district", "from_years", "to_years", "children", "as_of"),
        {},
    ),
    ImportRun.Kind.NEEDS: Figures(
        NeedIndicator,
        of_needs,
        ("district", "name", "as_of"),
        ("district", "name", "value", "unit", "as_of"),
        {"school_name": ""},
    ),
}


class Checker:
    """Looks at the rows of one file, batch after batch."""

    def __init__(self, kind, mapping, header):
        self.figures, self.mapping = FIGURES[kind], mapping
        self.columns = {one.key: one for one in self.figures.columns()}
        self.reader = CellReader(mapping, header, self.columns)
        self.lines = {}  # what a row of this file is known by -> its line
        self.secret_lines = set()

    def check(self, records):
        """Return the unsaved ``ImportRow`` of each record, in order."""
        return [self._row(self._looked_at(record)) for record in records]

    def _looked_at(self, record):
        draft = Draft(record.line)
        texts = self.reader.texts(draft, record)
        if not draft.problems:
            self._read(draft, texts)
        if not draft.problems:
            self._compare(draft)
        return draft

    def _read(self, draft, texts):
        for key, text in texts.items():
            if not str(text).strip():
                continue
            meanings = self.mapping.values.get(key, {}), self.mapping.others.get(key)
            try:
                draft.values[key] = self.columns[key].read_words(text, meanings)
            except ValidationError as error:
                draft.refuse(self.reader.label(key), error.messages)
        if "measure" in self.figures.key:
            draft.values.setdefault("measure", ChildrenCount.Measure.STOCK.value)
        known = {column for column, _reasons in draft.problems}
        for key in self.figures.required:
            if key not in draft.values and self.reader.label(key) not in known:
                draft.refuse(self.reader.label(key), [_("Diese Angabe fehlt.")])

    def _compare(self, draft):
        values = draft.values
        known = tuple(values[key] for key in self.figures.key)
        if self.lines.setdefault(known, draft.line) != draft.line:
            draft.refuse("", [_("Dieselbe Zahl steht schon in Zeile %d.") % self.lines[known]])
            return
        figure = self.figures.find(values)
        draft.entry, draft.target = figure, figure.pk
        for key, new in values.items() if figure.pk else ():
            here = self.columns[key].plain(figure)
            if here != new:
                (draft.protected if here else draft.changes)[key] = [here, new]
        for key, value in values.items():
            self.columns[key].put(figure, value)
        try:
            figure.full_clean()
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                draft.refuse(self.reader.label(key) if key in self.columns else "", messages)

    def _row(self, draft):
        said = draft.values.get("name", "")
        if "district" in draft.values:
            said = f"{self.columns['district'].words(draft.values['district'])} {said}"
        return draft.as_row(said if draft.problems else str(draft.entry), draft.values)


class _Work:
    def __init__(self, run):
        self.run, self.count = run, 0
        self.secret_lines = set()  # no figure is about a protected place
        self.figures = FIGURES[run.kind]
        self.columns = {one.key: one for one in self.figures.columns()}

    def apply(self, rows):
        for row in rows:
            try:
                with transaction.atomic():
                    self._apply(row)
            except (ValidationError, IntegrityError) as error:
                self._refuse(row, getattr(error, "messages", [_("Das nimmt die Datenbank nicht.")]))
        ImportRow.objects.bulk_update(rows, KEPT, batch_size=ROWS_A_BATCH)
        self.count += len(rows)

    def finish(self):
        record(AuditEntry.Action.IMPORTED, self.run.by, self.run, step=self.step, rows=self.count)

    def _locked(self, row):
        rows = self.figures.model.objects.select_for_update(of=["self"])
        return rows.filter(pk=row.target).first()

    def _save(self, figure, values):
        for key, value in values.items():
            self.columns[key].put(figure, value)
        figure.full_clean()
        figure.save()


class Commit(_Work):
    """Applies rows one after the other; each wholly or not at all."""

    step = "commit"

    def _apply(self, row):
        if row.outcome == Outcome.CREATED:
            figure, values = self.figures.model(**self.figures.always), row.values
        else:
            figure = self._locked(row)
            if figure is None:
                raise ValidationError(_("Die Zahl gibt es hier seit der Prüfung nicht mehr."))
            if row.overwrite:
                row.changes, row.protected = row.changes | row.protected, {}
            self._keep_what_changed_since(row, figure)
            values = {key: new for key, (_old, new) in row.changes.items()}
            row.outcome = Outcome.CHANGED if values else Outcome.PROTECTED
        if values:
            self._save(figure, values)
            row.target, row.is_applied = figure.pk, True

    def _keep_what_changed_since(self, row, figure):
        """What was edited after the dry run was shown stays as it is."""
        for key, (old, new) in list(row.changes.items()):
            here = self.columns[key].plain(figure)
            if here != old:
                del row.changes[key]
                row.protected[key] = [here, new]
                words = _("%s wurde seit der Prüfung hier geändert und bleibt.")
                row.hints.append(words % self.columns[key].label)

    def _refuse(self, row, reasons):
        row.outcome, row.is_applied = Outcome.REFUSED, False
        row.problems = [["", words] for words in reasons]


class Undo(_Work):
    """Takes back rows, except where somebody has gone on editing since."""

    step = "undo"

    def __init__(self, run, _reason):
        super().__init__(run)

    def _apply(self, row):
        figure = self._locked(row)
        if figure is None:
            row.hints.append(_("Die Zahl gibt es nicht mehr."))
            row.is_applied = False
        elif row.outcome == Outcome.CREATED:
            self._remove(row, figure)
        else:
            self._give_back(row, figure)

    def _remove(self, row, figure):
        if figure.history.exclude(history_change_reason=self.run.reason).exists():
            row.hints.append(_("Der Eintrag wurde seit dem Import geändert und bleibt."))
            return
        figure.delete()
        row.is_applied = False

    def _give_back(self, row, figure):
        values = {}
        for key, (old, new) in row.changes.items():
            if self.columns[key].plain(figure) == new:
                values[key] = old
            else:
                words = _("%s wurde seit dem Import geändert und bleibt.")
                row.hints.append(words % self.columns[key].label)
        self._save(figure, values)
        row.is_applied = len(values) < len(row.changes)  # something of it stays

    def _refuse(self, row, reasons):
        row.hints += reasons
