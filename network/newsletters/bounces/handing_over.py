"""One mail handed to the mail server, and what its answer means."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import NamedTuple

from kekiz_portal.lib import mails

from . import refusals

logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What came of a mail; where it is neither sent, waits nor is refused, nobody knows."""

    is_sent: bool = False
    waits: bool = False  # nothing was taken
    is_server_away: bool = False  # nor would anything else be
    refusal: SMTPRecipientsRefused | None = None  # for good


def hand_over(mail, name):
    """Send a mail and return its ``Outcome``.

    The log gets ``name`` alone: what a server says may quote the address.
    """
    try:
        mail.send()
    except mails.NOT_BEGUN:
        return Outcome(waits=True, is_server_away=True)
    except SMTPRecipientsRefused as error:
        return Outcome(refusal=error) if refusals.for_good(error) else Outcome(waits=True)
    except (SMTPException, OSError) as error:
        logger.warning("%s may have arrived or not: %s", name, type(error).__name__)
        return Outcome()
    return Outcome(is_sent=True)
