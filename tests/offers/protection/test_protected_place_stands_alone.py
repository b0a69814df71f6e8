"""An offer at a protected place is at no other address: forms say so, the database sees to it."""

import threading

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from offers.curation.publishing import take_step
from offers.models import Location, Offer, OfferPlace
from tests.factories.offers import (
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
)
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db
RULE = "protected_place_stands_alone"


def check_now():
    """Do what happens at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def office(signed_in):
    return signed_in(Client(), User.objects.create_superuser("leitung"))


@pytest.mark.parametrize("visibility", ["public", "district"])
def test_the_database_refuses_another_address_beside_a_protected_one(visibility):
    offer = OfferPlaceFactory(location=ProtectedLocationFactory()).offer
    OfferPlaceFactory(offer=offer, location=LocationFactory(visibility=visibility))

    with pytest.raises(IntegrityError, match=RULE), transaction.atomic():
        check_now()
    OfferPlace.objects.filter(location__visibility=visibility).delete()
    check_now()


def test_the_database_refuses_to_protect_a_place_that_stands_beside_another():
    offer = OfferFactory()
    moved, _other = OfferPlaceFactory(offer=offer), OfferPlaceFactory(offer=offer)
    check_now()

    Location.objects.filter(pk=moved.location_id).update(visibility="protected", district=None)

    with pytest.raises(IntegrityError, match=RULE), transaction.atomic():
        check_now()
    Location.objects.filter(pk=moved.location_id).update(visibility="public")


def test_a_protected_place_may_have_a_telephone_beside_it_and_places_may_be_swapped():
    place = OfferPlaceFactory(location=ProtectedLocationFactory())
    OfferPlaceFactory(offer=place.offer, mode="phone", location=None)
    check_now()

    public = OfferPlaceFactory(offer=place.offer)
    place.delete()
    check_now()

    assert [one.location for one in place.offer.places.exclude(location=None)] == [public.location]


def test_the_form_of_an_offer_explains_and_keeps_what_was_typed(office):
    offer = OfferPlaceFactory(location=ProtectedLocationFactory()).offer
    url = reverse("admin:offers_offer_change", args=[offer.pk])
    data = form_of(office.get(url), "offer_form")
    row = {"places-1-mode": "location", "places-1-location": LocationFactory().pk}

    response = office.post(url, data | row | {"places-1-note": "Hinterhof"})

    html = response.content.decode()
    assert response.status_code == 200
    assert "Ein geschützter Ort steht nie neben einem anderen Ort" in html
    assert "Hinterhof" in html
    assert offer.places.count() == 1


def test_the_form_of_a_single_place_explains(office):
    offer = OfferPlaceFactory(location=ProtectedLocationFactory()).offer
    data = {"offer": offer.pk, "mode": "location", "location": LocationFactory().pk, "position": 1}
    data |= {"schedules-TOTAL_FORMS": 0, "schedules-INITIAL_FORMS": 0}

    response = office.post(reverse("admin:offers_offerplace_add"), data)

    assert "Ein geschützter Ort steht nie neben einem anderen Ort" in response.content.decode()


def test_protecting_a_place_names_the_offers_in_the_way():
    offer = OfferFactory(title="Frauencafé")
    location = OfferPlaceFactory(offer=offer).location
    OfferPlaceFactory(offer=offer)
    location.visibility, location.district = Location.Visibility.PROTECTED, None

    with pytest.raises(ValidationError, match="Frauencafé"):
        location.full_clean()


def test_a_protected_place_does_not_become_public_beside_another():
    place = OfferPlaceFactory(location=ProtectedLocationFactory(), offer__title="Frauenhaus")
    ProtectedLocationFactory()
    OfferPlaceFactory(offer=place.offer, location=ProtectedLocationFactory())
    place.location.visibility, place.location.name = "public", "Haus"

    with pytest.raises(ValidationError, match="Frauenhaus"):
        place.location.full_clean()


def test_protecting_a_place_looks_for_its_street_in_the_texts():
    text = "<p>Kommen Sie in die Rosenstraße 5!</p>"
    location = LocationFactory(street="Rosenstraße 5")
    OfferPlaceFactory(offer__title="Frauencafé", offer__description=text, location=location)
    location.visibility, location.district = Location.Visibility.PROTECTED, None

    with pytest.raises(ValidationError, match="Frauencafé"):
        location.full_clean()


def test_a_text_with_the_protected_street_is_not_published():
    offer = OfferFactory(status="draft", description="<p>In der ROSENSTRASSE 5.</p>")
    location = ProtectedLocationFactory(street="Rosenstraße 5")
    OfferPlaceFactory(offer=offer, location=location)
    boss = User.objects.create_superuser("leitung")

    with pytest.raises(ValidationError, match="geschützte Adresse"):
        take_step("publish", offer, boss)

    offer.refresh_from_db()
    assert offer.status == "draft"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_put_a_public_place_beside_one_being_protected():
    offer = OfferFactory()
    location = OfferPlaceFactory(offer=offer).location
    meeting = threading.Barrier(2, timeout=10)
    refused = []

    def run(change):
        try:
            with transaction.atomic():
                change()
                meeting.wait()
        except IntegrityError as error:
            refused.append(str(error))
        finally:
            connection.close()

    def protect():
        Location.objects.filter(pk=location.pk).update(visibility="protected", district=None)

    public = LocationFactory()
    threads = [
        threading.Thread(target=run, args=[change])
        for change in [protect, lambda: OfferPlace.objects.create(offer=offer, location=public)]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert RULE in refused[0]
    sorts = set(Offer.objects.get().places.values_list("location__visibility", flat=True))
    assert len(sorts) == 1
