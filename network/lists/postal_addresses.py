"""Where a letter to a partner goes. A protected place has no address, here as everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostalAddress:
    street: str = ""
    postal_code: str = ""
    city: str = ""
    district: str = ""

    @property
    def town(self):
        return " ".join(part for part in (self.postal_code, self.city) if part)


def address_of(partner):
    """Return the ``PostalAddress`` of a partner, from the loaded places of its institution.

    The first place whose street may be known counts; a postal code only where it is certain.
    """
    places = [one for one in partner.institution.locations.all() if one.is_public]
    for place in sorted(places, key=lambda one: (not one.street, one.pk)):
        return PostalAddress(
            place.street,
            place.postal_code if place.postal_code_is_certain else "",
            place.city,
            place.district_words,
        )
    return PostalAddress(district=partner.institution.place_words)
