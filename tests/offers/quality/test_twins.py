"""The same offer entered twice is noticed; offers that only look alike are left alone."""

import pytest

from offers.models import Offer
from offers.quality.twins import twins_of
from tests.factories.offers import InstitutionFactory, OfferFactory, OfferPlaceFactory

pytestmark = pytest.mark.django_db


def titles(twins):
    return [twin.offer.title for twin in twins]


@pytest.mark.parametrize("typed", ["Babycafe", "baby-café!", "Babycafee", "BABYCAFÉ"])
def test_a_title_typed_a_little_differently_is_a_twin(typed):
    OfferFactory(title="Babycafé")
    OfferFactory(title="Lernhilfe")

    assert titles(twins_of(typed)) == ["Babycafé"]


def test_a_part_of_the_title_is_enough_with_the_same_provider():
    provider = InstitutionFactory()
    OfferFactory(title="Babycafé", provider=provider)
    OfferFactory(title="Babycafé", provider_name="Ein anderer Verein")

    [twin] = twins_of("Babycafé am Rathaus", provider=provider.pk)

    assert (twin.offer.provider, twin.why) == (provider, "ähnlicher Titel, derselbe Anbieter")


def test_a_part_of_the_title_is_enough_at_the_same_place():
    there = OfferPlaceFactory(offer__title="Babycafé").location_id
    OfferPlaceFactory(offer__title="Babycafé", offer__provider_name="Ein anderer Verein")

    [twin] = twins_of("Babycafé am Rathaus", locations=[there])

    assert twin.why == "ähnlicher Titel, derselbe Ort"


def test_groups_that_differ_by_a_number_are_not_twins():
    provider = InstitutionFactory()
    OfferFactory(title="Offener Treff (6-10)", provider=provider)

    assert twins_of("Offener Treff (11-13)", provider=provider.pk) == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("InHa: Beratung (Herne)", "InHa: Beratung (Wanne)"),
        ("Abenteuerspielplatz Hasenkamp", "Ferienparty auf dem Abenteuerspielplatz Hasenkamp"),
        ("Märchenstunde in der Stadtbibliothek", "Stadtbibliothek"),
    ],
)
def test_neither_a_district_in_brackets_nor_where_it_is_makes_a_twin(title, other):
    provider = InstitutionFactory()
    OfferFactory(title=other, provider=provider)

    assert twins_of(title, provider=provider.pk) == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("InHa: Beratung (Herne)", "InHa: Beratung (herne)"),
        ("InHa: Beratung (Herne)", "InHa: Beratung"),
        ("Märchenstunde in der Stadtbibliothek", "Märchenstunde"),
        ("Märchenstunde in der Stadtbibliothek", "Märchenstunde Stadtbibliothek"),
    ],
)
def test_what_may_be_the_same_with_its_district_or_place_named_is_a_twin(title, other):
    provider = InstitutionFactory()
    OfferFactory(title=other, provider=provider)

    assert titles(twins_of(title, provider=provider.pk)) == [other]


def test_neither_itself_nor_what_was_archived_is_a_twin():
    offer = OfferFactory(title="Babycafé")
    OfferFactory(title="Babycafé", provider_name="Früher", status=Offer.Status.ARCHIVED)

    assert twins_of("Babycafé", but_not=offer.pk) == []


@pytest.mark.parametrize("typed", ["", " ", "???", "x" * 5000, "\x1f"])
def test_whatever_is_typed_finds_nothing_rather_than_failing(typed):
    OfferFactory(title="Babycafé")

    assert twins_of(typed) == []


def test_none_of_hernes_offers_is_taken_for_another(herne):
    found = {
        offer.title: titles(
            twins_of(
                offer.title,
                provider=offer.provider_id,
                locations=[place.location_id for place in offer.places.all() if place.location_id],
                but_not=offer.pk,
            )
        )
        for offer in Offer.objects.prefetch_related("places")
    }

    assert {title: twins for title, twins in found.items() if twins} == {}


def test_twins_among_many_take_two_questions(django_assert_max_num_queries):
    for number in range(40):
        OfferFactory(title="Babycafé", provider_name=f"Verein {number}")

    with django_assert_max_num_queries(2):
        assert len(twins_of("Babycafé")) == 3
