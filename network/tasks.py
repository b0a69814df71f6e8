"""What the network does by the clock, and what takes longer than a page may."""

import logging

from celery import shared_task
from django.conf import settings

from network.models import AddressHealth, AuditEntry, Bounce, Delivery, HouseLetter, Newsletter
from offers.models import ImportRun

from .admin import notices
from .asking import escalation, letters, replies
from .newsletters.bounces import mailbox, reading, refusals
from .newsletters.composing import link_checking
from .newsletters.sending import sending, sweeping
from .newsletters.subscribing import consenting, mailing, signing_up
from .people import erasing
from .place_alerts import telling

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_old_audit_entries():
    """Delete what the audit log has kept long enough; safe to run any number of times."""
    AuditEntry.objects.forget_old()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def erase_ended_contacts():
    """Erase people whose data has reached its end, and lists of them; safe to run repeatedly."""
    erasing.erase_past_their_end()
    ImportRun.objects.of_people_long_ago().delete()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_old_recipients():
    """Forget who got newsletters of long ago, and to whom letters were sent on; safe to repeat."""
    Delivery.objects.of_old_newsletters().forget_people()
    HouseLetter.objects.forget_addresses()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_newsletter(newsletter_id):
    """Send for a while; which mails is decided in the database, so running twice sends once."""
    sending.send(newsletter_id)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def check_newsletter_links(newsletter_id):
    """Look at the links of a newsletter; safe to run any number of times."""
    for newsletter in Newsletter.objects.filter(pk=newsletter_id):
        link_checking.look(newsletter, link_checking.SECONDS_FOR_A_WORKER)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def sweep_newsletters():
    """Keep newsletters going; safe to run any number of times."""
    sweeping.sweep()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def read_bounces():
    """Count what servers refused and what they sent back; each counts once."""
    refusals.take_in()
    try:
        reading.read()
    except mailbox.UnreadableMailboxError as error:
        logger.warning("bounces cannot be read: %s", error)  # the next run tries again


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_old_bounces():
    """Forget bounces of long ago; safe to run any number of times."""
    Bounce.objects.old().delete()
    AddressHealth.objects.old().delete()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_requested_mail(number):
    """Send one mail somebody asked for; a second message about it sends nothing."""
    mailing.send(number)


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_waiting_mails():
    """Call workers for requested mails that are due; safe to run any number of times."""
    mailing.send_waiting()
    consenting.send_waiting()
    letters.send_waiting()
    replies.send_waiting()
    telling.send_waiting()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def ask_institutions():
    """Do for what is due what the rule says today, if the city wants it; safe to repeat."""
    if settings.ASKS_INSTITUTIONS:
        escalation.move()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_house_letters():
    """Send the letters to institutions that wait, each once; safe to run any number of times."""
    letters.send_waiting()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_place_alerts():
    """Tell who waits that an offer has places, each once; safe to run any number of times."""
    telling.send_waiting()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def send_consent_letters():
    """Send the letters that ask for consent, each once; safe to run any number of times."""
    consenting.send_waiting()


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def forget_subscribers():
    """Delete unconfirmed sign-ups and old evidence; safe to run any number of times."""
    signing_up.forget()


@shared_task(
    acks_late=True, ignore_result=True, autoretry_for=(OSError,), retry_backoff=60, max_retries=5
)
def write_to_colleague(user_id, subject, text):
    """Send a letter about an entry; a mail server that does not answer is asked again."""
    notices.send(user_id, subject, text)
