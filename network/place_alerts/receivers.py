"""Whoever waits is told as soon as an institution says that there is room."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from network.models import PlaceAlert
from offers.models import FreePlaces

from . import telling


@receiver(post_save, sender=FreePlaces)
def call_for_whoever_waits(instance, **_):
    if instance.has_room and PlaceAlert.objects.confirmed().filter(offer=instance.offer).exists():
        transaction.on_commit(telling.call_worker)
