"""The way to an offer or an institution, on the map of the city: a link that opens when tapped."""

from urllib.parse import quote

from django.conf import settings


def route(offer):
    """Return the address of the way to the first public place with a street; empty without one."""
    if offer.has_protected_place:
        return ""
    return way_to(place.location for place in offer.public_places if place.location)


def way_to(locations):
    """Return the address of the way to the first of public places that has a street, or empty."""
    template = settings.CITY.get("route_url")
    found = next((one for one in locations if one.is_public and one.street), None)
    if not template or found is None:
        return ""
    code = found.postal_code if found.postal_code_is_certain else ""
    where = ", ".join(filter(None, [found.street, f"{code} {found.city}".strip()]))
    return template.replace("{address}", quote(where))
