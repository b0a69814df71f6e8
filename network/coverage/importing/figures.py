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
from offers.exchange.importing.subjects import Subject, register
from offers.models import ImportRun

from .columns import of_children, of_needs


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


class Checker(row_by_row.Checker):
    def __init__(self, kind, mapping, header):
        super().__init__(kind, mapping, header)
        self.figures = FIGURES[kind]
        self.lines = {}  # what a row of this file is known by -> its line

    def read(self, draft, texts):
        super().read(draft, texts)
        if "measure" in self.figures.key:
            draft.values.setdefault("measure", ChildrenCount.Measure.STOCK.value)
        known = {column for column, _reasons in draft.problems}
        for key in self.figures.required:
            if key not in draft.values and self.label(key) not in known:
                self.refuse(draft, key, [_("Diese Angabe fehlt.")])

    def plan(self, draft):
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
            self.refuse_invalid(draft, error)

    def row(self, draft):
        said = draft.values.get("name", "")
        if "district" in draft.values:
            said = f"{self.columns['district'].words(draft.values['district'])} {said}"
        return draft.as_row(said if draft.problems else str(draft.entry), draft.values)


class Commit(row_by_row.Commit):
    gone = gettext_lazy("Die Zahl gibt es hier seit der Prüfung nicht mehr.")

    def new(self, row):  # noqa: ARG002, where it belongs its columns say
        return self.model(**FIGURES[self.run.kind].always)


class Undo(row_by_row.Undo):
    gone = gettext_lazy("Die Zahl gibt es nicht mehr.")


def make_known():
    """Tell the import below; who keeps such figures by hand may bring a list of them."""
    for kind, one in FIGURES.items():
        name = one.model._meta.model_name  # noqa: SLF001, Django's own public API
        rights = [f"network.add_{name}", f"network.change_{name}"]
        subject = Subject(rights, Checker, Commit, Undo, applied=record_import)
        register(kind, one.model, one.columns, subject)
