"""Lists of kinds that a floor above brings: looked at, taken over, taken back, row after row."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from offers.models import ImportRow

from .checking import ROWS_A_BATCH
from .drafts import Draft, RowReader
from .entries import MODELS
from .mapping import COLUMNS

Outcome = ImportRow.Outcome
KEPT = ["outcome", "target", "changes", "protected", "problems", "hints", "is_applied"]


class Checker(RowReader):
    """Looks at each row by itself; what it would do its heirs ``plan``."""

    def drafts(self, records):
        """Return the ``Draft`` of each record."""
        return [self._looked_at(record) for record in records]

    def _looked_at(self, record):
        draft = Draft(record.line)
        texts = self.texts(draft, record)
        if not draft.problems:
            self.read(draft, texts)
        if not draft.problems:
            self.plan(draft)
        return draft

    def read(self, draft, texts):
        """Set the values of a draft, and refuse what means nothing here."""
        for key, text in texts.items():
            if not text.strip():
                continue
            try:
                draft.values[key] = self.columns[key].read_words(text, self.mapping.meanings(key))
            except ValidationError as error:
                self.refuse(draft, key, error.messages)


class Work:
    """Applies rows, each wholly or not at all."""

    fields = None  # the keys of the columns to set; ``None`` for all

    def __init__(self, run, reason):
        self.run, self.reason, self.count = run, reason, 0
        self.model = MODELS[run.kind]
        self.columns = {
            one.key: one for one in COLUMNS[run.kind]() if not self.fields or one.key in self.fields
        }
        self.secret_lines = set()

    def apply(self, rows):
        for row in rows:
            try:
                with transaction.atomic():
                    self.apply_one(row)
            except (ValidationError, IntegrityError) as error:
                self.refuse(row, getattr(error, "messages", [_("Das nimmt die Datenbank nicht.")]))
        ImportRow.objects.bulk_update(rows, KEPT, batch_size=ROWS_A_BATCH)
        self.count += len(rows)

    def locked(self, row):
        """Return the entry of a row, held until all is written; ``None`` if it is gone."""
        return self.model.objects.select_for_update(of=["self"]).filter(pk=row.target).first()

    def put(self, entry, values):
        for key, value in values.items():
            if key in self.columns:
                self.columns[key].put(entry, value)

    def write(self, row, entry):  # noqa: ARG002, for heirs that set more of a row
        """Keep an entry on which values were set."""
        entry.full_clean()
        entry.save()


class Commit(Work):
    step = "commit"
    gone = ""  # what to say where there is no entry any more

    def new(self, row):
        """Return the new entry of a row."""
        raise NotImplementedError

    def refuse(self, row, reasons):
        row.outcome, row.is_applied = Outcome.REFUSED, False
        row.problems = [["", words] for words in reasons]

    def apply_one(self, row):
        if row.outcome == Outcome.CREATED:
            entry, values = self.new(row), row.values
        else:
            entry = self.locked(row)
            if entry is None:
                raise ValidationError(self.gone)
            keep_edits(row, entry, self.columns)
            values = {key: new for key, (_old, new) in row.changes.items()}
        if values:
            self.put(entry, values)
            self.write(row, entry)
            row.target, row.is_applied = entry.pk, True


class Undo(Work):
    """Takes back rows, except where somebody has gone on editing since."""

    step = "undo"
    gone = ""

    def refuse(self, row, reasons):
        row.hints += reasons

    def apply_one(self, row):
        entry = self.locked(row)
        if entry is None:
            row.hints.append(str(self.gone))
            row.is_applied = False
        elif row.outcome != Outcome.CREATED:
            known = len(row.hints)
            self.put(entry, values_before(row, entry, self.columns))
            self.write(row, entry)
            row.is_applied = len(row.hints) > known  # something of it stays
        elif entry.history.exclude(history_change_reason=self.run.reason).exists():
            row.hints.append(_("Der Eintrag wurde seit dem Import geändert und bleibt."))
        else:
            self.remove(entry)
            row.is_applied = False

    def remove(self, entry):
        entry.delete()


def keep_edits(row, entry, columns):
    """Let a row change only what is as the dry run has shown it; what was edited since stays."""
    if row.overwrite:
        row.changes, row.protected = row.changes | row.protected, {}
    for key in [key for key in row.changes if key in columns]:
        old, new = row.changes[key]
        here = columns[key].plain(entry)
        if here != old:
            del row.changes[key]
            row.protected[key] = [here, new]
            words = _("%s wurde seit der Prüfung hier geändert und bleibt.")
            row.hints.append(words % columns[key].label)
    row.outcome = Outcome.CHANGED if row.changes else Outcome.PROTECTED


def values_before(row, entry, columns):
    """Return what columns held before the import, but for those that were edited since."""
    values = {}
    for key, (old, new) in row.changes.items():
        if key in columns and columns[key].plain(entry) == new:
            values[key] = old
        elif key in columns:
            words = _("%s wurde seit dem Import geändert und bleibt.")
            row.hints.append(words % columns[key].label)
    return values
