"""What a mail server's answer means: accepted, try again and when, failed for good, or unknown."""

import random
from dataclasses import dataclass

from django.conf import settings

from kekiz_portal.lib.mail_headers import words_of_server
from kekiz_portal.lib.mails import REFUSED_FOR_GOOD
from network.models import Delivery

State = Delivery.State

ACCEPTED = range(200, 300)
# The server is busy, not the mailbox: it is asked again soon.
BUSY = {421, 422, 431, 432, 442, 447, 452}
TOO_MANY_AT_ONCE = 432


@dataclass(frozen=True)
class Outcome:
    """What became of one try."""

    state: str
    code: int | None = None
    words: str = ""
    retry_in: float | None = None  # seconds


def of_answer(code, words, tries_before):
    """Return the ``Outcome`` of a server's answer to a message or to its recipient."""
    words = words_of_server(words)
    if code in ACCEPTED:
        return Outcome(State.SENT, code, words)
    if code in REFUSED_FOR_GOOD:
        return Outcome(State.FAILED, code, words)
    return _again(code, words, tries_before, is_busy=code in BUSY)


def of_silence(error, tries_before):
    """Return the ``Outcome`` where the server fell silent before anything was handed over."""
    return _again(None, words_of_server(error), tries_before, is_busy=True)


def unknown(error):
    """Return the ``Outcome`` where everything was handed over and no answer came."""
    return Outcome(State.UNCLEAR, None, words_of_server(error))


def at_once(error):
    """Return the ``Outcome`` of a mail that only met a closed door; its turn comes again."""
    return Outcome(State.RETRY, None, words_of_server(error), 0)


def impossible(error):
    """Return the ``Outcome`` of a mail that cannot even be written."""
    return Outcome(State.FAILED, None, words_of_server(error))


def _again(code, words, tries_before, *, is_busy):
    waits = (
        settings.NEWSLETTER_RETRY_SECONDS if is_busy else settings.NEWSLETTER_RETRY_LATER_SECONDS
    )
    if tries_before >= len(waits):
        return Outcome(State.FAILED, code, words)
    # Who came at the same moment shall not come back at the same moment.
    spread = 3 if code == TOO_MANY_AT_ONCE else 1.2
    wait = waits[tries_before] * random.uniform(1, spread)  # noqa: S311 - no secret
    return Outcome(State.RETRY, code, words, wait)
