"""What a row may mean that asks who it is about, and what it then does."""

from django.utils.translation import gettext as _

from network.models import Contact
from offers.models import ImportRow

from .checking import compare
from .columns import of_people

Outcome = ImportRow.Outcome
NEW = "neu"


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
        row.outcome = Outcome.CREATED
    else:
        person = Contact.objects.get(pk=said)
        columns = {one.key: one for one in of_people()}
        row.target = person.pk
        row.changes, row.protected = compare(person, row.values, columns)
        row.outcome = (
            Outcome.CHANGED
            if row.changes
            else Outcome.PROTECTED
            if row.protected
            else Outcome.UNCHANGED
        )
    row.save()


def _same(person):
    where = ", ".join(filter(None, [person.role, person.partner.institution.name, person.email]))
    return _("%(name)s (%(where)s)") % {"name": person.name, "where": where}
