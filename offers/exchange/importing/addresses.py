"""The one public address that an entry takes from a list from outside, and when it takes none."""

from collections import defaultdict

from django.utils.translation import gettext as _

from offers.exchange.columns.addresses import (
    KEYS,
    apart,
    beside,
    locations_of,
    part,
    places_of,
    shown,
)
from offers.models import Location
from offers.quality.identity import Address

SHELTER = "schutz"  # the kind of institutions that nobody may find


def has_protected_place(entry):
    return any(location.is_protected for location in locations_of(entry))


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


class OneAddress:
    """Looks at the addresses of drafts; ``refuse`` notes why a column of one cannot be taken."""

    def __init__(self, columns, refuse):
        self.columns, self.refuse = columns, refuse
        self.book = AddressBook()

    def settle(self, draft):
        """Let a row say of its address what will be kept of it, no more and no less."""
        wanted = {key: draft.values[key] for key in KEYS if draft.values.get(key)}
        if not wanted:
            return
        if reason := self._why_none(draft, wanted):
            if draft.question:
                self.refuse(draft, next(iter(wanted)), [reason])
                draft.is_secret = self.is_protected(draft)
            return
        is_new, district_of = draft.entry is None, self.columns["district"].pk
        location = place(draft.entry, wanted, self.book, district_of, is_new=is_new)
        if location is None:
            for key in wanted:
                del draft.values[key]
            draft.hints.append(
                _("Postleitzahl und Stadt ohne Straße sind kein Ort; sie bleiben weg.")
            )
            return
        if location.pk is None and location.district_id is None:
            draft.hints.append(_("Der Ort ist hier neu und liegt in keinem Stadtteil."))
        for key, text in shown(location).items():
            kept = beside([text])
            if wanted.get(key, "") not in ("", kept):
                draft.hints.append(self._left_out(key, wanted[key], kept))
            if key in wanted or kept:
                draft.values[key] = kept

    def _left_out(self, key, said, kept):
        """Say that the place of an address stays as it is, whatever a row says of it."""
        label = self.columns[key].label
        if kept:
            words = _("%(what)s: An dieser Anschrift steht hier schon „%(kept)s“.")
            return words % {"what": label, "kept": kept}
        words = _("%(what)s: Der Ort an dieser Anschrift hat hier nichts; „%(said)s“ bleibt weg.")
        return words % {"what": label, "said": said}

    def check(self, draft, values):
        """Refuse an address that the entry does not take from such a list."""
        wanted = {key: values[key] for key in KEYS if values.get(key)}
        if wanted and (reason := self._why_none(draft, wanted)):
            self.refuse(draft, next(iter(wanted)), [reason])
            draft.is_secret = self.is_protected(draft)
        for key, name in (("place_name", "name"), ("street", "street"), ("city", "city")):
            limit = Location._meta.get_field(name).max_length  # noqa: SLF001, public API
            if len(wanted.get(key, "")) > limit:
                self.refuse(draft, key, [_("Hier sind höchstens %d Zeichen möglich.") % limit])

    def _why_none(self, draft, wanted):
        """Return why an entry takes no address from a file, "" if it does."""
        if self.is_protected(draft):
            return _("Die Adresse ist geschützt und wird nie aus einer Datei übernommen.")
        is_known = draft.entry is not None and draft.target
        is_one = not (is_known and len(places_of(draft.entry)) > 1)
        if not is_one or any(len(apart(text)) > 1 for text in wanted.values()):
            return _("Der Eintrag hat mehrere Orte. Ändern Sie die Adresse bitte im Formular.")
        return ""

    def is_protected(self, draft):
        """Whether nobody may find where the entry of a row is."""
        is_known = draft.entry is not None and draft.target
        return self.is_shelter(draft) or (is_known and has_protected_place(draft.entry))

    def is_shelter(self, draft):
        """Whether a row is about a shelter: no list says where that is."""
        column = self.columns.get("kind")
        kind = draft.values.get("kind") or getattr(draft.entry, "kind_id", None)
        return bool(column and kind) and kind == column.known.get(SHELTER)


class AddressBook:
    """Every public location, and the new ones of an import: one row for one building."""

    def __init__(self):
        self.known = defaultdict(list)
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
