"""The address of an entry as a list from outside says it: one public place, in five columns."""

from collections import defaultdict

from django.utils.translation import gettext as _

from offers.exchange.columns.addresses import KEYS, apart, locations_of, part
from offers.models import Location
from offers.quality.identity import Address


def has_protected_place(entry):
    return any(location.is_protected for location in locations_of(entry))


def is_several(address):
    """Whether a table names more than one address."""
    return any(len(apart(text)) > 1 for text in address.values())


def place(entry, values, book, district_of, *, is_new):
    """Return the location that the values of a row give an entry, ``None`` if they name no place.

    The dry run and the commit both ask here. ``district_of`` returns the number of a part of the
    city by its name.
    """
    address = {
        key: apart(values.get(key, "") if is_new or key in values else part(entry, key))[0]
        for key in KEYS
    }
    district = district_of(address["district"])
    if not (address["place_name"] or address["street"] or district):
        return None  # a town alone is no place
    return book.find_or_prepare(address, district)


def too_long(address):
    """Return what the fields of a location object to, by key."""
    names = {"place_name": "name", "street": "street", "city": "city"}
    found = {}
    for key, name in names.items():
        limit = Location._meta.get_field(name).max_length  # noqa: SLF001, public API
        if len(address.get(key, "")) > limit:
            found[key] = [_("Hier sind höchstens %d Zeichen möglich.") % limit]
    return found


class AddressBook:
    """Every public location, and the new ones of an import: one row for one building."""

    def __init__(self):
        self.known = defaultdict(list)
        self.fresh = []
        for location in Location.objects.filter(visibility=Location.Visibility.PUBLIC):
            self._add(location)

    def find_or_prepare(self, address, district_id):
        """Return the location with an address; one not known yet is still unsaved.

        Takes the address by ``KEYS`` and the part of the city. Two are the same place if street
        (without one: the name) and part of the city agree, and neither postal code nor town speaks
        against it.
        """
        code = address["postal_code"]
        where = _key(address["place_name"], address["street"], district_id)
        wanted = Address.of(address["street"], code, address["city"])
        for location in self.known[where]:
            there = Address.of(location.street, location.postal_code, location.city)
            if (not code or location.postal_code in ("", code)) and not wanted.contradicts(there):
                return location
        location = Location(
            name=address["place_name"],
            street=address["street"],
            postal_code=code,
            city=address["city"],
            district_id=district_id,
        )
        self._add(location)
        self.fresh.append(location)
        return location

    def _add(self, location):
        where = _key(location.name, location.street, location.district_id)
        self.known[where].append(location)


def _key(name, street, district_id):
    return ("" if street else name, street, district_id)
