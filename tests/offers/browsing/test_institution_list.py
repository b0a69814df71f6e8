"""The list of institutions holds what its filters count."""

import re

import pytest

from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    ProtectedLocationFactory,
)

pytestmark = pytest.mark.django_db


def count_in(page):
    return int(re.search(r'id="liste">(\d+)', page)[1])


def count_beside(page, label):
    return int(re.search(rf"{label}\D*?\((\d+)\)", re.sub(r"<[^>]+>", " ", page))[1])


def test_an_institution_with_a_protected_and_a_public_place_is_counted_where_it_is_listed(client):
    wanne = DistrictFactory(name="Wanne", slug="wanne")
    for places in [[LocationFactory(district=wanne)], [LocationFactory(district=wanne)]]:
        InstitutionFactory().locations.set([*places, ProtectedLocationFactory()])

    before = client.get("/einrichtungen/").content.decode()
    listed = client.get("/einrichtungen/?bezirk=wanne").content.decode()

    assert count_beside(before, "Stadtbezirk Wanne") == count_in(listed) == 2


def test_who_asks_for_schools_gets_as_many_as_the_choice_says(client):
    schools = InstitutionKindFactory(name="Schulen", slug="schule")
    for name in ["Grundschulen", "Gymnasien"]:
        InstitutionFactory(kind=InstitutionKindFactory(name=name, counts_as=schools))

    before = client.get("/einrichtungen/").content.decode()
    listed = client.get("/einrichtungen/?art=schule").content.decode()

    assert count_beside(before, "Schulen") == count_in(listed) == 2


def test_a_protected_place_is_counted_nowhere(client):
    DistrictFactory(name="Wanne", slug="wanne")
    InstitutionFactory().locations.set([ProtectedLocationFactory()])

    assert "Stadtbezirk Wanne" not in client.get("/einrichtungen/").content.decode()
