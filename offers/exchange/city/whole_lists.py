"""Load a list that the portal's own export wrote: institutions or offers, each row a whole entry.

The same rule as for every file of a city: what was loaded once and stands unchanged in the file is
left alone, and so is every entry that people have worked on here.
"""

from contextlib import nullcontext

from django.db.models import Q
from django.utils.translation import gettext as _

from kekiz_portal.lib.batches import batched
from kekiz_portal.lib.history.recording import edit, unrecorded
from kekiz_portal.lib.tables.errors import TableError
from offers.exchange.importing import entries, keeping
from offers.exchange.importing.checking import ROWS_A_BATCH
from offers.exchange.importing.committing import let_no_rule_wait
from offers.exchange.importing.mapping import COLUMNS, REQUIRED, Mapping
from offers.models import Institution, LoadedRow, Offer, OfferPlace, Schedule
from offers.protection.protected_addresses import looked_up_once
from offers.search.index.indexing import in_bulk

from . import rows
from .loading import checksum_of, remember
from .report import FileReport, Outcome
from .rows import Problem
from .whole_rows import WholeRows

KEY_LENGTH = LoadedRow._meta.get_field("key").max_length  # noqa: SLF001, Django's own public API


class WholeList:
    """A file of ``kind``."""

    def __init__(self, kind):
        self.kind, self.file = kind, f"{kind}.csv"

    def load(self, folder, progress=None):
        """Load the file from a folder; returns its ``FileReport``.

        A row is taken or refused for itself, the file as a whole or, cut short, not at all.
        """
        self.report, self.progress = FileReport(self.file), progress or (lambda _file: None)
        try:
            table = rows.table(folder / self.file)
            self.mapping = self._mapping(table.header)
        except TableError as error:
            self.report.refuse([Problem(self.file, 0, "", str(error))])
            return self.report
        self.header = table.header
        with looked_up_once(), in_bulk(), edit(reason=self.file):
            let_no_rule_wait()
            records = self._news(table.records)
            while records:
                records = self._take(records)
        return self.report

    def _mapping(self, header):
        """Return what the columns mean, which are called as an export calls them."""
        columns = COLUMNS[self.kind]()
        known = {str(one.label): one for one in columns}
        if strange := [name for name in header if name not in known]:
            raise TableError(_("Die Spalte „%s“ ist nicht bekannt.") % strange[0])
        missing = [one for one in columns if one.key in REQUIRED[self.kind]]
        if missing := [one for one in missing if str(one.label) not in header]:
            raise TableError(_("Die Spalte „%s“ fehlt.") % missing[0].label)
        taken = {
            name: known[name].key
            for name in header
            if known[name].can_be_imported or known[name].comes_whole
        }
        return Mapping(columns=taken)

    def _news(self, records):
        """Return the records that are not as they were when they were loaded."""
        known = dict(LoadedRow.objects.filter(file=self.file).values_list("key", "checksum"))
        there = WholeRows(self.kind, self.mapping, self.header).known
        news = []
        for record in records:
            self.progress(self.file)
            identifiers = there.identifiers(self._texts(record))
            is_there = there.identified(identifiers) is not None
            if is_there and known.get(self._key(record)) == self._checksum(record):
                self.report.add(record.line, self._name(record), Outcome.UNCHANGED)
            else:
                news.append(record)
        return news

    def _take(self, records):
        """Load records; returns those that wait for others of them, which they belong to."""
        whole = WholeRows(self.kind, self.mapping, self.header)
        waiting = [one for one in records if self._waits(one, whole)]
        if len(waiting) == len(records):
            waiting = []  # for what does not come
        lines = {one.line for one in waiting}
        for batch in batched((one for one in records if one.line not in lines), ROWS_A_BATCH):
            self._keep(whole, batch)
        return waiting

    def _waits(self, record, whole):
        """Whether an institution belongs to one that is not here yet."""
        column = whole.columns.get("parent")
        text = self._texts(record).get("parent", "")
        return bool(column and text) and not column.is_known(text)

    def _keep(self, whole, records):
        drafts = whole.looked_at(records)
        edited = _edited(whole.model, [draft.target for draft in drafts if draft.target])
        changes = [
            whole.change(draft)
            for draft in drafts
            if not draft.problems
            and draft.target not in edited
            and (draft.changes or not draft.target)
        ]
        for is_new in (True, False):
            with unrecorded() if is_new else nullcontext():
                some = [change for change in changes if change.is_new == is_new]
                keeping.keep(some, whole.columns, by=None, reason=self.file)
        for change in changes:
            if change.refused:
                change.row.refuse("", [change.refused])
        self._note(drafts, records, edited)

    def _note(self, drafts, records, edited):
        """Report what became of rows, and remember those that were taken or kept off."""
        loaded = []
        for draft, record in zip(drafts, records, strict=True):
            if draft.problems:
                self.report.refuse(
                    [Problem(self.file, record.line, where, why) for where, why in draft.problems]
                )
                continue
            self.report.add(record.line, self._name(record), _outcome(draft, edited))
            row = LoadedRow(file=self.file, key=self._key(record), checksum=self._checksum(record))
            loaded.append(row)
        remember(loaded)

    def _texts(self, record):
        """Return the cells of a record by the key of their column."""
        keys = (self.mapping.columns.get(name, "") for name in self.header)
        return dict(zip(keys, map(str, record.cells), strict=False))

    def _key(self, record):
        """Return what a row is remembered by: what no other row of the file is called."""
        texts = self._texts(record)
        return texts.get("uuid") or f"{texts.get('external_id')} {texts.get('source')}"[:KEY_LENGTH]

    def _name(self, record):
        """Return what people call a row: by its number where it comes from, else by its name."""
        texts = self._texts(record)
        return texts.get("external_id") or texts.get("title") or texts.get("name")

    def _checksum(self, record):
        return checksum_of([self.header, record.cells])


def _outcome(draft, edited):
    if draft.target in edited and draft.changes:
        return Outcome.KEPT
    if not draft.target:
        return Outcome.CREATED
    return Outcome.CHANGED if draft.changes else Outcome.UNCHANGED


def _edited(model, targets):
    """Return those of some entries that people have worked on, or confirmed, here."""
    by_people = Q(history_user__isnull=False)
    found = entries.worked_on(model, targets, by_people)
    if model is Institution:
        return found
    confirmed = Offer.objects.filter(pk__in=targets, confirmed_at__isnull=False)
    found.update(confirmed.values_list("pk", flat=True))
    places = OfferPlace.history.filter(offer__in=targets)
    schedules = Schedule.history.filter(by_people, place__in=places.values("id"))
    of_schedules = places.filter(id__in=schedules.values("place")).values_list("offer", flat=True)
    found.update(of_schedules)
    return found
