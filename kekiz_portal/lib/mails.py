"""Single mails: what somebody asked for, what the office is told; and calling who sends them."""

import logging
from email.message import Message
from smtplib import SMTPConnectError, SMTPException, SMTPRecipientsRefused
from socket import gaierror
from typing import NamedTuple

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError

from . import mail_headers, mailbox

# With these the mail server surely took nothing: what was to be sent may wait for the clock.
NOT_BEGUN = (SMTPConnectError, ConnectionRefusedError, gaierror)
REFUSED_FOR_GOOD = range(500, 600)
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
    to = [mailbox.stored(address)]
    return Mail(subject, f"{text}\n", to=to, headers=headers, **options)


class Outcome(NamedTuple):
    """What came of a mail; where it is neither sent, waits nor is refused, nobody knows."""

    is_sent: bool = False
    waits: bool = False  # nothing was taken
    is_server_away: bool = False  # nor would anything else be
    refused_with: int = 0  # the code of a refusal for good, and the server's words
    words: str = ""


def hand_over(mail, name):
    """Hand a mail to one address to the mail server, and return its ``Outcome``.

    The log gets ``name`` alone: what a server says may quote the address.
    """
    outcome = Outcome()
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        is_for_good = code in REFUSED_FOR_GOOD
        words = mail_headers.words_of_server(words)
        outcome = Outcome(refused_with=code, words=words) if is_for_good else Outcome(waits=True)
        logger.warning("%s was refused: %s", name, code)
    except NOT_BEGUN as error:
        outcome = Outcome(waits=True, is_server_away=True)
        logger.warning("%s did not leave: %s", name, type(error).__name__)
    except (SMTPException, OSError) as error:
        logger.warning("%s may have arrived or not: %s", name, type(error).__name__)
    else:
        outcome = Outcome(is_sent=True)
    return outcome


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
