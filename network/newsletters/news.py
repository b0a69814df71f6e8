"""What is new in the directory since people last got a newsletter."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from network.models import Newsletter
from offers.models import Offer

FIRST_TIME = timedelta(days=30)
MOST = 12
TOLD = [
    *Offer.PUBLIC_TEXTS,
    "ages",
    "cost_kind",
    "cost_note",
    "access_modes",
    "registration_deadline",
    "provider_id",
    "phone",
    "email",
    "url",
]


@dataclass(frozen=True)
class News:
    new: list
    changed: list


def since_last_issue(newsletter):
    """Return the ``News`` since the newsletter before; at most ``MOST`` offers, new ones first.

    An entry somebody only looked through is no news: a family must read something else than before.
    """
    since = _last_issue_at(newsletter)
    touched = Offer.objects.published().filter(updated_at__gt=since)
    keys = touched.values_list("pk", flat=True)
    before = {row.id: row for row in Offer.history.as_of(since).filter(id__in=list(keys))}
    new, changed = [], []
    for offer in touched.for_cards().order_by("title", "pk"):
        if _was_unknown(offer, before.get(offer.pk), since):
            new.append(offer)
        elif _reads_otherwise(offer, before.get(offer.pk)):
            changed.append(offer)
    return News(new[:MOST], changed[: max(0, MOST - len(new))])


def _last_issue_at(newsletter):
    others = Newsletter.objects.exclude(pk=newsletter.pk).exclude(frozen_at=None)
    last = others.order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    return last or timezone.now() - FIRST_TIME


def _was_unknown(offer, before, since):
    if before is None:
        return offer.created_at > since
    return before.status != Offer.Status.PUBLISHED


def _reads_otherwise(offer, before):
    return before is not None and any(
        getattr(before, name) != getattr(offer, name) for name in TOLD
    )
