"""Places of an offer, and which of its times are at which of them."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError

from offers.exchange import locations
from offers.models import District, OfferPlace, Schedule

from .institutions import district_of
from .prose import places as place_text
from .prose import schedules as schedule_text
from .prose.places import Mode, Spot
from .row_forms import choice

COLUMNS = ("mode", "name", "street", "postcode", "postcode_inferred", "district_slug", "note")


@dataclass(frozen=True)
class PlannedPlace:
    """A spot with its part of the city, the row it stands in, and the times there."""

    row: object
    spot: Spot
    district: object = None
    schedules: tuple = ()
    postal_code: str = ""
    postal_code_is_certain: bool = True

    @property
    def words(self):
        return {self.spot.name, self.spot.street, self.district.name if self.district else ""}

    def with_schedules(self, schedules):
        return replace(self, schedules=tuple(schedules))


@dataclass(frozen=True)
class Plan:
    """The places of an offer, and the times that stay text."""

    places: tuple
    rest: str


def plan(row, district, own_rows):
    """Plan the places and times of an offer.

    Takes its row, its part of the city, and the rows that name its places one by one where
    its own text cannot be read. Raises ``RowError`` if one of them is wrong.
    """
    places = [_own_place(own) for own in own_rows] or _read_places(row, district)
    reading = schedule_text.read(row["schedule"])
    at = [(_place_for(schedule.where, places, row), schedule) for schedule in reading.schedules]
    if any(place is None for place, _schedule in at):
        return Plan(tuple(places), row["schedule"])
    for place, _schedule in at:
        if place not in places:
            places.append(place)
    planned = [
        place.with_schedules(schedule for where, schedule in at if where == place)
        for place in places
    ]
    return Plan(tuple(planned), reading.rest)


def keep(plan, offer):
    """Give an offer the planned places and times instead of those it has."""
    before = [place.location for place in offer.places.all() if place.location]
    offer.places.all().delete()
    for position, planned in enumerate(plan.places):
        try:
            _keep_place(planned, offer, position)
        except ValidationError as error:
            raise planned.row.error("place", " ".join(error.messages)) from error
    locations.drop_unused(before)


def _own_place(own):
    mode = choice(own, "mode", {mode.value: mode for mode in Mode})
    spot = Spot(mode, name=own["name"], street=own["street"], note=own["note"])
    return PlannedPlace(
        own,
        spot,
        district_of(own),
        postal_code=own["postcode"] or own["postcode_inferred"],
        postal_code_is_certain=bool(own["postcode"]),
    )


def _read_places(row, district):
    spots = place_text.read(row["place"], has_district=district is not None)
    if not spots and district:
        spots = [Spot()]
    return [_planned(row, spot, district) for spot in spots]


def _planned(row, spot, district):
    """Drop from the name of a spot what its part of the city says already."""
    if spot.is_secret or spot.mode != Mode.LOCATION:
        return PlannedPlace(row, spot)
    name, street = _without_town(spot.name, district), spot.street
    if not street and place_text.STREET.fullmatch(name):
        name, street = "", name
    if district and name and _is_a_district(name):
        note = "" if name == district.name else name
        return PlannedPlace(row, Spot(note=note), district)
    return PlannedPlace(row, Spot(name=name, street=street, note=spot.note), district)


def _without_town(text, district):
    for town in (settings.CITY["name"], district.name if district else ""):
        if town:
            text = text.removesuffix(f", {town}")
    return text


def _is_a_district(name):
    return (
        District.objects.filter(name=name).exists()
        or District.objects.filter(aliases__contains=[name]).exists()
    )


def _place_for(where, places, row):
    """Return the place that a word in the times means, ``None`` if it is not certain."""
    if where == schedule_text.PHONE:
        phone = PlannedPlace(row, Spot(Mode.PHONE))
        return next((place for place in places if place.spot.mode == Mode.PHONE), phone)
    if where:
        named = [place for place in places if where in place.words]
        return named[0] if len(named) == 1 else None
    return places[0] if places else PlannedPlace(row, Spot(Mode.UNKNOWN))


def _keep_place(planned, offer, position):
    place = OfferPlace(
        offer=offer,
        mode=planned.spot.mode,
        location=_location(planned),
        note=_note(planned),
        position=position,
    )
    place.full_clean()
    place.save()
    for read in planned.schedules:
        schedule = Schedule(
            place=place,
            rrule=read.rrule,
            starts_on=read.date,
            start_time=read.start,
            end_time=read.end,
            public_holidays=read.public_holidays,
            school_holidays=read.school_holidays,
            note=read.note,
        )
        schedule.full_clean()
        schedule.save()


def _location(planned):
    spot = planned.spot
    if spot.is_secret:
        return locations.protected()
    if spot.mode != Mode.LOCATION:
        return None
    in_the_city = planned.district or spot.street
    address = locations.Address(
        name="" if spot.street else spot.name,
        street=spot.street,
        postal_code=planned.postal_code,
        is_certain=planned.postal_code_is_certain,
        city=settings.CITY["name"] if in_the_city else "",
        district=planned.district,
    )
    return locations.shared(address)


def _note(planned):
    """The note to a place; where the street is the address, its name helps to find the door."""
    spot = planned.spot
    parts = [spot.name if spot.street else "", spot.note]
    return ", ".join(part for part in parts if part)[:200]
