"""How far a newsletter is, in numbers."""

from dataclasses import dataclass

from django.db.models import Count

from network.models import Delivery

State = Delivery.State


@dataclass(frozen=True)
class Progress:
    """Mails of one newsletter: those to come, those done, those that need somebody.

    ``came_back`` and ``signed_off`` are among those that were sent.
    """

    total: int
    queued: int
    sending: int
    sent: int
    retry: int
    failed: int
    unclear: int
    closed: int
    skipped: int
    came_back: int
    signed_off: int

    @property
    def done(self):
        """Mails that do not change by themselves any more."""
        return self.total - self.queued - self.sending - self.retry

    @property
    def left(self):
        """Mails that did not leave yet."""
        return self.total - self.done

    @property
    def percent(self):
        return 100 * self.done // self.total if self.total else 100


def of(newsletter):
    """Return the ``Progress`` of a newsletter at this moment; three queries."""
    counted = newsletter.deliveries.order_by().values_list("state").annotate(Count("pk"))
    counts = dict(counted)
    return Progress(
        total=sum(counts.values()),
        queued=counts.get(State.QUEUED, 0),
        sending=counts.get(State.SENDING, 0) + counts.get(State.DATA_SENT, 0),
        sent=counts.get(State.SENT, 0),
        retry=counts.get(State.RETRY, 0),
        failed=counts.get(State.FAILED, 0),
        unclear=counts.get(State.UNCLEAR, 0),
        closed=counts.get(State.CLOSED, 0),
        skipped=counts.get(State.SKIPPED, 0),
        came_back=newsletter.deliveries.came_back().distinct().count(),
        signed_off=newsletter.deliveries.signed_off().count(),
    )
