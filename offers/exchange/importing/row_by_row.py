"""Lists of kinds that a floor above brings: taken over and taken back, one row after the other."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from offers.models import ImportRow

from .checking import ROWS_A_BATCH

Outcome = ImportRow.Outcome
KEPT = ["outcome", "target", "changes", "protected", "problems", "hints", "is_applied"]


class Work:
    """Applies rows, each wholly or not at all; how one is applied, or refused, its heirs say.

    ``model`` is what the rows are about, ``columns`` are those of their list, by key.
    """

    def __init__(self, run, model, columns):
        self.run, self.count, self.model = run, 0, model
        self.columns = {one.key: one for one in columns}
        self.secret_lines = set()  # such lists hold no protected place

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
            self.columns[key].put(entry, value)


class Commit(Work):
    step = "commit"

    def refuse(self, row, reasons):
        row.outcome, row.is_applied = Outcome.REFUSED, False
        row.problems = [["", words] for words in reasons]


class Undo(Work):
    """Takes back rows, except where somebody has gone on editing since."""

    step = "undo"
    gone = ""  # what to say where there is no entry any more

    def refuse(self, row, reasons):
        row.hints += reasons

    def apply_one(self, row):
        entry = self.locked(row)
        if entry is None:
            row.hints.append(str(self.gone))
            row.is_applied = False
        elif row.outcome != Outcome.CREATED:
            self.give_back(row, entry)
        elif entry.history.exclude(history_change_reason=self.run.reason).exists():
            row.hints.append(_("Der Eintrag wurde seit dem Import geändert und bleibt."))
        else:
            self.remove(entry)
            row.is_applied = False


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
