"""The frame's own tasks: a sign of life, and forgetting."""

from celery import shared_task
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from kekiz_portal.signing_in import lockout, new_password, warning

HEARTBEAT_KEY = "heartbeat"
HEARTBEAT_KEPT_SECONDS = 24 * 60 * 60


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def heartbeat():
    """Note that clock and worker are alive; safe to run any number of times."""
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), HEARTBEAT_KEPT_SECONDS)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_old_attempts():
    """Forget failed sign-ins whose lock has opened again; safe to run any number of times."""
    lockout.forget_old_attempts()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_new_password_mails(keys):
    """Send the link for a new password to users; twice means that they can use either mail."""
    new_password.send(keys)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def warn_of_tries(key, knows_password):
    """Tell a user that others try to sign in as them; once a day, however often this runs."""
    warning.send(key, knows_password)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def clear_sessions():
    """Delete sessions that have ended; safe to run any number of times."""
    call_command("clearsessions")
