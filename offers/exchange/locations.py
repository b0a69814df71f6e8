"""Addresses: one row for one building, whoever is in it."""

from dataclasses import dataclass

from django.db.models import Q

from offers.models import Location


@dataclass(frozen=True)
class Address:
    """An address as read. ``is_certain`` says whether the postal code is."""

    name: str = ""
    street: str = ""
    postal_code: str = ""
    is_certain: bool = True
    city: str = ""
    district: object = None
    position: tuple = (None, None)  # latitude and longitude


def shared(address):
    """Return the public location with this address, made if there is none yet.

    Two addresses are the same place if street and part of the city agree (without a street:
    the name), and no two postal codes speak against it. A postal code that is new or certain
    completes the one that is there. Raises ``ValidationError`` if the address is not possible.
    """
    found = _find(address) or Location(
        name=address.name,
        street=address.street,
        city=address.city,
        district=address.district,
    )
    if address.postal_code and (not found.postal_code or address.is_certain):
        found.postal_code = address.postal_code
        found.postal_code_is_certain = address.is_certain
    if found.latitude is None:
        found.latitude, found.longitude = address.position
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


def _find(address):
    places = Location.objects.public().filter(district=address.district, street=address.street)
    if not address.street:
        places = places.filter(name=address.name)
    if address.postal_code:
        places = places.filter(postal_code__in=["", address.postal_code])
    if address.city:
        places = places.filter(city__in=["", address.city])
    return places.order_by("pk").first()
