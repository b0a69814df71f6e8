"""Single mails: what somebody asked for, what the office is told; and calling who sends them."""

import logging
from email.message import Message
from smtplib import SMTPConnectError, SMTPException
from socket import gaierror

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError

from . import mail_headers, mailbox

# With these the mail server surely took nothing: what was to be sent may wait for the clock.
NOT_BEGUN = (SMTPConnectError, ConnectionRefusedError, gaierror)
# No mail program answers such a mail, and no absence note comes back.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
logger = logging.getLogger(__name__)


class Mail(EmailMultiAlternatives):
    """A mail of Django whose subject arrives as it was written, blanks and all.

    Left to itself, Django folds a long subject after "Subject:", so that it begins with a blank.
    """

    def message(self):
        written = super().message()
        del written["Subject"]
        subject = mail_headers.value("Subject", self.subject)
        Message.__setitem__(written, "Subject", subject)  # Django's own refuses what is folded
        return written


def written(name, address, context, headers=AUTOMATIC, **options):
    """Return the mail to an address that two templates write: ``name`` and "_subject", "_text"."""
    context = {"city": settings.CITY, "portal_url": settings.PORTAL_URL} | context
    subject, text = (
        render_to_string(f"{name}_{part}.txt", context).strip() for part in ("subject", "text")
    )
    to = [mailbox.envelope(address)]
    return Mail(subject, f"{text}\n", to=to, headers=headers, **options)


def try_to_send(mail, what):
    """Send a mail; return whether it left. Else the log says ``what`` it was, never to whom."""
    try:
        mail.send()
    except (SMTPException, OSError) as error:  # its text may quote the address
        logger.error("No %s: %s", what, type(error).__name__)  # noqa: TRY400
        return False
    return True


def call_worker(task, *about, **options):
    """Hand a task to a worker by its name; return whether there was a Redis to take it.

    A message only says what there is to do: where it is lost, the clock calls again.
    """
    try:
        current_app.send_task(task, about, ignore_result=True, **options)
    except OperationalError as error:
        logger.warning("no worker called for %s: %s", task, error)
        return False
    return True
