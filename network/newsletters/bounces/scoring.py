"""What a bounce does to an address: points, and no more newsletters when there are too many."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kekiz_portal.lib import mailbox
from network.models import AddressHealth, Bounce, Delivery, HouseLetter
from network.models.newsletters.delivery import FORGOTTEN

Kind, Effect = Bounce.Kind, Bounce.Effect
# What is unclear counts like what may pass.
POINTS = {Kind.HARD: 1, Kind.SOFT: 0.5, Kind.UNKNOWN: 0.5, Kind.COMPLAINT: 0}


def take_in(report):
    """Write a report down and count it; return the ``Bounce``, None when it was known already.

    Committed when this returns.
    """
    with transaction.atomic(durable=True):
        delivery = Delivery.objects.filter(pk=report.delivery_id).first()
        letter = HouseLetter.objects.filter(pk=report.letter_id).for_office_list().first()
        address = report.address if report.is_ours else _address_of(delivery, letter)
        is_known = bool(address)
        bounce, is_new = Bounce.objects.get_or_create(
            message_hash=report.message_hash,
            defaults={
                "address": address or report.address,
                "delivery": delivery,
                "kind": report.kind,
                "effect": _effect_on_its_own(report, is_known=is_known),
                "status": report.status,
                "diagnostic": report.words,
            },
        )
        if not is_new:
            return None
        if letter is not None and not report.is_under_way:
            letter.note_return()
        if bounce.effect == Effect.COUNTED and not count(bounce.address, bounce.kind):
            bounce.effect = Effect.SAME_DAY
            bounce.save(update_fields=["effect"])
        return bounce


def _address_of(delivery, letter):
    """Return where a mail went; empty if that is forgotten, or nobody signed for it."""
    if delivery is not None:
        return "" if delivery.address.endswith(FORGOTTEN) else delivery.address
    return letter.address if letter is not None else ""


def count(address, kind, on=None):
    """Add the points of a bounce on a day (today by default); return whether it counted."""
    today = on or timezone.localdate()
    AddressHealth.objects.bulk_create(
        [AddressHealth(address=mailbox.identity(address))], ignore_conflicts=True
    )
    health = AddressHealth.objects.select_for_update().get(address__mailbox=address)
    if health.last_counted_on == today and kind != Kind.COMPLAINT:
        return False
    if _is_forgotten(health, today):
        health.score = 0
    health.score += POINTS[kind]
    health.last_counted_on = today
    health.changed_at = timezone.now()
    # Who calls a newsletter spam gets none from now on.
    is_enough = kind == Kind.COMPLAINT or health.score >= settings.BOUNCE_THRESHOLD
    if health.stopped_at is None and is_enough:
        health.stopped_at = health.changed_at
    health.save()
    return True


def _effect_on_its_own(report, *, is_known):
    """Return what a report does, but for what was counted before."""
    if not is_known:
        return Effect.UNSIGNED
    if report.is_under_way:
        return Effect.UNDER_WAY
    return Effect.COUNTED if report.blames_the_mailbox else Effect.CONTENT


def _is_forgotten(health, today):
    last = health.last_counted_on
    kept = timedelta(days=settings.BOUNCE_SCORE_FORGOTTEN_DAYS)
    return last is not None and today - last > kept
