"""How far a newsletter is, in numbers."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from network.models import Delivery

State = Delivery.State


@dataclass(frozen=True)
class Progress:
    """The number of a newsletter's mails in each state; those being handed over are ``sending``.

    ``came_back`` and ``signed_off`` are among those that were sent.
    """

    mails: Counter
    came_back: int
    signed_off: int

    @property
    def total(self):
        return self.mails.total()

    @property
    def left(self):
        """Mails that did not leave yet and still change by themselves."""
        return sum(self.mails[state] for state in (State.QUEUED, State.SENDING, State.RETRY))

    @property
    def done(self):
        return self.total - self.left

    @property
    def percent(self):
        return 100 * self.done // self.total if self.total else 100


def of(newsletter):
    """Return the ``Progress`` of a newsletter at this moment; three queries."""
    counted = newsletter.deliveries.order_by().values_list("state").annotate(Count("pk"))
    mails = Counter(dict(counted))
    mails[State.SENDING] += mails.pop(State.DATA_SENT, 0)
    return Progress(
        mails,
        came_back=newsletter.deliveries.came_back().distinct().count(),
        signed_off=newsletter.deliveries.signed_off().count(),
    )
