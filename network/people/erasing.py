"""Take the personal data of people out of the network: the row, its history, its traces."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from network.models import Contact, SavedList
from offers.models import ImportRow, ImportRun

PEOPLE = ImportRun.Kind.PEOPLE


@transaction.atomic
def erase(contacts, reason="", by=None):
    """Erase people for good, with the versions of their entries; return how many.

    Without a reason that of the step of work under way counts
    (``kekiz_portal.lib.history.recording.edit``).
    What they were part of stays: memberships end, talks no longer say with whom. The audit log
    keeps that somebody was erased and why, by number.
    """
    people = list(contacts.select_for_update())
    for person in people:
        key, name = person.pk, person.name
        with edit(by=by, reason=reason):
            _end_memberships(person)
            person.delete()
        Contact.history.filter(id=key).delete()
        ImportRow.objects.filter(run__kind=PEOPLE, target=key).delete()
        SavedList.objects.filter(filters__q__iexact=name).delete()
        _forget_in_admin_log(key)
    return len(people)


def erase_past_their_end():
    """Erase those whose data should be gone by today; return how many."""
    return erase(Contact.objects.past_their_end(), _("Ende der Aufbewahrung"))


def _end_memberships(person):
    """A seat without its person would look like one of the whole institution."""
    last_day = person.until or timezone.localdate()
    for membership in person.memberships.filter(until=None):
        membership.until = max(last_day, membership.since or last_day)
        membership.save()


def _forget_in_admin_log(key):
    """Django's own log quotes the names of rows."""
    kind = ContentType.objects.get_for_model(Contact)
    LogEntry.objects.filter(content_type=kind, object_id=str(key)).delete()
