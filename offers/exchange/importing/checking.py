"""The dry run: what every row of a file would do, and why it cannot. Nothing is changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from kekiz_portal.lib.batches import batched
from kekiz_portal.lib.tables.cells import NumberText
from kekiz_portal.lib.tables.readings import lost_a_zero
from offers.exchange.columns.addresses import KEYS
from offers.exchange.columns.terms import AMBIGUOUS
from offers.exchange.slugs import FreeSlugs
from offers.models import ImportRow, ImportRun
from offers.protection.protected_addresses import protected

from . import entries, keeping, receiving, unsaid_cells
from .addresses import OneAddress
from .comparing import NOT_KEPT, Comparer
from .drafts import Draft, RowReader
from .identifying import Identifier
from .mapping import REQUIRED, Mapping
from .subjects import SUBJECTS

ROWS_A_BATCH = 500
CHECKED = ["notes", "total", "progress", "state", "problem"]


def check(run, progress):
    """Read the file of a run and keep what each row would do.

    ``progress`` is called with the number of rows looked at. Raises ``TableError``.
    """
    table = receiving.table_of(run)
    mapping = Mapping.from_json(run.mapping)
    if known := SUBJECTS.get(run.kind):
        checker = known.checker(run.kind, mapping, table.header)
    else:
        checker = Checker(run.kind, mapping, table.header, run.answers)
    rows = []
    for records in batched(table.records, ROWS_A_BATCH):
        rows += checker.check(records)
        progress(len(rows))
    with transaction.atomic():
        ticked = dict(run.rows.filter(overwrite=True).values_list("line", "protected"))
        run.rows.all().delete()
        for row in rows:
            row.run = run
            row.overwrite = bool(row.protected) and ticked.get(row.line) == row.protected
        ImportRow.objects.bulk_create(rows, batch_size=1000)
        run.notes = [*table.notes, *mapping.left_out(table.header)]
        run.total = run.progress = len(rows)
        run.state, run.problem = ImportRun.State.CHECKED, ""
        receiving.hide(run, checker.secret_lines)
        run.save(update_fields=[*receiving.KEPT, *CHECKED])


class Checker(RowReader):
    """Looks at the rows of one file, batch after batch, as a list from outside says them."""

    def __init__(self, kind, mapping, header, answers=()):
        super().__init__(kind, mapping, header)
        self.model = entries.MODELS[kind]
        self.named_by = REQUIRED[kind][:1]
        self.known = entries.Known(kind)
        self.identifier = Identifier(self.known, dict(answers), self.label)
        self.address = OneAddress(self.columns, self.refuse)
        self.slugs = FreeSlugs(self.model)
        self.addresses = protected()

    def takes(self, column):
        return column.can_be_imported

    def drafts(self, records):
        """Return the ``Draft`` of each record."""
        drafts = self.looked_at(records)
        self._ask_the_database(drafts)
        return drafts

    def looked_at(self, records):
        """Return the ``Draft`` of each record as far as it can be told without trying."""
        drafts = [self._read(record) for record in records]
        for draft in drafts:
            if not draft.problems:
                self.identify(draft)
        self._compare(drafts)
        for draft in drafts:
            if not draft.problems and not draft.question:
                self._build(draft)
        return drafts

    # Reading

    def _read(self, record):
        draft = Draft(record.line)
        texts = self.texts(draft, record)
        for key, text in texts.items():
            if text:
                self._read_cell(draft, key, text)
            elif self.empty_clears(key):
                draft.values[key] = self.columns[key].blank
        self._settle_provider(draft)
        return draft

    def empty_clears(self, key):
        """Whether an empty cell clears what is here."""
        never = {*NOT_KEPT, *KEYS, *REQUIRED[self.kind]}
        return self.mapping.empty_cells_clear and key not in never

    def _read_cell(self, draft, key, text):
        column = self.columns[key]
        try:
            draft.values[key] = column.read_words(
                unsaid_cells.said(text), self.mapping.meanings(key)
            )
        except ValidationError as error:
            self.not_read(draft, key, text, error)
            return
        if key == "phone":
            self._doubt_phone(draft, text)

    def not_read(self, draft, key, text, error):
        """Refuse a cell that cannot be read; a provider without a page here is named in words."""
        if key == "provider" and error.code != AMBIGUOUS:
            draft.values["provider_name"] = str(text)
            draft.hints.append(_("„%s“ hat hier keine Seite; der Name steht als Text.") % text)
        else:
            self.refuse(draft, key, error.messages)

    def _doubt_phone(self, draft, text):
        """Say what Excel may have done to a telephone number."""
        if lost_a_zero(str(text)):
            draft.hints.append(_("Telefon: Excel hat die führende Null entfernt; sie ist ergänzt."))
        elif (found := telephone.read(str(text))) and found.is_local:
            draft.hints.append(_("Telefon: ohne Vorwahl; ergänzt ist die der Stadt. Stimmt sie?"))
        elif isinstance(text, NumberText):
            draft.hints.append(_("Telefon: steht in der Datei als Zahl. Fehlt vorn eine Null?"))

    def _settle_provider(self, draft):
        """Either an institution or a name; the one that a row gives replaces the other."""
        if draft.values.get("provider"):
            draft.values["provider_name"] = ""
        elif draft.values.get("provider_name"):
            draft.values["provider"] = None

    # Finding and comparing

    def identify(self, draft):
        self.identifier.identify(draft)

    def with_columns(self, queryset):
        """Load with entries all that the columns of such a list read."""
        return entries.with_columns(queryset)

    def _compare(self, drafts):
        about = [draft.target for draft in drafts if draft.target and not draft.problems]
        queryset = self.model.objects.filter(pk__in=about)
        found = {entry.pk: entry for entry in self.with_columns(queryset)}
        comparer = self.comparer(about)
        for draft in drafts:
            if draft.target in found and not draft.problems:
                draft.entry = found[draft.target]
        for draft in drafts:
            if not draft.problems:
                self.settle_address(draft)
            if draft.entry is not None and not draft.problems:
                comparer.compare(draft)

    def comparer(self, targets):
        return Comparer(self.kind, self.model, self.columns, targets)

    def settle_address(self, draft):
        """Let a row say of its address what will be kept of it, no more and no less."""
        self.address.settle(draft)

    # Building

    def _build(self, draft):
        """Set the values on the entry and let the model check them."""
        if draft.entry is None:
            missing = [key for key in REQUIRED[self.kind] if not draft.values.get(key)]
            for key in missing:
                self.refuse(draft, key, [_("Für einen neuen Eintrag fehlt diese Angabe.")])
            if missing:
                return
            draft.entry = self.new_entry(draft.values)
            values = draft.values
        else:
            values = {key: pair[1] for key, pair in draft.changes.items()}
        put(draft.entry, values, self.columns)
        self.check_places(draft, values)
        self._validate(draft, values)

    def new_entry(self, values):
        return new_entry(self.model, values, self.slugs)

    def _validate(self, draft, values):
        if getattr(draft.entry, "ages_are_reversed", False):
            self.refuse(draft, "age_to", [_("Das Alter „bis“ liegt vor dem Alter „von“.")])
        plain = {key for key in values if type(self.columns[key]).checks_field}
        others = {field_.name for field_ in self.model._meta.fields} - plain  # noqa: SLF001
        try:
            draft.entry.clean_fields(exclude=others)
        except ValidationError as error:
            self.refuse_invalid(draft, error)

    def check_places(self, draft, values):
        """Refuse an address that the entry does not take from such a list."""
        self.address.check(draft, values)

    def _ask_the_database(self, drafts):
        changes = []
        for draft in drafts:
            values = draft.values if not draft.target else draft.changes
            if not draft.problems and not draft.question and values:
                plain = {key: values[key] for key in values if key not in NOT_KEPT}
                changes.append(keeping.Change(draft.entry, plain, not draft.target, row=draft))
        keeping.rehearse(changes, self.columns)
        for change in changes:
            if change.refused:
                change.row.refuse("", [change.refused])
                change.row.is_secret |= change.is_secret

    # Telling

    def row(self, draft):
        """Return the unsaved ``ImportRow`` of a draft."""
        name = draft.values.get("title") or draft.values.get("name") or draft.entry
        if draft.question and not draft.problems:
            draft.hints.insert(0, draft.question)
        return draft.as_row(name, self._kept_values(draft))

    def _kept_values(self, draft):
        """Return the values read; of a refused row without any that names a protected address."""
        kept = {key: draft.values[key] for key in draft.values if key not in NOT_KEPT}
        if draft.is_secret:
            return receiving.without_secrets(kept)
        return receiving.hidden_in(kept, self.addresses) if draft.problems else kept


def new_entry(model, values, slugs):
    return model(slug=slugs.take(values.get("title") or values.get("name")))


def put(entry, values, columns):
    """Set plain values on an entry."""
    for key, value in values.items():
        if key not in NOT_KEPT:
            columns[key].put(entry, value)
