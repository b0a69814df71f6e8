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


@pytest.mark.parametrize(
    ("typed", "language", "list_"),
    [
        ("kita wanne", "", "art=kita&bezirk=bezirk-wanne"),
        ("Kindergärten in Eickel", "", "art=kita&bezirk=bezirk-eickel"),
        ("grundschule eickel", "", "art=grundschule&bezirk=bezirk-eickel"),
        ("kita 44649", "", "art=kita&bezirk=bezirk-wanne"),
        ("anaokulu", "/tr", "art=kita"),
    ],
)
def test_a_kind_that_is_typed_shows_the_institutions_of_it(client, herne, typed, language, list_):
    answer = client.post(f"{language}/einrichtungen/", {"q": typed}, follow=True)

    assert answer.redirect_chain == [(f"{language}/einrichtungen/?{list_}", 303)]
    assert count_in(answer.content.decode()) > 0


@pytest.mark.parametrize("typed", ["kita fabio", "krise", "schwimmkurs wanne", "\0", ""])
def test_whatever_else_is_typed_is_asked_of_the_offers_in_no_address(client, herne, typed):
    answer = client.post("/einrichtungen/", {"q": typed})

    assert (answer.status_code, answer["Location"]) == (307, "/angebote/")
