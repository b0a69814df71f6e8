"""Take over a list of people as its dry run showed it, and take it back."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from network.models import AuditEntry, Contact, Group, Membership, Partner
from network.people import erasing
from network.people.audit import record
from offers.exchange.importing.checking import ROWS_A_BATCH
from offers.exchange.slugs import free_slug
from offers.models import ImportRow

from . import consent
from .checking import FIELDS
from .columns import of_people

Outcome = ImportRow.Outcome
KEPT = ["outcome", "target", "changes", "protected", "problems", "hints", "is_applied"]


class Commit:
    """Applies rows one after the other; each wholly or not at all."""

    def __init__(self, run):
        self.run, self.count = run, 0
        self.secret_lines = set()  # no protected place is found by a person
        self.columns = {one.key: one for one in of_people()}
        self.groups = {one.name: one for one in Group.objects.all()}

    def apply(self, rows):
        for row in rows:
            try:
                with transaction.atomic():
                    self._apply(row)
            except (ValidationError, IntegrityError) as error:
                row.outcome, row.is_applied = Outcome.REFUSED, False
                row.problems = [["", words] for words in _words(error)]
        ImportRow.objects.bulk_update(rows, KEPT, batch_size=ROWS_A_BATCH)
        self.count += len(rows)

    def finish(self):
        _note(self.run, "commit", self.count)

    def _apply(self, row):
        person = self._created(row) if row.outcome == Outcome.CREATED else self._changed(row)
        if person is not None:
            self._join(person, row)
            row.target, row.is_applied = person.pk, True

    def _created(self, row):
        person = Contact(partner=_partner(row.values["institution"]))
        self._put(person, {key: row.values[key] for key in FIELDS if key in row.values})
        consent.put(person, row.values)
        return _saved(person)

    def _changed(self, row):
        person = Contact.objects.select_for_update(of=["self"]).filter(pk=row.target).first()
        if person is None:
            raise ValidationError(_("Den Menschen gibt es hier seit der Prüfung nicht mehr."))
        if row.overwrite:
            row.changes, row.protected = row.changes | row.protected, {}
        self._keep_what_changed_since(row, person)
        if not row.changes:
            row.outcome = Outcome.PROTECTED
            return None
        row.outcome = Outcome.CHANGED
        self._put(person, {key: new for key, (_old, new) in row.changes.items() if key in FIELDS})
        consent.put(person, row.values)
        return _saved(person)

    def _keep_what_changed_since(self, row, person):
        """What was edited after the dry run was shown stays as it is."""
        for key in [key for key in row.changes if key in FIELDS]:
            old, new = row.changes[key]
            here = self.columns[key].plain(person)
            if here != old:
                del row.changes[key]
                row.protected[key] = [here, new]
                words = _("%s wurde seit der Prüfung hier geändert und bleibt.")
                row.hints.append(words % self.columns[key].label)

    def _put(self, person, values):
        for key, value in values.items():
            self.columns[key].put(person, value)

    def _join(self, person, row):
        """Seat a person in the groups of a row; an empty seat of the house is theirs."""
        for name in row.values.get("groups", []):
            seats = Membership.objects.open().filter(
                group=self._group(name), partner=person.partner
            )
            if seats.filter(contact=person).exists():
                continue
            seat = seats.filter(contact=None).first() or Membership(
                group=self._group(name), partner=person.partner
            )
            seat.contact = person
            seat.role = seat.role or row.values.get("group_role", "")[:120]
            seat.save()

    def _group(self, name):
        if name not in self.groups:
            group = Group(name=name[:120], slug=free_slug(Group, name))
            group.full_clean()
            group.save()
            self.groups[name] = group
        return self.groups[name]


class Undo:
    """Takes back rows, except where somebody has gone on editing since."""

    def __init__(self, run, reason):
        self.run, self.reason, self.count = run, reason, 0
        self.columns = {one.key: one for one in of_people()}

    def apply(self, rows):
        for row in rows:
            person = Contact.objects.select_for_update(of=["self"]).filter(pk=row.target).first()
            if person is None:
                row.hints.append(_("Den Menschen gibt es nicht mehr."))
                row.is_applied = False
            elif row.outcome == Outcome.CREATED:
                self._remove(row, person)
            else:
                self._give_back(row, person)
        ImportRow.objects.bulk_update(rows, ["hints", "is_applied"], batch_size=ROWS_A_BATCH)
        self.count += len(rows)

    def finish(self):
        _note(self.run, "undo", self.count)

    def _remove(self, row, person):
        """Erase somebody this import brought, unless more than that is known of them by now."""
        if self._is_edited(person):
            row.hints.append(_("Der Eintrag wurde seit dem Import geändert und bleibt."))
            return
        partner = person.partner
        self._leave(person)
        erasing.erase(Contact.objects.filter(pk=person.pk), self.reason)
        row.is_applied = False
        self._remove_partner(partner)

    def _give_back(self, row, person):
        known = len(row.hints)
        for key, (old, new) in row.changes.items():
            if key in FIELDS and self.columns[key].plain(person) == new:
                self.columns[key].put(person, old)
            elif key in FIELDS:
                words = _("%s wurde seit dem Import geändert und bleibt.")
                row.hints.append(words % self.columns[key].label)
        consent.give_back(person, row.changes)
        try:
            _saved(person)
        except ValidationError as error:
            row.hints += _words(error)
            return
        self._leave(person)
        row.is_applied = len(row.hints) > known  # something of it stays

    def _leave(self, person):
        """Give up the seats this import gave: made ones go, those of the house are empty again."""
        for seat in person.memberships.open():
            rows = seat.history.filter(**self._by_this_run)
            if not rows.exists():
                continue
            if rows.filter(history_type="+").exists():
                seat.delete()
            else:
                seat.contact = None
                seat.save()

    def _is_edited(self, person):
        rows = person.history.exclude(history_change_reason=self.run.reason)
        return rows.exists()

    def _remove_partner(self, partner):
        """Take away a partner that this import made and nobody needs."""
        made = partner.history.filter(**self._by_this_run, history_type="+").exists()
        if made and partner.history.count() == 1:
            try:
                with transaction.atomic():
                    partner.delete()
            except ProtectedError:
                pass  # somebody else works there by now

    @property
    def _by_this_run(self):
        return {
            "history_change_reason": self.run.reason,
            "history_date__gte": self.run.created_at,
        }


def _partner(institution):
    """Return the partner of an institution; who names a person there has joined."""
    partner, _created = Partner.objects.get_or_create(institution_id=institution)
    return partner


def _saved(person):
    person.state_end_of_data()
    person.full_clean()
    person.save()
    return person


def _words(error):
    return (
        error.messages
        if isinstance(error, ValidationError)
        else [_("Das nimmt die Datenbank nicht.")]
    )


def _note(run, step, number):
    record(AuditEntry.Action.IMPORTED, run.by, run, step=step, rows=number)
