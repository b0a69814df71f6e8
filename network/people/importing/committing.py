"""Take over a list of people as its dry run showed it, and take it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Contact, Group, Membership, Partner
from network.people import erasing
from network.people.audit import record_import
from offers.exchange.importing import row_by_row
from offers.exchange.slugs import free_slug
from offers.models import ImportRow

from . import consent
from .checking import FIELDS
from .columns import of_people

Outcome = ImportRow.Outcome


class Commit(row_by_row.Commit):
    def __init__(self, run):
        super().__init__(run, Contact, of_people())
        self.fields = {key: self.columns[key] for key in FIELDS}
        self.groups = {one.name: one for one in Group.objects.all()}

    def finish(self):
        record_import(self)

    def apply_one(self, row):
        person = self._created(row) if row.outcome == Outcome.CREATED else self._changed(row)
        if person is not None:
            self._join(person, row)
            row.target, row.is_applied = person.pk, True

    def _created(self, row):
        person = Contact(partner=_partner(row.values["institution"]))
        self.put(person, {key: row.values[key] for key in FIELDS if key in row.values})
        consent.put(person, row.values)
        return _saved(person)

    def _changed(self, row):
        person = self.locked(row)
        if person is None:
            raise ValidationError(_("Den Menschen gibt es hier seit der Prüfung nicht mehr."))
        row_by_row.keep_edits(row, person, self.fields)
        if not row.changes:
            return None
        self.put(person, {key: new for key, (_old, new) in row.changes.items() if key in FIELDS})
        consent.put(person, row.values)
        return _saved(person)

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


class Undo(row_by_row.Undo):
    gone = gettext_lazy("Den Menschen gibt es nicht mehr.")

    def __init__(self, run, reason):
        super().__init__(run, Contact, of_people())
        self.fields = {key: self.columns[key] for key in FIELDS}
        self.reason = reason

    def finish(self):
        record_import(self)

    def remove(self, person):
        """Erase somebody whom this import brought."""
        partner = person.partner
        self._leave(person)
        erasing.erase(Contact.objects.filter(pk=person.pk), self.reason)
        self._remove_partner(partner)

    def give_back(self, row, person):
        known = len(row.hints)
        self.put(person, row_by_row.values_before(row, person, self.fields))
        consent.give_back(person, row.changes)
        _saved(person)
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
