"""Tells the import below what a list of people is, and what a row may mean that asks."""

from django.utils.translation import gettext as _

from network.models import Contact
from network.people.audit import record_import
from offers.exchange.importing.drafts import Draft
from offers.exchange.importing.subjects import Subject, register
from offers.models import ImportRow, ImportRun

from . import committing
from .checking import Checker, compare
from .columns import of_people
from .people import NEW

# Only the coordinators: such a list holds people.
RIGHTS = ["network.add_contact", "network.change_contact", "network.export_contacts"]


def make_known():
    steps = Checker, committing.Commit, committing.Undo
    subject = Subject(RIGHTS, *steps, applied=record_import, choices=choices, answer=answer)
    register(ImportRun.Kind.PEOPLE, Contact, of_people, subject)


def choices(row):
    """Return pairs of answer and words: each of the people it may be, or somebody new."""
    found = Contact.objects.filter(pk__in=row.candidates).select_related("partner__institution")
    same = [(str(one.pk), _same(one)) for one in found]
    return [*same, (NEW, _("ein anderer Mensch, neu anlegen"))]


def answer(row, said):
    """Let a row do what somebody answered; without an answer it asks on."""
    if said not in dict(choices(row)):
        return
    row.problems = []
    if said == NEW:
        row.outcome = ImportRow.Outcome.CREATED
    else:
        person = Contact.objects.get(pk=said)
        columns = {one.key: one for one in of_people()}
        changes, protected = compare(person, row.values, columns)
        draft = Draft(row.line, target=person.pk, changes=changes, protected=protected)
        row.target, row.outcome = draft.target, draft.outcome
        row.changes, row.protected = changes, protected
    row.save()


def _same(person):
    where = ", ".join(filter(None, [person.role, person.partner.institution.name, person.email]))
    return _("%(name)s (%(where)s)") % {"name": person.name, "where": where}
