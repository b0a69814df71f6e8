"""Lists of figures on their way in: what a row would do, doing it, and taking it back.

A row is known by what it counts, where and for when. What stands here already stays, unless
somebody ticks that the file is right.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import ChildrenCount, NeedIndicator
from network.people.audit import record_import
from offers.exchange.importing import row_by_row
from offers.exchange.importing.drafts import CellReader, Draft
from offers.exchange.importing.subjects import Subject, register
from offers.models import ImportRow, ImportRun

from .columns import of_children, of_needs

Outcome = ImportRow.Outcome


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


def _figures_of(run):
    """Return the model and the columns of a run."""
    return FIGURES[run.kind].model, FIGURES[run.kind].columns()


class Commit(row_by_row.Commit):
    def __init__(self, run):
        super().__init__(run, *_figures_of(run))

    def finish(self):
        record_import(self)

    def apply_one(self, row):
        if row.outcome == Outcome.CREATED:
            figure, values = self.model(**FIGURES[self.run.kind].always), row.values
        else:
            figure = self.locked(row)
            if figure is None:
                raise ValidationError(_("Die Zahl gibt es hier seit der Prüfung nicht mehr."))
            row_by_row.keep_edits(row, figure, self.columns)
            values = {key: new for key, (_old, new) in row.changes.items()}
        if values:
            self.put(figure, values)
            figure.full_clean()
            figure.save()
            row.target, row.is_applied = figure.pk, True


class Undo(row_by_row.Undo):
    gone = gettext_lazy("Die Zahl gibt es nicht mehr.")

    def __init__(self, run, _reason):
        super().__init__(run, *_figures_of(run))

    def finish(self):
        record_import(self)

    def remove(self, figure):
        figure.delete()

    def give_back(self, row, figure):
        values = row_by_row.values_before(row, figure, self.columns)
        self.put(figure, values)
        figure.full_clean()
        figure.save()
        row.is_applied = len(values) < len(row.changes)  # something of it stays


def make_known():
    """Tell the import below; who keeps such figures by hand may bring a list of them."""
    for kind, one in FIGURES.items():
        name = one.model._meta.model_name  # noqa: SLF001, Django's own public API
        rights = [f"network.add_{name}", f"network.change_{name}"]
        register(Subject(kind, one.model, rights, one.columns, Checker, Commit, Undo))
