"""Carry an import through its steps in the background: each once, each whole or not at all."""

import logging
from contextlib import closing, contextmanager

from django.db import connection, transaction
from django.db.models import F
from django.db.utils import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from kekiz_portal.lib.tables.errors import TableError
from offers.models import ImportRun

from . import checking, committing, receiving

logger = logging.getLogger(__name__)

LOCK = 0x696D70  # "imp": with the number of a run, whoever works on it holds this lock
State = ImportRun.State
STEPS = {
    State.READING: receiving.read,
    State.CHECKING: checking.check,
    State.COMMITTING: committing.commit,
    State.UNDOING: committing.undo,
}
BEFORE = {
    State.READING: (State.UPLOADED, State.CHECKED),
    State.CHECKING: (State.UPLOADED, State.CHECKED),
    State.COMMITTING: (State.CHECKED,),
    State.UNDOING: (State.DONE,),
}


class NotQueuedError(Exception):
    """The background service cannot be reached; nothing is lost."""


def start(run, step, queue, *, by):
    """Ask for a step of a run; whether it was this call that did.

    ``queue`` hands the number of a run to a worker; ``by`` answers for what then changes.
    Raises ``NotQueuedError``; the run is then where it was.
    """
    before = run.state
    fresh = {"started_at": None, "progress": 0, "attempts": 0, "problem": "", "by": by}
    if not ImportRun.objects.claim(run.pk, before=BEFORE[step], after=step, **fresh):
        return False
    try:
        queue(run.pk)
    except (BrokerError, OSError) as error:
        ImportRun.objects.claim(run.pk, before=(step,), after=before)
        raise NotQueuedError from error
    return True


def start_again(run, queue):
    """Ask once more for the step that was cut short or never begun. Raises ``NotQueuedError``."""
    if run.is_at_work and not is_held(run.pk):
        ImportRun.objects.filter(pk=run.pk).update(started_at=None, progress=0, attempts=0)
        try:
            queue(run.pk)
        except (BrokerError, OSError) as error:
            raise NotQueuedError from error


def go_on(queue):
    """Ask once more, once, for every step whose worker is gone; returns how many."""
    begun = ImportRun.objects.cut_short().values_list("pk", flat=True)
    left = [pk for pk in begun if not is_held(pk)]
    for pk in left:
        queue(pk)
    return len(left)


def carry_out(run_id):
    """Do the step that a run waits for, unless somebody is at it or it is done."""
    with _held(run_id) as is_mine:
        run = ImportRun.objects.filter(pk=run_id, state__in=STEPS).first() if is_mine else None
        if run is None:
            return
        ImportRun.objects.filter(pk=run_id).update(
            started_at=timezone.now(), progress=0, attempts=F("attempts") + 1
        )
        with closing(connection.copy()) as aside:
            try:
                STEPS[run.state](run, lambda count: _note_progress(aside, run_id, count))
            except TableError as error:
                _give_up(run_id, str(error))
            except Exception:
                logger.exception("Import %s failed", run_id)
                _give_up(run_id, _("Das hat nicht geklappt. Es wurde nichts verändert."))
                raise


def is_held(run_id):
    """Whether somebody works on a run at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND classid = %s AND objid = %s AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK, run_id],
        )
        return cursor.fetchone()[0]


@contextmanager
def _held(run_id):
    """Hold a run for this connection: however the process ends, the lock ends with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, run_id])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, run_id])


def _note_progress(aside, run_id, count):
    """Say how far it is on a connection aside: the work itself is not to be seen yet."""
    try:
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE offers_importrun SET progress = %s WHERE id = %s", [count, run_id]
            )
    except OperationalError:  # the work matters more than the number
        logger.warning("Import %s: progress could not be noted", run_id)


def _give_up(run_id, sentence):
    """Return a run to where it can be started again, with the reason."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        back = {
            State.READING: State.UPLOADED if run.content else State.UNREADABLE,
            State.CHECKING: State.UPLOADED,
            State.COMMITTING: State.CHECKED,
        }
        run.state = back.get(run.state, State.DONE)
        run.problem = sentence[:500]
        run.save(update_fields=["state", "problem"])
