"""Keep the coming dates right when something they follow from changes."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from . import occurrences
from .models import OfferPlace, Schedule, ScheduleException, SchoolHoliday


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
