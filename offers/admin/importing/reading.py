"""The form for what only a person sees: which letters are right, which sheet, which header."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import sheets
from kekiz_portal.lib.tables.document import Document
from kekiz_portal.lib.tables.errors import TableError
from offers.exchange.importing import receiving

CELLS_SHOWN = 8
LETTERS_SHOWN = 30


class ReadingForm(forms.Form):
    """How a file is to be read; every field has what was guessed."""

    encoding = forms.ChoiceField(
        label=_("Was liest sich richtig?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, was sich richtig liest.")},
    )
    sheet = forms.TypedChoiceField(label=_("Blatt"), coerce=int)
    first = forms.TypedChoiceField(
        label=_("Die Namen der Spalten stehen in"),
        coerce=int,
        help_text=_("Was darüber steht, bleibt weg."),
    )
    is_double = forms.BooleanField(label=_("Die Kopfzeile reicht über zwei Zeilen"), required=False)

    def __init__(self, data=None, *, run):
        super().__init__(data)
        self.run, self.document = run, Document(bytes(run.content))
        self.table = receiving.table_of(run)
        self.at = run.reading.get("sheet", self.table.sheet)
        self.rows = sheets.beginning(self.document, self.at)
        self._ask_for_letters()
        self._ask_for_sheet()
        self.fields["first"].choices = [
            (row.line, _("Zeile %d") % row.line) for row in self.rows if row.cells
        ]
        self.fields["first"].initial = self.table.first
        self.fields["is_double"].initial = self.table.last > self.table.first

    @property
    def samples(self):
        """Each reading with its lines, to look at."""
        readings = self.document.encoding.get("readings", ())
        return zip(self["encoding"], (one["sample"] for one in readings), strict=True)

    def preview(self):
        """Return the first rows as a person would see them: number and cells."""
        return [
            (row.line, [str(cell)[:LETTERS_SHOWN] for cell in row.cells[:CELLS_SHOWN]])
            for row in self.rows
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self._changes_sheet(cleaned):
            try:
                sheets.table(self.document, sheets.Choice(**self._place(cleaned)))
            except TableError as error:
                raise ValidationError(str(error)) from error
        return cleaned

    def save(self):
        """Keep what was said; returns whether the file has to be read anew."""
        cleaned = self.cleaned_data
        encoding = cleaned.get("encoding", "")
        is_new = encoding not in ("", self.document.encoding.get("name"))
        self.run.reading = {"encoding": encoding} if encoding else {}
        if not is_new:
            self.run.reading |= self._place(cleaned)
            table = receiving.table_of(self.run)
            receiving.guess_columns(self.run, table.header, table.records)
        self.run.save(update_fields=["reading", "mapping"])
        return is_new

    def _place(self, cleaned):
        """Return sheet and rows of the header; on another sheet the header is found anew."""
        if self._changes_sheet(cleaned):
            return {"sheet": cleaned["sheet"]}
        first = cleaned["first"]
        sheet = cleaned.get("sheet", self.table.sheet)
        return {"sheet": sheet, "first": first, "last": first + cleaned["is_double"]}

    def _changes_sheet(self, cleaned):
        return cleaned.get("sheet", self.at) != self.at

    def _ask_for_letters(self):
        readings = self.document.encoding.get("readings", ())
        if not readings:
            del self.fields["encoding"]
            return
        self.fields["encoding"].choices = [(one["name"], one["label"]) for one in readings]
        self.fields["encoding"].initial = self.document.encoding["name"]

    def _ask_for_sheet(self):
        if len(self.document.sheets) < 2:  # noqa: PLR2004, nothing to choose from
            del self.fields["sheet"]
            return
        self.fields["sheet"].choices = [
            (number, one["name"]) for number, one in enumerate(self.document.sheets)
        ]
        self.fields["sheet"].initial = self.at
