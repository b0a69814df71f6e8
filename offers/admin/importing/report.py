"""What an import would do or has done, as a page shows it."""

from collections import Counter

from django.core.paginator import Paginator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.office import form_of
from offers.exchange.importing import entries
from offers.exchange.importing.identifying import NEW
from offers.exchange.importing.mapping import COLUMNS
from offers.exchange.importing.subjects import SUBJECTS
from offers.models import ImportRow, ImportRun

ROWS_A_PAGE = 50
TABS = {
    "created": _("neu"),
    "changed": _("geändert"),
    "protected": _("hier geändert"),
    "refused": _("abgelehnt"),
    "question": _("fragt nach"),
    "unchanged": _("unverändert"),
}
UNDONE_TABS = {"remaining": _("geblieben")} | TABS
EMPTY = "–"
LONGEST = 400


class Report:
    """The rows of a run, one kind of outcome at a time."""

    def __init__(self, run, parameters):
        self.run = run
        self.counts = Counter(run.rows.counts())
        self.kinds = UNDONE_TABS if run.state == ImportRun.State.UNDONE else TABS
        asked = parameters.get("zeilen", "")
        first = next((name for name in self.kinds if self.counts[name]), "unchanged")
        self.current = asked if asked in self.kinds else first
        self.page = Paginator(self._rows(), ROWS_A_PAGE).get_page(parameters.get("seite"))
        self.columns = {column.key: column for column in COLUMNS[run.kind]()}

    def _rows(self):
        if self.current == "protected":
            return self.run.rows.with_protected_values()
        if self.current == "remaining":
            return self.run.rows.remaining()
        return self.run.rows.filter(outcome=self.current)

    @property
    def tabs(self):
        """The kinds of outcomes: name, label and how many rows."""
        return [(name, label, self.counts[name]) for name, label in self.kinds.items()]

    @property
    def label(self):
        return self.kinds[self.current]

    @property
    def rows(self):
        candidates = {}
        if self.is_open and self.run.kind not in SUBJECTS:
            numbers = {pk for row in self.page for pk in row.candidates}
            known = entries.MODELS[self.run.kind].objects.filter(pk__in=numbers)
            candidates = {entry.pk: entry for entry in entries.with_columns(known)}
        return [RowView(row, self.columns, self.run, candidates) for row in self.page]

    @property
    def changed(self):
        overwritten = self.run.rows.filter(outcome=ImportRow.Outcome.PROTECTED, overwrite=True)
        return self.counts["changed"] + overwritten.count()

    @property
    def is_open(self):
        return self.run.state == ImportRun.State.CHECKED

    @property
    def can_overwrite(self):
        return self.current == "protected" and self.is_open

    @property
    def asks(self):
        return self.current == "question" and self.is_open

    @property
    def asks_for_all(self):
        """Whether one answer may serve all questions; about people each is one of its own."""
        return self.asks and self.run.kind not in SUBJECTS


class RowView:
    """One row with its values in words."""

    def __init__(self, row, columns, run, candidates):
        self.row, self.columns, self.run, self.known = row, columns, run, candidates

    @property
    def title(self):
        return self.row.name or _now("ohne Namen")

    @property
    def address(self):
        """Where the entry can be looked at, if there is one."""
        is_gone = self.run.state == ImportRun.State.UNDONE and not self.row.is_applied
        entry = entries.MODELS[self.run.kind](pk=self.row.target)
        return form_of(entry) if self.row.target and not is_gone else ""

    @property
    def choices(self):
        """What a row that asks may mean, as pairs of answer and words."""
        is_asking = self.row.outcome == ImportRow.Outcome.QUESTION
        known = SUBJECTS.get(self.run.kind)
        return known.choices(self.row) if known and is_asking else []

    @property
    def candidates(self):
        """Entries this row may be about: number, name, where, and whether somebody said so."""
        answer = self.run.answers.get(str(self.row.line))
        return [
            {
                "number": pk,
                "name": str(self.known[pk]),
                "where": self._where(self.known[pk]),
                "address": form_of(self.known[pk]),
                "is_chosen": answer == pk,
            }
            for pk in self.row.candidates
            if pk in self.known
        ]

    @property
    def is_another(self):
        return self.run.answers.get(str(self.row.line)) == NEW

    @property
    def asks(self):
        """Whether a person may or has to say which entry this is."""
        is_new = self.row.outcome in (ImportRow.Outcome.CREATED, ImportRow.Outcome.QUESTION)
        return bool(self.candidates) and (is_new or str(self.row.line) in self.run.answers)

    def _where(self, entry):
        keys = ("provider", "provider_name", "street", "postal_code", "city", "district")
        said = [
            self._words(key, self.columns[key].plain(entry)) for key in keys if key in self.columns
        ]
        return ", ".join(dict.fromkeys(one for one in said if one != EMPTY))

    @property
    def changes(self):
        return self._pairs(self.row.changes)

    @property
    def protected(self):
        return self._pairs(self.row.protected)

    @property
    def values(self):
        """What a new entry would hold."""
        if self.row.outcome not in (ImportRow.Outcome.CREATED, ImportRow.Outcome.QUESTION):
            return []
        return [
            (self.columns[key].label, self._words(key, value))
            for key, value in self.row.values.items()
            if value not in ("", [], None)
        ]

    def _pairs(self, changes):
        """Return label, old and new of each change, in words."""
        return [
            (self.columns[key].label, *(self._words(key, value) for value in pair))
            for key, pair in changes.items()
        ]

    def _words(self, key, plain):
        words = self.columns[key].words(plain)
        return (words if len(words) <= LONGEST else f"{words[:LONGEST]}…") or EMPTY
