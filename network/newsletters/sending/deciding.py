"""What a person decides about mails that ended without a clear answer, or failed."""

from django.db import transaction
from django.db.models.functions import Now

from network.models import Delivery, Newsletter

from . import steering

State = Delivery.State


def send_again(deliveries, by):
    """Let unclear and failed mails be sent again, under the same Message-ID; return how many.

    Mails of stopped newsletters stay as they are.
    """
    return _decide(
        deliveries.filter(state__in=[State.UNCLEAR, State.FAILED]).exclude(
            newsletter__state=Newsletter.State.STOPPED
        ),
        by,
        state=State.QUEUED,
        claimed_by=None,
        claims=0,
        attempts=0,
    )


def close(deliveries, by):
    """Take unclear mails for delivered; return how many."""
    return _decide(deliveries.unclear(), by, state=State.CLOSED)


def _decide(deliveries, by, **values):
    with transaction.atomic():
        newsletters = Newsletter.objects.filter(
            pk__in=deliveries.order_by().values("newsletter")
        ).order_by("pk")
        held = list(newsletters.select_for_update())
        count = deliveries.update(**values, decided_by=by, decided_at=Now())
        if values["state"] == State.QUEUED:
            for newsletter in held:
                steering.reopen(newsletter, by)
    return count
