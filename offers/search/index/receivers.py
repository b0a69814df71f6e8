"""Tell the search of every change that it follows from."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from offers.models import Offer, OfferPlace

from .documents import OWN_FIELDS
from .following import CONCERNED, IN_THE_VOCABULARY, follow
from .indexing import index


@receiver(post_save)
def after_a_change(sender, instance, update_fields, **_kwargs):
    if sender not in CONCERNED and sender not in IN_THE_VOCABULARY:
        return
    if sender is not Offer or update_fields is None or OWN_FIELDS & set(update_fields):
        follow(sender, [instance.pk])


@receiver(post_delete)
def after_an_end(sender, instance, origin, **_kwargs):
    if sender in IN_THE_VOCABULARY:
        follow(sender, [])
    if sender is OfferPlace and getattr(origin, "model", type(origin)) is OfferPlace:
        index([instance.offer_id])  # else the offer goes with its places


@receiver(m2m_changed, sender=Offer.topics.through)
@receiver(m2m_changed, sender=Offer.target_groups.through)
def after_terms_of_an_offer(instance, action, pk_set, **_kwargs):
    if action.startswith("post_"):
        index([instance.pk] if isinstance(instance, Offer) else pk_set or [])
