"""How near offers are to a part of the city: as the crow flies, from its middle to their places."""

from math import asin, cos, radians, sin, sqrt

from . import bits, reading

EARTH_RADIUS_KM = 6371.0


def around(catalogue, slugs, most):
    """Return the offers in parts of the city, or at most so many kilometres from their middle."""
    return bits.union(_around(catalogue, slug, most) for slug in slugs)


def _around(catalogue, slug, most):
    def make():
        return catalogue.named("bezirk", slug) | bits.union(_near(catalogue, slug, most))

    return catalogue.once(("around", slug, most), make)


def _near(catalogue, slug, most):
    middle = reading.positions(catalogue.districts).get(slug)
    for at, those in catalogue.values("at").items() if middle else ():
        if kilometres(middle, at) <= most:
            yield those


def kilometres(one, other):
    """Return how many kilometres lie between two pairs of latitude and longitude in degrees.

    As the crow flies, by the haversine formula.
    """
    (north, east), (other_north, other_east) = one, other
    height = sin(radians(other_north - north) / 2) ** 2
    width = sin(radians(other_east - east) / 2) ** 2
    curve = height + cos(radians(north)) * cos(radians(other_north)) * width
    return 2 * EARTH_RADIUS_KM * asin(sqrt(curve))
