"""Within reach is what a family can really take part in."""

import io

import pytest
from django.core.management import call_command

from offers.models import Offer
from offers.quality import reach
from tests.factories.offers import (
    ContactPointFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db

WHOLE = {"phone": "02323 161651", "how_to_apply": "Rufen Sie an"}


def is_within_reach(offer):
    return Offer.objects.filter(reach.is_within_reach(), pk=offer.pk).exists()


def at_a_place(**fields):
    offer = OfferFactory(**fields)
    OfferPlaceFactory(offer=offer, location=LocationFactory(street="Markt 1"))
    return offer


def test_a_number_a_place_and_a_way_in_are_within_reach():
    assert is_within_reach(at_a_place(**WHOLE))


def test_a_time_does_as_well_as_a_way_in():
    offer = at_a_place(phone="02323 161651", access_modes=[])
    ScheduleFactory(place=offer.places.get())

    assert is_within_reach(offer)


def test_the_providers_number_is_somebody_to_ask():
    provider = InstitutionFactory(phone="02323 161651")

    offer = at_a_place(provider=provider, provider_name="", how_to_apply="Rufen Sie an")

    assert is_within_reach(offer)


def test_a_number_for_the_office_alone_is_nobody_to_ask():
    offer = at_a_place(how_to_apply="Rufen Sie an")
    ContactPointFactory(offer=offer, visibility="internal")

    assert not is_within_reach(offer)


def test_without_a_place_nobody_gets_there():
    offer = OfferFactory(**WHOLE)
    OfferPlaceFactory(offer=offer, mode="unknown", location=None)

    assert not is_within_reach(offer)


def test_what_comes_to_the_family_needs_no_place():
    offer = OfferFactory(**WHOLE)
    OfferPlaceFactory(offer=offer, mode="home_visit", location=None)

    assert is_within_reach(offer)


def test_at_least_70_of_hernes_entries_are_within_reach(herne):
    counted = reach.report()

    assert counted["within_reach"] >= 70, counted


def test_the_command_prints_the_figures(herne):
    out = io.StringIO()

    call_command("reach", stdout=out)

    numbers = [int(line.split()[0]) for line in out.getvalue().splitlines()]
    assert numbers == list(reach.report().values())
