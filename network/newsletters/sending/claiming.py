"""Who sends which mail: taken under a row lock, kept for a while, given back."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from kekiz_portal.lib import mailbox
from network.models import Delivery, Newsletter

from . import pacing

AT_A_TIME = 100
# A mail that ended so many workers in a row ends no more of them.
MOST_CLAIMS = 10
State = Delivery.State
# What sending a mail needs to know; anything else would be a question to the database in between.
NEEDED = ["address", "domain", "language", "contact_id", "subscription_id", "attempts"]


@dataclass(frozen=True)
class Claim:
    """Mails for one worker; ``is_held_back`` when more would wait but may not leave yet."""

    deliveries: list = field(default_factory=list)
    is_held_back: bool = False


def claim(roll_call, owner, most=AT_A_TIME):
    """Take waiting mails of a newsletter for ``owner`` (a UUID) and return the ``Claim``.

    Committed when this returns. Who no longer wants the newsletter, by the ``RollCall``, is left
    out for good here.
    """
    room, full_domains = pacing.look()
    if room == 0:
        return Claim(is_held_back=True)
    with transaction.atomic():
        picked = list(
            Delivery.objects.waiting()
            .filter(newsletter=roll_call.newsletter, newsletter__state=Newsletter.State.SENDING)
            .exclude(domain__in=full_domains)
            .order_by("pk")
            .only(*NEEDED)
            .annotate(mailbox=mailbox.in_database("address"))
            .select_for_update(skip_locked=True, of=("self",))[: min(most, room or most)]
        )
        if not picked:
            return Claim(is_held_back=bool(full_domains))
        allowed = pacing.take(_without_withdrawn(roll_call, picked))
        _rows(allowed).update(
            state=State.SENDING,
            claimed_by=owner,
            claimed_at=Now(),
            leased_until=_lease(),
            claims=F("claims") + 1,
        )
    return Claim(allowed, is_held_back=not allowed)


def give_back(owner):
    """Give back what ``owner`` claimed and has not begun; it was no try."""
    _claimed(owner).update(
        state=State.QUEUED, claimed_by=None, leased_until=None, claims=F("claims") - 1
    )


def renew(owner):
    """Keep what ``owner`` claimed and has not begun for another while."""
    _claimed(owner).update(leased_until=_lease())


def give_back_expired():
    """Take over from workers that fell silent; return how many mails (back, unclear).

    What was never handed over waits again. What may have been handed over is for a person.
    """
    # A lease longer than any was given while the clock was wrong; nobody waits for its end.
    longest = settings.NEWSLETTER_DATA_TIMEOUT_SECONDS + settings.NEWSLETTER_LEASE_SECONDS
    expired = Delivery.objects.filter(
        Q(leased_until__lt=Now()) | Q(leased_until__gt=Now() + 2 * timedelta(seconds=longest)),
        newsletter__in=Newsletter.objects.may_have_claims(),
    )
    claimed = expired.filter(state=State.SENDING)
    unclear = _park(
        expired.filter(state=State.DATA_SENT),
        _("Der Versand brach ab, während der Mailserver die Nachricht entgegennahm."),
    )
    unclear += _park(
        claimed.filter(claims__gte=MOST_CLAIMS),
        _("Der Versand brach bei dieser Nachricht immer wieder ab, bevor sie hinausging."),
    )
    back = claimed.update(state=State.QUEUED, claimed_by=None, leased_until=None)
    return back, unclear


def _park(deliveries, words):
    """Leave mails to a person. Who claimed them may still tell what became of them."""
    return deliveries.update(state=State.UNCLEAR, leased_until=None, answer=words)


def _without_withdrawn(roll_call, deliveries):
    wanted = roll_call.present([one.mailbox for one in deliveries])
    withdrawn = [one for one in deliveries if one.mailbox not in wanted]
    if withdrawn:
        _rows(withdrawn).update(state=State.SKIPPED, retry_at=None, answered_at=Now())
    return [one for one in deliveries if one.mailbox in wanted]


def _rows(deliveries):
    return Delivery.objects.filter(pk__in=[one.pk for one in deliveries])


def _claimed(owner):
    return Delivery.objects.filter(claimed_by=owner, state=State.SENDING)


def _lease():
    return Now() + timedelta(seconds=settings.NEWSLETTER_LEASE_SECONDS)
