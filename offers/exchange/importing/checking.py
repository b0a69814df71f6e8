"""The dry run: what every row of a file would do, and why it cannot. Nothing is changed."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kekiz_portal.lib import telephone
from kekiz_portal.lib.batches import batched
from kekiz_portal.lib.tables.cells import NumberText
from offers.exchange.city.institutions import SHELTER
from offers.exchange.slugs import FreeSlugs
from offers.models import ImportRow, ImportRun
from offers.protection.protected_addresses import hidden, protected

from . import addresses, columns, entries, keeping, readings, receiving, unsaid_cells
from .mapping import COLUMNS, REQUIRED, Mapping
from .subjects import SUBJECTS

ROWS_A_BATCH = 500
TWINS = 3_000  # rows; for more there is no time to look for names that are nearly the same
NEW = "new"
NOT_KEPT = {"uuid", "stand"}  # say which entry a row is about, never change it
Outcome = ImportRow.Outcome


@dataclass(eq=False)
class Draft:
    """A row while it is looked at."""

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


def check(run, progress):
    """Read the file of a run and keep what each row would do.

    ``progress`` is called with the number of rows looked at. Raises ``TableError``.
    """
    table = receiving.table_of(run)
    known = SUBJECTS.get(run.kind)
    if known:
        checker = known.checker(run.kind, Mapping.from_json(run.mapping), table.header)
    else:
        checker = _Checker(run, table.header)
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
        run.notes, run.total, run.progress = table.notes, len(rows), len(rows)
        run.state, run.problem = ImportRun.State.CHECKED, ""
        run.save(update_fields=["notes", "total", "progress", "state", "problem"])


class _Checker:
    def __init__(self, run, header):
        kind = run.kind
        self.kind, self.mapping, self.header = kind, Mapping.from_json(run.mapping), header
        self.answers = run.answers
        self.model = entries.model_of(kind)
        self.columns = {one.key: one for one in COLUMNS[kind]() if one.can_be_imported}
        self.known = entries.Known(kind)
        self.book = addresses.AddressBook()
        self.slugs = FreeSlugs(self.model)
        self.addresses = protected()
        self.lines = {}  # what a row of this file is called -> its line
        self.looked_for_twins = 0

    def check(self, records):
        """Return the unsaved ``ImportRow`` of each record, in order."""
        drafts = [self._read(record) for record in records]
        for draft in drafts:
            if not draft.problems:
                self._identify(draft)
        self._compare(drafts)
        for draft in drafts:
            if not draft.problems and not draft.question:
                self._build(draft)
        self._ask_the_database(drafts)
        return [self._row(draft) for draft in drafts]

    # Reading

    def _read(self, record):
        draft = Draft(record.line)
        if record.problem:
            draft.problems.append(["", record.problem])
            return draft
        self._look_at_cells(draft, record.cells)
        texts, problems = self.mapping.texts(self.header, record.cells)
        for key, reason in problems:
            self._refuse(draft, key, [reason])
        if draft.problems:
            return draft
        for key, text in texts.items():
            self._read_cell(draft, key, text)
        self._settle_provider(draft)
        return draft

    def _look_at_cells(self, draft, cells):
        """Refuse or point at what Excel has made of a cell: it says nothing, or not this."""
        for name, cell in zip(self.header, cells, strict=True):
            key = self.mapping.columns.get(name)
            if not key or type(cell) in {str, NumberText}:
                continue
            if reason := unsaid_cells.reason(cell, self.columns.get(key)):
                draft.problems.append([name, reason])
            elif hint := unsaid_cells.hint(cell, self.columns.get(key)):
                draft.hints.append(f"{name}: {hint}")

    def _read_cell(self, draft, key, text):
        column = self.columns[key]
        if not text:
            never = {*NOT_KEPT, *addresses.KEYS, *REQUIRED[self.kind]}
            if self.mapping.empty_cells_clear and key not in never:
                draft.values[key] = column.blank
            return
        try:
            draft.values[key] = column.read_words(unsaid_cells.said(text), self._meanings(key))
        except ValidationError as error:
            if key == "provider" and error.code != columns.AMBIGUOUS:
                draft.values["provider_name"] = str(text)
                draft.hints.append(_("„%s“ hat hier keine Seite; der Name steht als Text.") % text)
            else:
                self._refuse(draft, key, error.messages)
            return
        if key == "phone":
            self._doubt_phone(draft, text)

    def _meanings(self, key):
        """Return what the words of a column are called here, and what all others are."""
        return self.mapping.values.get(key, {}), self.mapping.others.get(key, "")

    def _doubt_phone(self, draft, text):
        """Say what Excel may have done to a telephone number."""
        if readings.lost_a_zero(str(text)):
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

    # Finding

    def _identify(self, draft):
        if draft.values.get("external_id") and not draft.values.get("source"):
            draft.values["source"] = ""
        self._match(draft)
        if draft.target is None and draft.values.get("uuid"):
            self._refuse(draft, "uuid", [_("Diese Kennung gibt es im Portal nicht.")])
        self._refuse_twice(draft)

    def _match(self, draft):
        """Find the entry a row is about; where that is in doubt, a person has said or will say."""
        match = self.known.find(draft.values)
        if match.target:
            draft.target = match.target
            self._refuse_another_key(draft)
            return
        draft.candidates = list(match.candidates) or self._likely_twins(draft)
        answer = self.answers.get(str(draft.line))
        if answer in draft.candidates:
            draft.target = answer
        elif answer != NEW and match.is_question:
            draft.question = match.why

    def _refuse_another_key(self, draft):
        """An entry keeps the key of the list it came with."""
        theirs = self.known.origins.get(draft.target)
        ours = (draft.values.get("source", ""), draft.values.get("external_id"))
        if theirs and ours[1] and not draft.values.get("uuid") and theirs != ours:
            name = draft.values.get("title") or draft.values.get("name")
            reason = _("„%s“ gibt es schon, mit einer anderen Kennung.") % name
            self._refuse(draft, "external_id", [reason])

    def _likely_twins(self, draft):
        is_named = draft.values.get("title") or draft.values.get("name")
        self.looked_for_twins += 1
        return self.known.alike(draft.values) if is_named and self.looked_for_twins < TWINS else []

    def _refuse_twice(self, draft):
        keys = self.known.keys(draft.values)
        if draft.target:
            keys.append(("target", draft.target))
        for how, key in keys:
            if (how, key) in self.lines:
                line = self.lines[how, key]
                reason = _("Derselbe Eintrag steht schon in Zeile %d.") % line
                draft.problems.append(["", reason])
                return
        if not draft.problems:
            self.lines |= dict.fromkeys(keys, draft.line)

    # Comparing

    def _compare(self, drafts):
        about = [draft.target for draft in drafts if draft.target and not draft.problems]
        queryset = self.model.objects.filter(pk__in=about)
        found = {entry.pk: entry for entry in entries.with_columns(queryset)}
        imported = _last_imported(self.kind, about)
        touched = _touched_by_people(self.model, about)
        for draft in drafts:
            if draft.target in found and not draft.problems:
                draft.entry = found[draft.target]
        for draft in drafts:
            if not draft.problems:
                self._settle_address(draft)
            if draft.entry is not None and not draft.problems:
                before = imported.get(draft.target, {})
                self._compare_one(draft, before, draft.target in touched)

    def _settle_address(self, draft):
        """Let a row say of its address what will be kept of it, no more and no less."""
        wanted = {key: draft.values[key] for key in addresses.KEYS if draft.values.get(key)}
        if not wanted:
            return
        if reason := self._why_no_address(draft, wanted):
            if draft.question:
                self._refuse(draft, next(iter(wanted)), [reason])
            return
        is_new, district_of = draft.entry is None, self.columns["district"].pk
        location = addresses.place(draft.entry, wanted, self.book, district_of, is_new=is_new)
        if location is None:
            for key in wanted:
                del draft.values[key]
            draft.hints.append(
                _("Postleitzahl und Stadt ohne Straße sind kein Ort; sie bleiben weg.")
            )
            return
        for key, kept in addresses.shown(location).items():
            if wanted.get(key, "") not in ("", kept):
                names = {"what": self.columns[key].label, "kept": kept or "–"}
                draft.hints.append(
                    _("%(what)s: An dieser Anschrift steht hier schon „%(kept)s“.") % names
                )
            if key in wanted or kept:
                draft.values[key] = kept

    def _compare_one(self, draft, imported, touched):
        saw_all = self._saw_all(draft)
        for key, value in draft.values.items():
            if key in NOT_KEPT:
                continue
            current = self.columns[key].plain(draft.entry)
            if current == value:
                continue
            edited = current != imported[key] if key in imported else touched and bool(current)
            kept = draft.protected if edited and not saw_all else draft.changes
            kept[key] = [current, value]

    def _saw_all(self, draft):
        """Whether the file was exported from here after the entry last changed."""
        stand = draft.values.get("uuid") and draft.values.get("stand")
        return bool(stand) and stand >= self.columns["stand"].plain(draft.entry)

    # Building

    def _build(self, draft):
        """Set the values on the entry and let the model check them."""
        if draft.entry is None:
            missing = [key for key in REQUIRED[self.kind] if not draft.values.get(key)]
            for key in missing:
                self._refuse(draft, key, [_("Für einen neuen Eintrag fehlt diese Angabe.")])
            if missing:
                return
            draft.entry = new_entry(self.model, draft.values, self.slugs)
            values = draft.values
        else:
            values = {key: pair[1] for key, pair in draft.changes.items()}
        put(draft.entry, values, self.columns)
        self._check_address(draft, values)
        self._validate(draft, values)

    def _validate(self, draft, values):
        if getattr(draft.entry, "ages_are_reversed", False):
            self._refuse(draft, "age_to", [_("Das Alter „bis“ liegt vor dem Alter „von“.")])
        plain = {key for key in values if type(self.columns[key]).checks_field}
        others = {field_.name for field_ in self.model._meta.fields} - plain  # noqa: SLF001
        try:
            draft.entry.clean_fields(exclude=others)
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                self._refuse(draft, key, messages)

    def _check_address(self, draft, values):
        wanted = {key: values[key] for key in addresses.KEYS if values.get(key)}
        if wanted and (reason := self._why_no_address(draft, wanted)):
            self._refuse(draft, next(iter(wanted)), [reason])
        for key, reasons in addresses.too_long(wanted).items():
            self._refuse(draft, key, reasons)

    def _why_no_address(self, draft, wanted):
        """Return why an entry takes no address from a file, "" if it does."""
        kind = draft.values.get("kind") or getattr(draft.entry, "kind_id", None)
        is_known = draft.entry is not None and draft.target
        if kind in self._shelters or (is_known and addresses.has_protected_place(draft.entry)):
            return _("Die Adresse ist geschützt und wird nie aus einer Datei übernommen.")
        is_one = not (is_known and len(addresses.places_of(draft.entry)) > 1)
        if addresses.is_several(wanted) or not is_one:
            return _("Der Eintrag hat mehrere Orte. Ändern Sie die Adresse bitte im Formular.")
        return ""

    @property
    def _shelters(self):
        column = self.columns.get("kind")
        return {column.known.get(SHELTER)} - {None} if column else set()

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
                change.row.problems.append(["", change.refused])

    # Telling

    def _refuse(self, draft, key, reasons):
        header = self.mapping.header_of(key)
        label = header or str(self.columns[key].label)
        draft.problems += [[label, str(reason)] for reason in reasons]

    def _row(self, draft):
        name = draft.values.get("title") or draft.values.get("name") or ""
        if not name and draft.entry:
            name = entries.name_of(draft.entry)
        refused = bool(draft.problems)
        if draft.question and not refused:
            draft.hints.insert(0, draft.question)
        return ImportRow(
            candidates=draft.candidates,
            line=draft.line,
            outcome=_outcome(draft),
            name=str(name)[:200],
            target=draft.target,
            values=self._kept_values(draft),
            changes={} if refused else draft.changes,
            protected={} if refused else draft.protected,
            problems=draft.problems,
            hints=draft.hints,
        )

    def _kept_values(self, draft):
        """Return the values read; of a refused row without any that names a protected address."""
        kept = {key: draft.values[key] for key in draft.values if key not in NOT_KEPT}
        if not (draft.problems and self.addresses):
            return kept
        return {
            key: hidden(value, self.addresses) if isinstance(value, str) else value
            for key, value in kept.items()
        }


def _outcome(draft):
    if draft.problems:
        return Outcome.REFUSED
    if draft.question:
        return Outcome.QUESTION
    if not draft.target:
        return Outcome.CREATED
    if draft.changes:
        return Outcome.CHANGED
    return Outcome.PROTECTED if draft.protected else Outcome.UNCHANGED


def new_entry(model, values, slugs):
    return model(slug=slugs.take(values.get("title") or values.get("name")))


def put(entry, values, columns):
    """Set plain values on an entry."""
    for key, value in values.items():
        if key not in NOT_KEPT:
            columns[key].put(entry, value)


def _last_imported(kind, targets):
    """Return what the last import said about each entry, by column."""
    found = {}
    rows = ImportRow.objects.of_kind_done(kind).filter(target__in=targets)
    for target, values in rows.exclude(outcome=Outcome.REFUSED).values_list("target", "values"):
        found.setdefault(target, {}).update(values)
    return found


def _touched_by_people(model, targets):
    """Return the entries that somebody has saved by hand, ever."""
    rows = model.history.filter(id__in=targets, history_user__isnull=False)
    by_hand = rows.exclude(history_change_reason__startswith="Import „")
    return set(by_hand.values_list("id", flat=True).distinct())
