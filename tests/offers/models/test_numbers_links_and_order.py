"""One form of a number, a link and an order, wherever an entry is written, shown and found."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from offers.models import ContactPoint, Helpline, Institution, Offer
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db
WAYS = ["0049 2323 161651", "00 49 2323/161651", "+49 02323 161651", "49 2323 161651"]


def raw(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names of this test
        return [value for (value,) in cursor.fetchall()]


@pytest.mark.parametrize("typed", [*WAYS, "(0)2323 161651", "02323\u00a016\u201316\u200e51"])
def test_an_offer_dials_its_number_however_it_was_written(client, typed):
    offer = OfferFactory(phone=f"{typed} (Mo-Fr 9-12)")

    page = client.get(offer.get_absolute_url()).content.decode()

    assert 'href="tel:+492323161651"' in page
    assert ">02323 16-1651</bdi>" in page
    assert "(Mo-Fr 9-12)" in page
    assert raw("offers_offer", "phone") == ["+492323161651 (Mo-Fr 9-12)"]


def test_what_is_no_number_is_shown_and_never_linked(client):
    offer = OfferFactory(phone="siehe Homepage")

    page = client.get(offer.get_absolute_url()).content.decode()

    assert "siehe Homepage" in page
    assert 'href=""' not in page


@pytest.mark.parametrize("typed", [*WAYS, "02323 16-1651", "02323/161651"])
def test_a_search_for_a_number_finds_its_entry(client, typed):
    OfferFactory(title="Eltern-Café", phone="02323 16-1651")
    point = OfferFactory(title="Stillgruppe")
    ContactPoint.objects.create(offer=point, label="Anmeldung", phone="+492323161651")
    OfferFactory(title="Turnen", phone="02323 999999")

    page = client.get(reverse("offers:browse"), {"q": typed}).content.decode()

    assert "Eltern-Café" in page
    assert "Stillgruppe" in page
    assert "Turnen" not in page


def test_a_number_that_is_not_public_is_not_found_by_families(client):
    offer = OfferFactory(title="Frauenhaus")
    ContactPoint.objects.create(
        offer=offer, label="Leitung", phone="02323 161651", visibility="internal"
    )

    page = client.get(reverse("offers:browse"), {"q": "02323 161651"}).content.decode()

    assert "Frauenhaus" not in page


def test_a_link_is_stored_with_https_and_a_script_is_no_link():
    house = InstitutionFactory(url="www.herne.de")
    house.refresh_from_db()

    assert house.url == "https://www.herne.de"
    house.url = "javascript:alert(1)"
    with pytest.raises(ValidationError):
        house.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        house.save()


def test_a_help_line_dials_what_is_read():
    line = Helpline(number="0800 111 0 111")

    assert (line.number, line.tel_uri) == ("0800 111 0 111", "tel:+498001110111")


def test_lists_stand_in_german_order():
    for name in ["Zoo", "AWO", "Ärztehaus", "Abenteuerspielplatz", "Arche", "Straßenbahn", "Öko"]:
        InstitutionFactory(name=name)
        OfferFactory(title=name)

    wanted = ["Abenteuerspielplatz", "Arche", "Ärztehaus", "AWO", "Öko", "Straßenbahn", "Zoo"]
    houses = Institution.objects.filter(name__in=wanted)
    assert list(houses.values_list("name", flat=True)) == wanted
    assert list(Offer.objects.values_list("title", flat=True)) == wanted
