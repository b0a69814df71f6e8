"""Keep the coming dates right when something they follow from changes, and addresses secret."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from lifephases.models import AgeSpan
from lifephases.signals import checked

from .models import (
    ClosingDay,
    Location,
    Offer,
    OfferPlace,
    Schedule,
    ScheduleException,
    SchoolHoliday,
)
from .protection.protected_addresses import KeepsAddressesSecret, look_up_anew, refuse
from .schedules import occurrences


@receiver(post_save, sender=Schedule)
def renew_after_schedule_change(instance, raw, **_kwargs):
    if not raw:
        occurrences.renew(Schedule.objects.filter(pk=instance.pk))


@receiver(post_save, sender=OfferPlace)
def renew_after_a_place_moved(instance, raw, created, **_kwargs):
    if not raw and not created:
        occurrences.renew(Schedule.objects.filter(place=instance))


@receiver([post_save, post_delete], sender=ScheduleException)
def renew_after_exception_change(instance, origin=None, **_kwargs):
    """Where the whole offer goes (``origin``), its dates have gone before and must stay away."""
    if origin is None or getattr(origin, "model", type(origin)) is ScheduleException:
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


@receiver(checked)
def refuse_protected_addresses_in_forms(entry, **_kwargs):
    refuse(entry)


@receiver(pre_save)
def refuse_protected_addresses(instance, raw, **_kwargs):
    """Whatever writes an entry: a form has said it before, everything else is told now."""
    if not raw and isinstance(instance, KeepsAddressesSecret | AgeSpan):
        refuse(instance, spares_stored=True)


@receiver([post_save, post_delete], sender=Location)
def look_up_protected_addresses_anew(**_kwargs):
    look_up_anew()


@receiver(post_save, sender=Location)
def forget_where_it_was(instance, raw, **_kwargs):
    """What the office noted of a place under its address is kept under its number."""
    if raw or not instance.is_protected:
        return
    kind = ContentType.objects.get_for_model(Location)
    noted = LogEntry.objects.filter(content_type=kind, object_id=str(instance.pk))
    noted.update(object_repr=str(instance))
    transaction.on_commit(_look_everywhere, robust=True)


def _look_everywhere():
    from .tasks import look_for_protected_addresses  # noqa: PLC0415, tasks know the receivers' models

    look_for_protected_addresses.delay()
