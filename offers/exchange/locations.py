"""Addresses: one row for one building, whoever is in it."""

from django.db.models import Q

from offers.models import Location


def shared(
    *, name="", street="", postal_code="", is_certain=True, city="", district=None, **position
):
    """Return the public location with this address, made if there is none yet.

    Two addresses are the same place if street and part of the city agree (without a street:
    the name), and no two postal codes speak against it. A postal code that is new or certain
    completes the one that is there. Raises ``ValidationError`` if the address is not possible.
    """
    found = _find(name, street, postal_code, district)
    if found is None:
        found = Location(name=name, street=street, city=city, district=district)
    if postal_code and (not found.postal_code or is_certain):
        found.postal_code, found.postal_code_is_certain = postal_code, is_certain
    if position.get("latitude") is not None and found.latitude is None:
        found.latitude, found.longitude = position["latitude"], position["longitude"]
    found.full_clean()
    found.save()
    return found


def protected():
    """Return a new protected location: it holds nothing that could be told."""
    location = Location(visibility=Location.Visibility.PROTECTED)
    location.full_clean()
    location.save()
    return location


def drop_unused(locations):
    """Delete those of some locations that nothing refers to any more."""
    unused = Q(institutions=None, offer_places=None, accessibility=None)
    Location.objects.filter(unused, pk__in=[location.pk for location in locations]).delete()


def _find(name, street, postal_code, district):
    places = Location.objects.public().filter(district=district, street=street)
    if not street:
        places = places.filter(name=name)
    if postal_code:
        places = places.filter(postal_code__in=["", postal_code])
    return places.order_by("pk").first()
