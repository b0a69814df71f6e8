"""What is new in the directory since people last got a newsletter."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kekiz_portal.lib.german_order import GermanOrder
from network.models import Newsletter
from offers.curation.record import ROOT, parts_of, plain
from offers.curation.versions import AS_IT_WAS, GONE
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
# Whom to ask may be for the office alone; everything else of an offer a family reads.
UNTOLD = {ROOT, "contact"}


@dataclass(frozen=True)
class News:
    """The offers a newsletter tells of; ``left_out`` is how many more there are."""

    new: list
    changed: list
    left_out: int = 0


def of(block):
    """Return the ``News`` that a block tells of: by its topic, its phase, and without some."""
    chosen = _narrowed(block).exclude(pk__in=block.left_out.values("pk"))
    new, changed = since_last_issue(block.newsletter, chosen)
    told, shown = new[:MOST], changed[: max(0, MOST - len(new))]
    return News(told, shown, left_out=len(new) + len(changed) - len(told) - len(shown))


def to_choose_from(block):
    """Return the offers a block would tell of if none were left out, those left out too."""
    new, changed = since_last_issue(block.newsletter, _narrowed(block))
    return [*new, *changed]


def since_last_issue(newsletter, published):
    """Return which ``published`` offers are new since the newsletter before, and which changed.

    Those with a date come first, soonest first.

    An entry somebody only looked through is no news: a family must read something else than before,
    in its texts or in its places, dates and prices. What has a block of its own is told there.
    """
    since = _last_issue_at(newsletter)
    moved = _with_other_rows(since)
    told_anyway = newsletter.blocks.filter(kind="offer").exclude(offer=None).values("offer")
    touched = published.filter(Q(updated_at__gt=since) | Q(pk__in=moved))
    touched = touched.exclude(pk__in=told_anyway)
    before = _as_they_were(touched, since)
    new, changed = [], []
    by_title = touched.distinct().for_cards().order_by(GermanOrder("title"), "title", "pk")
    for offer in sorted(by_title, key=_soonest):
        then = before.get(offer.pk)
        if _was_unknown(offer, then, since):
            new.append(offer)
        elif offer.pk in moved or _reads_otherwise(offer, then):
            changed.append(offer)
    return new, changed


def _narrowed(block):
    offers = Offer.objects.published()
    if block.news_topic:
        offers = offers.about([block.news_topic.slug])
    return offers.for_phase(block.news_phase) if block.news_phase else offers


def _soonest(offer):
    """Return by what offers are put in order: the next date, those without one at the end."""
    date = offer.next_occurrence
    return (date is None, date.starts_at.timestamp() if date else 0)


def _last_issue_at(newsletter):
    others = Newsletter.objects.exclude(pk=newsletter.pk).exclude(frozen_at=None)
    last = others.order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    return last or timezone.now() - FIRST_TIME


def _as_they_were(offers, since):
    """Return the row of history by offer that says how it was at a time, where one does."""
    rows = Offer.history.filter(id__in=offers.order_by().values("pk"))
    return _before(rows, since)


def _before(rows, since):
    """Return by key the last row before a time, or the one that wrote down what had been there."""
    found = {}
    for row in rows.order_by("history_date", "history_id"):
        if row.history_date <= since or (
            row.id not in found and row.history_change_reason == AS_IT_WAS
        ):
            found[row.id] = row
    return found


def _was_unknown(offer, before, since):
    if before is None:
        return offer.created_at > since
    return before.status != Offer.Status.PUBLISHED


def _reads_otherwise(offer, before):
    return before is not None and any(
        getattr(before, name) != getattr(offer, name) for name in TOLD
    )


def _with_other_rows(since):
    """Return the keys of the offers whose places, dates or prices are others than at a time."""
    homes, found = {}, set()
    for part in parts_of(Offer):
        if part.name in UNTOLD:
            continue
        touched = part.model.history.filter(history_date__gt=since).values("id")
        rows = part.model.history.filter(id__in=touched)
        before, last = _before(rows, since), _before(rows, timezone.now())
        homes[part.name] = {key: getattr(row, f"{part.parent}_id") for key, row in last.items()}
        for key, row in last.items():
            if _values(part, before.get(key)) != _values(part, row):
                found.add((part, key))
    return {_offer_of(part, key, homes) for part, key in found} - {None}


def _values(part, row):
    """Return what a row of history says, None if it is not or no longer there."""
    if row is None or row.history_type == GONE:
        return None
    return {one.name: plain(one, row) for one in part.fields if hasattr(row, one.attname)}


def _offer_of(part, key, homes):
    """Return the key of the offer a row hangs on, over the rows between them."""
    parts = {one.name: one for one in parts_of(Offer)}
    while key is not None and part.name != ROOT:
        above = parts[part.under]
        known = homes.get(part.name, {}).get(key)
        key = known or part.model.objects.filter(pk=key).values_list(part.parent, flat=True).first()
        part = above
    return key
