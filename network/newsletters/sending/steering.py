"""What is done with a newsletter as a whole. Each step is taken once, whoever asks twice."""

from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from kekiz_portal.lib import mails
from kekiz_portal.lib.history.recording import edit
from network.models import AuditEntry, Delivery, Newsletter
from network.people.audit import record

from .ledger import freeze

SEND = "network.tasks.send_newsletter"
State = Newsletter.State


def call_senders(newsletter_id):
    """Ask workers to send a newsletter, as many as may send at a time; one too many goes home.

    A message only says which newsletter; losing it loses nothing.
    """
    for _number in range(settings.NEWSLETTER_SENDERS):
        if not mails.call_worker(SEND, newsletter_id, expires=settings.NEWSLETTER_LEASE_SECONDS):
            return  # the next sweep calls again


def schedule(newsletter, at, by=None):
    """Let a draft be sent at a time; return whether it was one."""
    return _move(newsletter, {State.DRAFT}, by, state=State.SCHEDULED, send_at=at)


def unschedule(newsletter, by=None):
    """Make a planned newsletter a draft again; return whether it was one."""
    return _move(newsletter, {State.SCHEDULED}, by, state=State.DRAFT, send_at=None)


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
            transaction.on_commit(partial(call_senders, row.pk))
    return row is not None


def pause(newsletter, because="", by=None):
    """Halt sending; mails being handed over at this moment still go out. Return whether it ran."""
    halted = {"state": State.PAUSED, "paused_because": because[:300]}
    return _move(newsletter, {State.SENDING}, by, because, **halted)


def resume(newsletter, by=None):
    """Let a halted newsletter go on; return whether it was halted."""
    return _go_on(newsletter, State.PAUSED, by, paused_because="", trouble="")


def stop(newsletter, by=None):
    """End a newsletter for good before everybody has it; return whether there was anything."""
    stoppable = {State.SCHEDULED, State.SENDING, State.PAUSED}
    return _move(newsletter, stoppable, by, state=State.STOPPED, finished_at=timezone.now())


def withdraw(newsletter, by=None):
    """Take what was sent out of the public archive; return whether it stood there."""
    return _show(newsletter, by, _("aus dem Archiv genommen"), in_archive=False)


def publish(newsletter, by=None):
    """Show what was sent in the public archive; return whether it did not stand there."""
    return _show(newsletter, by, _("ins Archiv gestellt"), in_archive=True)


def finish(newsletter):
    """Close a newsletter none of whose mails changes by itself any more; return whether it is."""
    with _step(newsletter, expected={State.SENDING}, by=None) as row:
        # Asked only now that the row is held: who puts a mail back into the queue holds it too.
        done = row is not None and not row.deliveries.unfinished().exists()
        if done:
            row.state, row.finished_at, row.trouble = State.SENT, timezone.now(), ""
    return done


@transaction.atomic
def send_again(deliveries, by):
    """Let unclear and failed mails be sent again, under the same Message-ID; return how many.

    Mails of stopped newsletters stay as they are; finished newsletters go on.
    """
    decided = deliveries.filter(state__in=[Delivery.State.UNCLEAR, Delivery.State.FAILED])
    decided = decided.exclude(newsletter__state=State.STOPPED)
    about = Newsletter.objects.filter(pk__in=decided.order_by().values("newsletter"))
    held = list(about.order_by("pk").select_for_update())
    anew = {"state": Delivery.State.QUEUED, "claimed_by": None, "claims": 0, "attempts": 0}
    count = decided.update(**anew, decided_by=by, decided_at=Now())
    for newsletter in held:
        _go_on(newsletter, State.SENT, by, finished_at=None)
    return count


@contextmanager
def _step(newsletter, *, expected, by, reason=""):
    """Hold the newsletter's row and hand it over, or None when it is in no ``expected`` state."""
    with transaction.atomic(), edit(by=by, reason=reason):
        row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if row.state not in expected:
            yield None
            return
        before = vars(row).copy()
        yield row
        if vars(row) != before:
            row.save()
    newsletter.refresh_from_db()


def _move(newsletter, expected, by, reason="", **values):
    """Set values of a newsletter in an ``expected`` state; return whether it was in one."""
    with _step(newsletter, expected=expected, by=by, reason=reason) as row:
        if row:
            for name, value in values.items():
                setattr(row, name, value)
    return row is not None


def _go_on(newsletter, halted, by, **values):
    """Let a newsletter in the state ``halted`` send again; return whether it was in it."""
    values |= {"state": State.SENDING, "running_since": Now()}
    goes_on = _move(newsletter, {halted}, by, **values)
    if goes_on:
        transaction.on_commit(partial(call_senders, newsletter.pk))
    return goes_on


def _show(newsletter, by, reason, *, in_archive):
    with _step(newsletter, expected=set(State), by=by, reason=reason) as row:
        changes = row.started_at is not None and row.is_archived_publicly != in_archive
        if changes:
            row.is_archived_publicly = in_archive
    return changes
