"""All places of an entry, with all that is known of each: for lists that bring entries whole.

A row has several columns about places, in each of which the places stand side by side. "Wo" says
of every place what it is; the columns of addresses (``addresses.py``) go through those of them that
have one. A protected place says nothing but that it is there.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables import several
from kekiz_portal.lib.tables.columns import Column, whole
from kekiz_portal.lib.tables.readings import SHOWN, choice
from offers.models import AccessibilityFact, Institution, Location, OfferPlace
from offers.models.place import refuse_beside_protected

from . import addresses, readings, schedules
from .addresses import apart, beside, squeezed

Mode, Visibility = OfferPlace.Mode, Location.Visibility

PROTECTED, DISTRICT = "protected", "district"
KINDS = [
    *Mode.choices,
    (PROTECTED, _("an einem geschützten Ort")),
    (DISTRICT, _("an einem Ort, bekannt ist nur der Stadtteil")),
]
NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]+)?"
POINT = re.compile(rf"(?P<latitude>{NUMBER}) (?P<longitude>{NUMBER})")
FEATURES = AccessibilityFact.Feature.choices
ABOUT_A_FEATURE = re.compile(r"(?P<absent>: nicht vorhanden)?(?: \((?P<note>.*)\))?")


class ModesColumn(Column):
    """What each place is."""

    is_relation = True

    def plain(self, entry):
        labels = dict(KINDS)
        return beside(str(labels[kind]) for kind in _kinds(entry))

    def read(self, text):
        labels = dict(KINDS)
        return beside(str(labels[choice(one, KINDS)]) for one in apart(text) if one)


class OfPlacesColumn(Column):
    """Something of each place that has an address and is not protected."""

    is_relation = True

    def __init__(self, key, label, say, check=None, *, internal=False):
        super().__init__(key, label, internal=internal)
        self.say, self.check = say, check

    def plain(self, entry):
        return beside(self.say(location) for location in addresses.places_of(entry))

    def read(self, text):
        found = apart(text)
        for one in found:
            if one and self.check:
                self.check(one)
        return beside(found)


class NotesColumn(OfPlacesColumn):
    """What is to be said of each place of an offer, wherever it is."""

    def plain(self, entry):
        return beside(place.public_note for place in entry.places.all())


class TimesColumn(Column):
    """The schedules of all places of an offer."""

    is_relation = True

    def plain(self, entry):
        return schedules.cell(entry.places.all())

    def read(self, text):
        schedules.planned(text)
        return text


@dataclass
class PlannedPlace:
    """One place as a row says it; ``location`` is unsaved, ``accessibility`` hangs on it."""

    mode: str
    location: Location | None = None
    accessibility: list = field(default_factory=list)
    note: str = ""
    schedules: list = field(default_factory=list)


def of_entry(model):
    """Return the columns that say the places of an institution or an offer whole."""
    of_both = [
        ModesColumn("modes", _("Wo")),
        OfPlacesColumn(
            "postal_codes_unsure",
            _("Postleitzahl, nicht belegt"),
            _unsure_code,
            readings.postal_code,
            internal=True,
        ),
        OfPlacesColumn("points", _("Breiten- und Längengrad"), _point, _read_point),
        OfPlacesColumn("transport_notes", _("Anfahrt"), lambda one: one.public_transport_note),
        OfPlacesColumn("accessibility", _("Barrierefreiheit"), _features, _read_features),
    ]
    of_offers = [
        NotesColumn("place_notes", _("Hinweis zum Ort"), None),
        TimesColumn("times", _("Termine im Portal")),
    ]
    return [whole(one) for one in of_both + (of_offers if model is not Institution else [])]


KEYS = {
    *addresses.KEYS,
    *("modes", "postal_codes_unsure", "points", "transport_notes"),
    *("accessibility", "place_notes", "times"),
}


def planned(said, district_of):
    """Return the ``PlannedPlace`` of each place that a row says. Raises ``ValidationError``.

    ``said`` has the plain value of each of ``KEYS`` that such entries have; ``district_of`` returns
    the number of a part of the city by its name.
    """
    kinds = [choice(one, KINDS) for one in apart(said["modes"]) if one]
    known = [kind for kind in kinds if kind in (Mode.LOCATION, DISTRICT)]
    locations = _locations(said, known, district_of)
    notes = _beside(said, "place_notes", len(kinds))
    found = [_place(kind, locations, note) for kind, note in zip(kinds, notes, strict=True)]
    refuse_beside_protected([place.location for place in found if place.location])
    for one in schedules.planned(said.get("times", "")):
        if one.place > len(found):
            words = _now("Einen Ort %d gibt es hier nicht.")
            raise ValidationError(words % one.place)
        found[one.place - 1].schedules.append(one)
    return found


def _place(kind, locations, note):
    if kind == PROTECTED:
        return PlannedPlace(Mode.LOCATION, Location(visibility=Visibility.PROTECTED))
    if kind in (Mode.LOCATION, DISTRICT):
        location, accessibility = next(locations)
        return PlannedPlace(Mode.LOCATION, location, accessibility, note)
    return PlannedPlace(kind, note=note)


def _locations(said, kinds, district_of):
    """Yield the unsaved location of each address, with what is said about getting in."""
    names = [*addresses.KEYS, "postal_codes_unsure", "points", "transport_notes", "accessibility"]
    columns = [_beside(said, name, len(kinds)) for name in names]
    for kind, values in zip(kinds, zip(*columns, strict=True), strict=True):
        one = dict(zip(names, values, strict=True))
        latitude, longitude = _read_point(one["points"])
        location = Location(
            name=one["place_name"],
            street=one["street"],
            postal_code=one["postal_code"] or one["postal_codes_unsure"],
            postal_code_is_certain=not one["postal_codes_unsure"],
            city=one["city"],
            district_id=district_of(one["district"]),
            latitude=latitude,
            longitude=longitude,
            transport_note=one["transport_notes"],
            visibility=Visibility.DISTRICT if kind == DISTRICT else Visibility.PUBLIC,
        )
        location.clean_fields(exclude=["district"])
        yield location, _read_features(one["accessibility"])


def _beside(said, key, number):
    """Return so many texts of a column. Raises ``ValidationError`` where it names more places."""
    cell = said.get(key, "")
    found = apart(cell) if cell else []
    if len(found) > number:
        words = _now("„%(text)s“ nennt mehr Orte als „Wo“.")
        raise ValidationError(words % {"text": cell[:SHOWN]})
    return [*found, *[""] * (number - len(found))]


def _kinds(entry):
    if not hasattr(entry, "places"):
        return [_kind(location) for location in entry.locations.all()]
    return [_kind(place.location) if place.location else place.mode for place in entry.places.all()]


def _kind(location):
    if location.is_protected:
        return PROTECTED
    return Mode.LOCATION if location.is_public else DISTRICT


def _unsure_code(location):
    is_known = location.is_public and not location.postal_code_is_certain
    return location.postal_code if is_known else ""


def _point(location):
    if not location.is_public or location.latitude is None:
        return ""
    return f"{location.latitude.normalize():f} {location.longitude.normalize():f}"


def _read_point(text):
    if not text:
        return None, None
    found = POINT.fullmatch(text)
    if not found:
        words = _now("„%s“ ist kein Breiten- und Längengrad wie „51.54 7.22“.")
        raise ValidationError(words % text[:SHOWN])
    return Decimal(found["latitude"]), Decimal(found["longitude"])


def _features(location):
    if not location.is_public:
        return ""
    return several.BETWEEN_PARTS.join(
        several.escaped(_feature(fact)) for fact in location.accessibility.all()
    )


def _feature(fact):
    absent = "" if fact.is_present else ": nicht vorhanden"
    note = f" ({squeezed(fact.note)})" if squeezed(fact.note) else ""
    return f"{fact.get_feature_display()}{absent}{note}"


def _read_features(text):
    """Return the unsaved facts about getting into a place."""
    return [_read_feature(one) for one in several.values(text, ";")]


def _read_feature(text):
    labels = sorted((str(label) for _value, label in FEATURES), key=len, reverse=True)
    label = next((one for one in labels if text.startswith(one)), text)
    said = ABOUT_A_FEATURE.fullmatch(text.removeprefix(label))
    fact = AccessibilityFact(
        feature=choice(label if said else text, FEATURES),
        is_present=not (said and said["absent"]),
        note=(said and said["note"]) or "",
    )
    fact.clean_fields(exclude=["location"])
    return fact
