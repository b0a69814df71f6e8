"""What people do with a newsletter as a whole. Each step is taken once, whoever asks twice."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib.history.recording import edit
from network.models import AuditEntry, Newsletter
from network.people.audit import record

from .calling import call_senders
from .freezing import freeze

State = Newsletter.State


@contextmanager
def _step(newsletter, *, expected, by, reason=""):
    """Hold the newsletter's row and hand it over, or None when it is in no ``expected`` state."""
    with transaction.atomic(), edit(by=by, reason=reason):
        row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if row.state not in expected:
            yield None
            return
        before = row.state, row.send_at
        yield row
        if (row.state, row.send_at) != before:
            row.save()
    newsletter.refresh_from_db()


def schedule(newsletter, at, by=None):
    """Let a draft be sent at a time; return whether it was one."""
    with _step(newsletter, expected={State.DRAFT}, by=by) as row:
        if row:
            row.state, row.send_at = State.SCHEDULED, at
    return row is not None


def unschedule(newsletter, by=None):
    """Make a planned newsletter a draft again; return whether it was one."""
    with _step(newsletter, expected={State.SCHEDULED}, by=by) as row:
        if row:
            row.state, row.send_at = State.DRAFT, None
    return row is not None


def start(newsletter, by=None):
    """Freeze a newsletter and let it go out; return whether this call did it.

    ``by`` is who confirmed it, None when the clock starts what was planned.
    """
    with _step(newsletter, expected={State.DRAFT, State.SCHEDULED}, by=by) as row:
        if row:
            count = freeze(row)
            row.state = State.SENDING
            row.started_at, row.running_since = timezone.now(), Now()
            record(AuditEntry.Action.NEWSLETTER_STARTED, by, row, count=count)
            transaction.on_commit(lambda: call_senders(row.pk))
    return row is not None


def pause(newsletter, because="", by=None):
    """Halt sending; mails being handed over at this moment still go out. Return whether it ran."""
    with _step(newsletter, expected={State.SENDING}, by=by, reason=because) as row:
        if row:
            row.state, row.paused_because = State.PAUSED, because[:300]
    return row is not None


def resume(newsletter, by=None):
    """Let a halted newsletter go on; return whether it was halted."""
    with _step(newsletter, expected={State.PAUSED}, by=by) as row:
        if row:
            row.state, row.paused_because, row.trouble = State.SENDING, "", ""
            row.running_since = Now()
            transaction.on_commit(lambda: call_senders(row.pk))
    return row is not None


def stop(newsletter, by=None):
    """End a newsletter for good before everybody has it; return whether there was anything."""
    stoppable = {State.SCHEDULED, State.SENDING, State.PAUSED}
    with _step(newsletter, expected=stoppable, by=by) as row:
        if row:
            row.state, row.finished_at = State.STOPPED, timezone.now()
    return row is not None


def withdraw(newsletter, by=None):
    """Take what was sent out of the public archive; return whether it stood there."""
    with transaction.atomic(), edit(by=by, reason=_("aus dem Archiv genommen")):
        row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        stood_there = row.is_archived_publicly
        if stood_there:
            row.is_archived_publicly = False
            row.save()
    newsletter.refresh_from_db()
    return stood_there


def publish(newsletter, by=None):
    """Show what was sent in the public archive; return whether it did not stand there."""
    with transaction.atomic(), edit(by=by, reason=_("ins Archiv gestellt")):
        row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        is_new = not row.is_archived_publicly and row.started_at is not None
        if is_new:
            row.is_archived_publicly = True
            row.save()
    newsletter.refresh_from_db()
    return is_new


def finish(newsletter):
    """Close a newsletter none of whose mails changes by itself any more; return whether it is."""
    with _step(newsletter, expected={State.SENDING}, by=None) as row:
        # Asked only now that the row is held: who puts a mail back into the queue holds it too.
        done = row is not None and not row.deliveries.unfinished().exists()
        if done:
            row.state, row.finished_at, row.trouble = State.SENT, timezone.now(), ""
    return done


def reopen(newsletter, by=None):
    """Let a finished newsletter go on because a mail waits again; return whether it was."""
    with _step(newsletter, expected={State.SENT}, by=by) as row:
        if row:
            row.state, row.finished_at = State.SENDING, None
            row.running_since = Now()
            transaction.on_commit(lambda: call_senders(row.pk))
    return row is not None
