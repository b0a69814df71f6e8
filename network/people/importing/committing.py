"""Take over a list of people as its dry run showed it, and take it back."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from network.models import Contact, Group, Membership, Partner
from network.people import erasing
from offers.exchange.importing import row_by_row
from offers.exchange.slugs import free_slug

from . import consent
from .checking import FIELDS


class Commit(row_by_row.Commit):
    fields = FIELDS
    gone = gettext_lazy("Den Menschen gibt es hier seit der Prüfung nicht mehr.")

    @cached_property
    def groups(self):
        return {one.name: one for one in Group.objects.all()}

    def new(self, row):
        """Return somebody at an institution; where people are, it is a partner."""
        partner, _created = Partner.objects.get_or_create(institution_id=row.values["institution"])
        return Contact(partner=partner)

    def write(self, row, person):
        consent.put(person, row.values)
        super().write(row, person)
        self._join(person, row)

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
    fields = FIELDS
    gone = gettext_lazy("Den Menschen gibt es nicht mehr.")

    def write(self, row, person):
        consent.give_back(person, row.changes)
        super().write(row, person)
        self._leave(person)

    def remove(self, person):
        """Erase somebody whom this import brought."""
        partner = person.partner
        self._leave(person)
        erasing.erase(Contact.objects.filter(pk=person.pk), self.reason)
        self._remove_partner(partner)

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
