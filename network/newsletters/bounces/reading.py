"""Reading the mailbox of bounces: each is written down first and removed then."""

from dataclasses import dataclass

from django.conf import settings

from . import mailbox, recognising, scoring


@dataclass
class Tally:
    """What one reading found."""

    new: int = 0
    known: int = 0
    others: int = 0


def read():
    """Read all that lies in the mailbox and return a ``Tally``; nothing without a mailbox.

    Raises ``mailbox.UnreadableMailboxError``. What was read by then is written down.
    """
    tally = Tally()
    if not settings.BOUNCE_MAILBOX:
        return tally
    with mailbox.opened() as box:
        for key, raw in box.mails():
            report = recognising.recognise(raw)
            if report is None:
                box.flag(key)
                tally.others += 1
                continue
            if scoring.take_in(report) is None:
                tally.known += 1
            else:
                tally.new += 1
            box.remove(key)  # its row is committed
    return tally
