"""The address of an entry in five columns; several places stand side by side."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import Column
from kekiz_portal.lib.tables.readings import unknown
from offers.models import District, Location

from . import readings

KEYS = ("place_name", "street", "postal_code", "city", "district")


def places_of(entry):
    """Return the locations of an entry that may leave the database, from what was prefetched."""
    return [location for location in locations_of(entry) if not location.is_protected]


def locations_of(entry):
    """Return all locations of an entry in order, from what was prefetched."""
    if hasattr(entry, "locations"):
        return list(entry.locations.all())
    return [place.location for place in entry.places.all() if place.location]


def shown(location):
    """Return what a file may say about a location that is not protected."""
    district = location.district.label if location.district else ""
    if location.visibility != Location.Visibility.PUBLIC:
        return dict.fromkeys(KEYS, "") | {"district": district}
    code = location.postal_code if location.postal_code_is_certain else ""
    return {
        "place_name": squeezed(location.name),
        "street": squeezed(location.street),
        "postal_code": code,
        "city": squeezed(location.city),
        "district": district,
    }


def squeezed(text):
    return " ".join(text.split())


def beside(texts):
    """Return a cell in which texts stand side by side, "" if none says anything."""
    texts = [several.escaped(squeezed(text), "\\|") for text in texts]
    return several.joined(texts).strip() if any(texts) else ""


def apart(cell):
    """Return the texts that stand side by side in a cell."""
    return several.all_values(cell, "|")


def part(entry, key):
    """Return one part of the address of an entry; several places stand side by side."""
    return beside(shown(location)[key] for location in places_of(entry))


class AddressColumn(Column):
    """A part of the public address of an entry."""

    is_relation = True

    def plain(self, entry):
        return part(entry, self.key)

    def read(self, text):
        return beside(self.read_one(one) if one else "" for one in apart(text))

    def read_one(self, text):
        return text


class PostalCodeColumn(AddressColumn):
    @cached_property
    def codes(self):
        lists = District.objects.values_list("postal_codes", flat=True)
        return {code for codes in lists for code in codes}

    def read_one(self, text):
        return readings.postal_code(text, self.codes)


class DistrictColumn(AddressColumn):
    """A part of the city by its name, another name or its short name."""

    @cached_property
    def districts(self):
        return list(District.objects.order_by("-level"))

    @cached_property
    def known(self):
        found = {}
        for one in self.districts:
            for name in (one.label, one.slug, one.name, *one.aliases):
                found.setdefault(name.casefold(), one)
        return found

    def choices(self):
        return [(one.label, one.label) for one in self.districts]

    def read_one(self, text):
        if text.casefold() not in self.known:
            raise unknown(text)
        return self.known[text.casefold()].label

    def pk(self, plain):
        return self.known[plain.casefold()].pk if plain else None


def columns():
    return [
        AddressColumn("place_name", _("Name des Ortes"), "ort name, veranstaltungsort"),
        AddressColumn(
            "street",
            _("Straße und Hausnummer"),
            "straße, str, straße hausnummer, straße hausnr, straße nr, straße und nr, "
            "str_hausnr, str nr, adresse, anschrift, street",
        ),
        PostalCodeColumn("postal_code", _("Postleitzahl"), "plz, postcode"),
        AddressColumn("city", _("Stadt"), "ort, wohnort, gemeinde, city"),
        DistrictColumn("district", _("Stadtteil"), "ortsteil, stadtbezirk, bezirk, district_slug"),
    ]
