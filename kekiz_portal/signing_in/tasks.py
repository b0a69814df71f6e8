"""What signing in leaves to a worker: mails, and forgetting."""

from celery import shared_task
from django.core.management import call_command

from . import letters, lockout


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_old_attempts():
    """Forget failed sign-ins whose lock has opened again; safe to run any number of times."""
    lockout.forget_old_attempts()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_new_password_mails(keys):
    """Send the link for a new password to users; twice means that they can use either mail."""
    letters.send_new_passwords(keys)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def warn_of_tries(key, knows_password):
    """Tell a user that others try to sign in as them; once a day, however often this runs."""
    letters.warn(key, knows_password)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def clear_sessions():
    """Delete sessions that have ended; safe to run any number of times."""
    call_command("clearsessions")
