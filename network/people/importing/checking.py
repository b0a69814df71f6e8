"""The dry run of a list of people: what each row would do, and why it cannot."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from network.models import Contact
from offers.exchange.importing import row_by_row
from offers.models import ImportRow
from offers.protection.protected_addresses import CODE

from . import cells, consent, people

Outcome = ImportRow.Outcome
REQUIRED = ("name", "institution")
FIELDS = (
    *("name", "role", "phone", "mobile", "email", "visibility"),
    *("consent_given_on", "consent_text", "since", "until"),
)


class Checker(row_by_row.Checker):
    named_by = ("name", "given_name", "family_name")

    def __init__(self, kind, mapping, header):
        super().__init__(kind, mapping, header)
        self.known = people.Known()
        self.first = {}  # who a row of this file is about -> its draft
        self.lines_again = set()  # of rows about whom an earlier one is

    def read(self, draft, texts):
        super().read(draft, texts)
        draft.hints += cells.settle(draft.values)

    def plan(self, draft):
        self._identify(draft)
        if not draft.problems and draft.line not in self.lines_again:
            self._work_out(draft)

    def _identify(self, draft):
        match = self.known.match(draft.values)
        draft.question, draft.candidates = match.question, match.candidates
        draft.entry = self.known.people.get(match.target)
        draft.target = draft.entry and draft.entry.pk
        if match.question and not match.candidates:
            self.refuse(draft, "number", [match.question])
            return
        self._meet(draft, match)

    def _meet(self, draft, match):
        """Put a second row about the same person together with the first: it names more groups."""
        values = draft.values
        key = match.target or (
            people.name_key(values.get("name", "")),
            values.get("email", "").lower(),
            values.get("institution"),
        )
        first = self.first.setdefault(key, draft)
        if first is draft or draft.question:
            return
        self.lines_again.add(draft.line)
        if not first.problems:
            merged = {*first.values.get("groups", []), *values.get("groups", [])}
            first.values["groups"] = sorted(merged)
            self._work_out(first)
        draft.hints.append(
            _("Derselbe Mensch steht in Zeile %d; die Netzwerke kommen dazu.") % first.line
        )

    def _work_out(self, draft):
        """Work out what a row changes on a copy of the person, and let the model check it."""
        values = draft.values
        if draft.entry is None or draft.question:
            for key in REQUIRED:
                if not values.get(key):
                    words = _("Für einen neuen Eintrag fehlt diese Angabe.")
                    self.refuse(draft, key, [words])
            person = Contact()
            wanted = {key: values[key] for key in FIELDS if key in values}
        else:
            person = Contact.objects.get(pk=draft.entry.pk)
            draft.changes, draft.protected = compare(person, values, self.columns)
            wanted = {key: new for key, (_old, new) in draft.changes.items() if key in FIELDS}
        if draft.problems:
            return
        for key, value in wanted.items():
            self.columns[key].put(person, value)
        draft.hints += consent.hints(person, values)
        consent.put(person, values)
        self._validate(draft, person)

    def _validate(self, draft, person):
        try:
            person.full_clean(exclude=["partner"], validate_unique=False)
        except ValidationError as error:
            draft.is_secret = any(
                one.code == CODE for some in error.error_dict.values() for one in some
            )
            self.refuse_invalid(draft, error)

    def row(self, draft):
        name = draft.values.get("name") or (draft.entry and draft.entry.name) or ""
        row = draft.as_row(name, draft.values)
        if row.outcome == Outcome.QUESTION:
            row.problems = [["", draft.question]]
        elif row.line in self.lines_again and row.outcome == Outcome.CREATED:
            row.outcome = Outcome.UNCHANGED
        return row


def compare(person, values, columns):
    """Return ``(changes, kept)``: pairs of the value here and in the file, by column.

    What is empty here is filled, and groups come together; what stands here already is kept
    unless somebody says that the file is right.
    """
    changes, kept = {}, {}
    for key in FIELDS:
        if key not in values:
            continue
        here = columns[key].plain(person)
        if here != values[key]:
            (kept if _says_something(key, here) else changes)[key] = [here, values[key]]
    here = columns["groups"].plain(person)
    if more := set(values.get("groups", [])) - set(here):
        changes["groups"] = [here, sorted({*here, *more})]
    changes |= consent.changes(person, values)
    return changes, kept


def _says_something(key, here):
    """Whether a value was given by a person: the visibility everybody begins with was not."""
    return bool(here) and not (key == "visibility" and here == Contact.Visibility.INTERNAL)
