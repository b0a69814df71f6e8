"""Addresses that lists leave behind."""

from django.db.models import Q

from offers.models import Location


def drop_unused(locations):
    """Delete those of some locations that nothing refers to any more."""
    unused = Q(institutions=None, offer_places=None, accessibility=None)
    Location.objects.filter(unused, pk__in=[location.pk for location in locations]).delete()
