"""A number is never unnamed: who answers, what for, and whether it is the Jugendamt."""

import re

import pytest

from kekiz_portal.city import read_city
from offers.browsing.whom_to_ask import of_the_city
from tests.factories.offers import ContactPointFactory, InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db

CITY = "02323 16-1651"
NOT_THE_YOUTH_OFFICE = {
    "name": "Familienbüro",
    "is_youth_office": False,
    "purpose": "Hier suchen wir mit Ihnen zusammen.",
    "phone": "02323 99",
    "email": "familienbuero@stadt.example",
    "hours": "Mo 9–12 Uhr",
}


def contact_of(client, offer):
    """Return the box on the page of an offer that says whom to ask."""
    page = client.get(offer.get_absolute_url()).content.decode()
    return page[page.index('class="contact"') : page.index("offer__body")]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_offers_own_number_is_the_main_action_with_its_mail_beside_it(client):
    offer = OfferFactory(phone="02323 1234", email="treff@haus.example", provider_name="Haus")

    box = contact_of(client, offer)

    assert re.search(r'button--main"\s+href="tel:[+]4923231234"', box)
    assert 'href="mailto:treff@haus.example"' in box
    assert ("Haus" in words(box), CITY in box) == (True, False)


def test_a_contact_for_one_purpose_is_the_offers_own(client):
    offer = OfferFactory(phone="", email="")
    ContactPointFactory(offer=offer, label="Anmeldung", phone="", email="anmeldung@haus.example")

    box = contact_of(client, offer)

    assert "Anmeldung" in words(box)
    assert 'href="mailto:anmeldung@haus.example"' in box
    assert CITY not in box


def test_without_its_own_the_providers_number_is_shown_by_the_providers_name(client):
    house = InstitutionFactory(name="Stadtteilbücherei", phone="02323 77", email="b@haus.example")
    offer = OfferFactory(phone="", email="", provider=house, provider_name="")

    box = contact_of(client, offer)

    assert "Sie erreichen den Anbieter: Stadtteilbücherei" in words(box)
    assert ('href="tel:+49232377"' in box, 'href="mailto:b@haus.example"' in box) == (True, True)
    assert ("button--main" in box, CITY in box) == (False, False)


def test_the_last_way_is_the_city_by_name_and_families_hear_that_it_is_the_jugendamt(client):
    offer = OfferFactory(phone="", email="", provider_name="Elterninitiative")

    box = contact_of(client, offer)

    assert "kennen wir noch keine eigene Nummer" in words(box)
    assert "Fachbereich Kinder-Jugend-Familie, Stadt Herne. Das ist das Jugendamt." in words(box)
    assert box.index("Fachbereich Kinder-Jugend-Familie") < box.index(CITY)
    assert not re.search(r'class="button[^"]*" href="tel:', box)
    assert "button--main" not in box


def test_another_city_names_its_own_function_with_mail_and_that_it_is_not_the_jugendamt(
    client, settings
):
    settings.CITY = settings.CITY | {"contact": NOT_THE_YOUTH_OFFICE}
    box = contact_of(client, OfferFactory(phone="", email=""))

    assert "Das ist nicht das Jugendamt. Hier suchen wir mit Ihnen zusammen." in words(box)
    assert 'href="mailto:familienbuero@stadt.example"' in box
    assert "Fachbereich" not in box


def test_where_nobody_says_whether_it_is_the_jugendamt_nothing_is_claimed(client, settings):
    contact = {"name": "Bürgertelefon", "phone": "02323 98"}
    settings.CITY = settings.CITY | {"contact": contact}

    box = contact_of(client, OfferFactory(phone="", email=""))

    assert of_the_city().is_youth_office is None
    assert ("Bürgertelefon" in box, "Jugendamt" in box) == (True, False)


@pytest.mark.parametrize("path", ["/", "/angebote/?q=qxzqxz", "/einrichtungen/?art=gibtsnicht"])
def test_every_page_that_shows_the_citys_number_names_it_first(client, path):
    page = words(client.get(path).content.decode())

    before, *_rest = page.partition(CITY)
    assert "Fachbereich Kinder-Jugend-Familie" in before[-200:]


def test_too_many_reports_are_answered_with_a_named_number(client):
    offer = OfferFactory()
    address = f"{offer.get_absolute_url()}melden/"
    for _time in range(11):
        answer = client.post(address, {"topic": "times"})

    assert "Fachbereich Kinder-Jugend-Familie, Telefon 02323 16-1651" in answer.content.decode()


def test_a_city_that_leaves_its_number_unnamed_does_not_start(tmp_path):
    lines = ['name = "A"', 'full_name = "A"', 'portal_name = "A"', 'claim = "A"', "[region]"]
    text = "\n".join(['department = "A"', *lines, "[contact]", 'phone = "02323 1"'])
    (tmp_path / "city.toml").write_text(text)

    with pytest.raises(ValueError, match="never unnamed"):
        read_city(tmp_path)
