"""How much of a place is said to families, and by what the office tells places apart."""

import pytest
from django.core.exceptions import ValidationError

from offers.models import AccessibilityFact, Location
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
)

pytestmark = pytest.mark.django_db
DISTRICT_ONLY = Location.Visibility.DISTRICT


def place(**known):
    known = {"name": "Kita Sonne", "street": "Weg 1", "city": "Herne"} | known
    return LocationFactory(**known)


@pytest.mark.parametrize(
    ("known", "lines"),
    [
        ({"postal_code": "44649"}, ["Weg 1", "44649 Herne (Wanne)"]),
        ({"postal_code": "44649", "postal_code_is_certain": False}, ["Weg 1", "Herne (Wanne)"]),
        ({"street": "", "postal_code": "44649"}, ["44649 Herne (Wanne)"]),
        ({"city": ""}, ["Weg 1", "Wanne"]),
        ({"visibility": DISTRICT_ONLY, "postal_code": "44649"}, ["Wanne"]),
    ],
)
def test_families_read_as_much_of_an_address_as_is_known_and_may_be(known, lines):
    there = place(district=DistrictFactory(name="Wanne"), **known)

    assert there.address_lines == lines


def test_a_part_of_the_city_is_not_said_where_none_is_known_or_it_is_the_city_itself():
    assert place(district=None).address_lines == ["Weg 1", "Herne"]
    assert place(district=DistrictFactory(name="Herne")).address_lines == ["Weg 1", "Herne"]
    assert place(name="Ohne", district=None, visibility=DISTRICT_ONLY).address_lines == []


def test_only_of_a_public_place_the_name_and_the_way_are_said():
    public = place(transport_note="Bus 303", district=DistrictFactory(name="Wanne"))
    narrowed = place(name="Praxis", transport_note="Bus 303", visibility=DISTRICT_ONLY)
    shelter = ProtectedLocationFactory(name="Haus", transport_note="Bus 303")

    told = [(one.public_name, one.public_transport_note) for one in (public, narrowed, shelter)]
    assert told == [("Kita Sonne", "Bus 303"), ("", ""), ("", "")]
    assert (public.district_words, shelter.district_words) == ("Wanne", "")


def test_the_office_tells_places_apart_by_their_houses_and_a_shelter_by_its_number_alone():
    there, alone = place(district=None), place(name="Halle", district=None)
    shelter = ProtectedLocationFactory(name="Haus", street="Geheimgasse 17")
    for name in ["Kita Sonne", "Familienzentrum", "Café"]:
        InstitutionFactory(name=name).locations.add(there, shelter)

    assert there.words_to_choose == "Kita Sonne, Weg 1, Herne (Café, Familienzentrum)"
    assert alone.words_to_choose == str(alone) == "Halle, Weg 1, Herne"
    assert shelter.words_to_choose == str(shelter) == f"Geschützter Ort {shelter.pk}"


def test_a_place_does_not_become_protected_beside_another_and_the_offers_are_named():
    there, other = place(), place(name="Halle", street="Platz 2")
    for title in ["Zweites", "Erstes"]:
        offer = OfferFactory(title=title)
        OfferPlaceFactory(offer=offer, location=there)
        OfferPlaceFactory(offer=offer, location=other)
    there.visibility = Location.Visibility.PROTECTED

    with pytest.raises(ValidationError, match="bei: Erstes, Zweites"):
        there.clean()
    other.clean()


def test_what_somebody_checked_about_getting_in_is_said_with_its_remark():
    lift = AccessibilityFact(feature=AccessibilityFact.Feature.LIFT, is_present=True)
    assert lift.words == "Aufzug"
    lift.is_present, lift.note = False, "defekt bis Mai"
    assert lift.words == "Aufzug: nicht vorhanden (defekt bis Mai)"
