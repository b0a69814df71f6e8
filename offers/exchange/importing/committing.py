"""Take over what a dry run has shown, in one transaction; and take it back."""

from django.db import connection, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kekiz_portal.lib.batches import batched
from kekiz_portal.lib.history.recording import edit
from offers.exchange.columns.addresses import KEYS, places_of
from offers.exchange.slugs import FreeSlugs
from offers.models import ImportRow, ImportRun
from offers.search.index.indexing import in_bulk

from . import addresses, entries, keeping, placing, receiving, refused_rows, row_by_row
from .checking import ROWS_A_BATCH, new_entry, put
from .row_by_row import keep_edits, values_before
from .subjects import SUBJECTS

Outcome = ImportRow.Outcome
KEPT = ["outcome", "target", "values", "changes", "protected", "problems", "hints", "is_applied"]


def commit(run, progress):
    """Apply all rows of a checked run: every one of them, or none if this is cut short."""
    with in_bulk(), edit(by=run.by, reason=run.reason):
        work = _applied(run, "commit", run.reason, run.rows.to_apply(), progress)
        run.state, run.done_at = ImportRun.State.DONE, timezone.now()
        run.file, run.progress = None, work.count
        receiving.hide(run, work.secret_lines)
        receiving.forget_all_but(run, refused_rows.lines(run))
        run.save(update_fields=["state", "done_at", "file", "content", "reading", "progress"])


def undo(run, progress):
    """Take back what a run changed, except where somebody has gone on editing since."""
    reason = _("Import rückgängig: %s") % run.file_name
    with in_bulk(), edit(by=run.by, reason=reason):
        rows = run.rows.filter(is_applied=True).order_by("-line")
        work = _applied(run, "undo", reason, rows, progress)
        run.state, run.progress = ImportRun.State.UNDONE, work.count
        run.save(update_fields=["state", "progress"])


def _applied(run, step, reason, rows, progress):
    """Apply rows of a run; returns the work that did it."""
    let_no_rule_wait()
    known = SUBJECTS.get(run.kind)
    work = (getattr(known, step) if known else STEPS[step])(run, reason)
    for some in batched(rows.iterator(ROWS_A_BATCH), ROWS_A_BATCH):
        work.apply(some)
        progress(work.count)
    if known:
        known.applied(work)
    return work


