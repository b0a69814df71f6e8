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
    city by its name. Where the values of a new entry name none, a building known at that address
    says it.
    """
    address = {
        key: apart(values.get(key, "") if is_new or key in values else part(entry, key))[0]
        for key in KEYS
    }
    district = district_of(address["district"])
    if not (address["place_name"] or address["street"] or district):
        return None  # a town alone is no place
    return book.find_or_prepare(address, district, is_said="district" in values or not is_new)


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

    def find_or_prepare(self, address, district_id, *, is_said):
        """Return the location with an address; one not known yet is still unsaved.

        Takes the address by ``KEYS`` and the part of the city, and whether a list names that. Two
        are the same place if street (without one: the name) and part of the city agree, and neither
        postal code nor town speaks against it. Where the list names no part of the city, street
        and postal code or town are enough, unless they fit buildings in two parts.
        """
        code = address["postal_code"]
        wanted = Address.of(address["street"], code, address["city"])
        fitting = [
            location
            for location in self.known[_key(address["place_name"], address["street"])]
            if (not code or location.postal_code in ("", code))
            and not wanted.contradicts(_address(location))
        ]
        if found := _in_district(fitting, district_id, wanted, is_said=is_said):
            return found
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
        self.known[_key(location.name, location.street)].append(location)


def _in_district(locations, district_id, wanted, *, is_said):
    """Return the one of some locations that lies in a part of the city, ``None`` if none does."""
    same = next((one for one in locations if one.district_id == district_id), None)
    if is_said or (same and district_id):
        return same
    known = [one for one in locations if one.district_id and _is_certain(wanted, _address(one))]
    is_one = len({one.district_id for one in known}) == 1
    return known[0] if is_one else same


def _is_certain(one, other):
    """Whether two addresses are one building, though no part of the city says so."""
    codes = one.postal_code and one.postal_code == other.postal_code
    return one.agrees(other) and bool(codes or (one.city and one.city == other.city))


def _address(location):
    return Address.of(location.street, location.postal_code, location.city)


def _key(name, street):
    """Return what is the same however "Wilhelmstr. 89 a" is written."""
    return ("" if street else name, Address.of(street, "", "").street or street)
