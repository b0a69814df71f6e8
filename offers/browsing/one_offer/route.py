"""The way to an offer, on the map that the city names: a link that opens when it is tapped."""

from urllib.parse import quote

from django.conf import settings


def route(offer):
    """Return the address of the way to the first public place with a street; empty without one."""
    template = settings.CITY.get("route_url")
    if not template or offer.has_protected_place:
        return ""
    found = (place.location for place in offer.public_places if place.location)
    found = next((one for one in found if one.is_public and one.street), None)
    if found is None:
        return ""
    code = found.postal_code if found.postal_code_is_certain else ""
    where = ", ".join(filter(None, [found.street, f"{code} {found.city}".strip()]))
    return template.replace("{address}", quote(where))