def let_no_rule_wait():
    """A row that breaks a rule shall fail by itself, not the whole import at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class _Work(row_by_row.Work):
    """Applies many rows at once."""

    def __init__(self, run, reason):
        super().__init__(run, reason)
        self.book = addresses.AddressBook()

    def all_locked(self, rows):
        """Return the entries of some rows, locked until all is written."""
        targets = [row.target for row in rows if row.target]
        queryset = self.model.objects.filter(pk__in=targets)
        found = entries.with_columns(queryset.select_for_update(of=["self"]).order_by("pk"))
        return {entry.pk: entry for entry in found}

    def change(self, row, entry, values, *, is_new):
        """Set values on an entry and return the ``Change`` to write."""
        put(entry, values, self.columns)
        location = None
        if any(key in values for key in KEYS):
            district_of = self.columns["district"].pk
            location = addresses.place(entry, values, self.book, district_of, is_new=is_new)
        return keeping.Change(entry, values, is_new, row=row, location=location)


class _Commit(_Work):
    @cached_property
    def slugs(self):
        return FreeSlugs(self.model)

    def apply(self, rows):
        found = self.all_locked(rows)
        changes = [change for row in rows if (change := self._planned(row, found))]
        keeping.keep(changes, self.columns, by=self.run.by, reason=self.reason)
        for change in changes:
            if change.refused:
                change.row.outcome = Outcome.REFUSED
                if change.is_secret:
                    self._forget(change.row)
                change.row.problems = [["", change.refused]]
            else:
                change.row.target, change.row.is_applied = change.entry.pk, True
        self._note(rows)
        self.count += len(rows)

    def _forget(self, row):
        """Keep nothing of a row by which a protected place could be found."""
        self.secret_lines.add(row.line)
        row.values = receiving.without_secrets(row.values)
        row.changes = row.protected = {}

    def _note(self, rows):
        """Keep what became of the rows; most went as shown, which is one short statement."""
        as_shown = [row for row in rows if row.is_applied and not row.hints and not row.overwrite]
        new = [row for row in as_shown if row.outcome == Outcome.CREATED]
        old = [row.pk for row in as_shown if row.outcome == Outcome.CHANGED]
        shown = {row.pk for row in as_shown}
        others = [row for row in rows if row.pk not in shown]
        ImportRow.objects.filter(pk__in=old).update(is_applied=True)
        ImportRow.objects.bulk_update(new, ["target", "is_applied"], batch_size=ROWS_A_BATCH)
        ImportRow.objects.bulk_update(others, KEPT, batch_size=ROWS_A_BATCH)

    def _planned(self, row, found):
        if row.outcome == Outcome.CREATED:
            entry = new_entry(self.model, row.values, self.slugs)
            return self.change(row, entry, row.values, is_new=True)
        entry = found.get(row.target)
        if entry is None:
            row.outcome = Outcome.REFUSED
            row.problems = [["", _("Den Eintrag gibt es seit der Prüfung nicht mehr.")]]
            return None
        keep_edits(row, entry, self.columns)
        self._keep_what_is_protected_since(row, entry)
        values = {key: new for key, (_old, new) in row.changes.items()}
        return self.change(row, entry, values, is_new=False) if values else None

    def _keep_what_is_protected_since(self, row, entry):
        """An entry that has got a protected place gets no other address beside it."""
        concerned = [key for key in row.changes if key in KEYS]
        if concerned and addresses.has_protected_place(entry):
            for key in concerned:
                del row.changes[key]
            row.hints.append(_("Die Adresse ist jetzt geschützt und bleibt."))
        if not row.changes:
            row.outcome = Outcome.PROTECTED


class _Undo(_Work):
    def apply(self, rows):
        found = self.all_locked(rows)
        self._take_back([row for row in rows if row.outcome == Outcome.CHANGED], found)
        self._remove([row for row in rows if row.outcome == Outcome.CREATED], found)
        taken_back = [row.pk for row in rows if not row.is_applied and not row.hints]
        ImportRow.objects.filter(pk__in=taken_back).update(is_applied=False)
        others = [row for row in rows if row.is_applied or row.hints]
        ImportRow.objects.bulk_update(others, ["hints", "is_applied"], batch_size=ROWS_A_BATCH)
        self.count += len(rows)

    def _take_back(self, rows, found):
        changes = []
        for row in rows:
            entry = found.get(row.target)
            if entry is None:
                row.hints.append(_("Den Eintrag gibt es nicht mehr."))
                row.is_applied = False
                continue
            if values := values_before(row, entry, self.columns):
                changes.append(self.change(row, entry, values, is_new=False))
        keeping.keep(changes, self.columns, by=self.run.by, reason=self.reason)
        for change in changes:
            if change.refused:
                change.row.hints.append(change.refused)
            else:
                change.row.is_applied = len(change.values) < len(change.row.changes)

    def _remove(self, rows, found):
        """Delete what the import made, unless it has become more than that."""
        targets = [row.target for row in rows]
        since = ~Q(history_change_reason=self.run.reason)
        edited = entries.worked_on(self.model, targets, since)
        before = []
        for row in rows:
            entry = found.get(row.target)
            if entry is None:
                row.hints.append(_("Den Eintrag gibt es nicht mehr."))
                row.is_applied = False
            elif row.target in edited:
                row.hints.append(_("Der Eintrag wurde seit dem Import geändert und bleibt."))
            else:
                before += places_of(entry)
                self._delete(row, entry)
        placing.drop_unused(before)

    def _delete(self, row, entry):
        try:
            with transaction.atomic():
                entry.delete()
        except ProtectedError:
            row.hints.append(_("Der Eintrag wird schon gebraucht und bleibt."))
        else:
            row.is_applied = False


STEPS = {"commit": _Commit, "undo": _Undo}
