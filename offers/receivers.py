"""Keep the coming dates right when something they follow from changes."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from . import occurrences
from .models import (
    ClosingDay,
    Offer,
    OfferPlace,
    Schedule,
    ScheduleException,
    SchoolHoliday,
)


@receiver(post_save, sender=Schedule)
def renew_after_schedule_change(instance, raw, **_kwargs):
    if not raw:
        occurrences.renew(Schedule.objects.filter(pk=instance.pk))


@receiver(post_save, sender=OfferPlace)
def renew_after_a_place_moved(instance, raw, created, **_kwargs):
    if not raw and not created:
        occurrences.renew(Schedule.objects.filter(place=instance))


@receiver([post_save, post_delete], sender=ScheduleException)
def renew_after_exception_change(instance, **_kwargs):
    occurrences.renew(Schedule.objects.filter(pk=instance.schedule_id))


@receiver([post_save, post_delete], sender=SchoolHoliday)
def renew_after_holiday_change(**_kwargs):
    occurrences.renew(Schedule.objects.bound_to_school_holidays())


@receiver([post_save, post_delete], sender=ClosingDay)
def renew_after_closing_days_change(**_kwargs):
    occurrences.renew(Schedule.objects.all())


@receiver(pre_save, sender=Offer)
def note_what_decides_about_dates(instance, raw, **_kwargs):
    stored = None if raw else Offer.objects.filter(pk=instance.pk).first()
    instance.dates_changed = stored is not None and _decides(stored) != _decides(instance)


@receiver(post_save, sender=Offer)
def renew_after_what_decides_changed(instance, **_kwargs):
    if instance.dates_changed:
        occurrences.renew(Schedule.objects.filter(place__offer=instance))


def _decides(offer):
    """Return what of an offer decides about its dates."""
    return offer.valid_from, offer.valid_to, offer.is_confirmed, offer.provider_id
