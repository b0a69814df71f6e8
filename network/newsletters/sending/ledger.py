"""What is written down while mails leave: the begin of each, and the answer to each.

Both are on the disk before the worker goes on. So whenever it dies, or the database does, at most
one of its mails is begun and not answered.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from network.models import Delivery, Newsletter

State = Delivery.State


def begin(delivery, owner):
    """Write that ``owner`` hands a mail over now; no byte of its message may leave before.

    Return False when it may not leave: somebody else has it, or the newsletter was halted.
    """
    # Longer than the last answer is awaited: who waits is not dead.
    seconds = settings.NEWSLETTER_DATA_TIMEOUT_SECONDS + settings.NEWSLETTER_LEASE_SECONDS
    is_sent = Newsletter.objects.filter(pk=OuterRef("newsletter"), state=Newsletter.State.SENDING)
    begun = Delivery.objects.filter(
        Exists(is_sent), pk=delivery.pk, claimed_by=owner, state=State.SENDING
    ).update(state=State.DATA_SENT, data_at=Now(), leased_until=Now() + timedelta(seconds=seconds))
    return begun == 1


def note(delivery, owner, outcome):
    """Write what became of a mail, also where it comes late: somebody may wonder by then."""
    wait = outcome.retry_in
    Delivery.objects.filter(
        pk=delivery.pk,
        claimed_by=owner,
        state__in=[State.SENDING, State.DATA_SENT, State.UNCLEAR],
    ).update(
        state=outcome.state,
        answer_code=outcome.code,
        answer=outcome.words,
        attempts=F("attempts") + 1,
        answered_at=Now(),
        leased_until=None,
        retry_at=None if wait is None else Now() + timedelta(seconds=wait),
    )
