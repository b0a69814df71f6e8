"""What a person decides about mails that ended without a clear answer, or failed."""

from django.db import transaction
from django.db.models.functions import Now

from network.models import Delivery, Newsletter

from . import steering

State = Delivery.State


@transaction.atomic
def send_again(deliveries, by):
    """Let unclear and failed mails be sent again, under the same Message-ID; return how many.

    Mails of stopped newsletters stay as they are.
    """
    decided = deliveries.filter(state__in=[State.UNCLEAR, State.FAILED]).exclude(
        newsletter__state=Newsletter.State.STOPPED
    )
    about = Newsletter.objects.filter(pk__in=decided.order_by().values("newsletter"))
    held = list(about.order_by("pk").select_for_update())
    count = decided.update(
        state=State.QUEUED, claimed_by=None, claims=0, attempts=0, decided_by=by, decided_at=Now()
    )
    for newsletter in held:
        steering.reopen(newsletter, by)
    return count


def close(deliveries, by):
    """Take unclear mails for delivered; return how many."""
    return deliveries.unclear().update(state=State.CLOSED, decided_by=by, decided_at=Now())
