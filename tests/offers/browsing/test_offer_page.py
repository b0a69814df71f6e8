"""What a family reads on the page of one offer."""

import datetime as dt

import pytest

from lifephases import ages
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import ContactPointFactory, OfferFactory, TargetGroupFactory

pytestmark = pytest.mark.django_db


def page_of(client, offer):
    response = client.get(offer.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("span", [None, ages.span(0, 36), ages.span(None, 36), ages.span(36, None)])
def test_an_offer_can_be_read_in_a_city_without_life_phases(client, span):
    offer = OfferFactory(title="Elterncafé", ages=span)

    assert "Elterncafé" in page_of(client, offer)


def test_an_offer_from_before_birth_on_can_be_read_with_what_comes_next(client):
    LifePhaseFactory(name="Baby", ages=ages.span(0, 11))
    LifePhaseFactory(name="Kita", short_name="Kita", ages=ages.span(12, 72))

    page = page_of(client, OfferFactory(ages=ages.span(None, 11)))

    assert "Wie es weitergeht: Kita" in page


def test_the_last_day_to_register_is_named(client):
    page = page_of(client, OfferFactory(registration_deadline=dt.date(2099, 6, 30)))

    assert "30. Juni 2099" in page
    assert "Dieser Tag ist vorbei" not in page


def test_a_last_day_to_register_that_is_past_is_named_as_past(client):
    page = page_of(client, OfferFactory(registration_deadline=dt.date(2020, 6, 30)))

    assert "30. Juni 2020" in page
    assert "Dieser Tag ist vorbei" in page


@pytest.mark.parametrize(
    ("possible", "words"),
    [(True, "Sie müssen Ihren Namen nicht sagen."), (False, "Ohne Namen geht es hier nicht.")],
)
def test_whether_one_may_stay_anonymous_is_said_where_it_is_known(client, possible, words):
    assert words in page_of(client, OfferFactory(anonymous_possible=possible))


def test_nothing_is_said_about_names_where_nobody_knows(client):
    assert "Anonym" not in page_of(client, OfferFactory(anonymous_possible=None))


def test_the_groups_an_offer_is_made_for_are_named(client):
    offer = OfferFactory()
    offer.target_groups.set([TargetGroupFactory(name="Alleinerziehende")])

    assert "Vor allem für: Alleinerziehende" in page_of(client, offer)


def test_contacts_are_shown_for_what_they_are_and_the_office_keeps_its_own(client):
    offer = OfferFactory(phone="")
    ContactPointFactory(offer=offer, label="Anmeldung", phone="02323 1234", hours="Mo 9–12 Uhr")
    ContactPointFactory(offer=offer, label="Fachberatung", visibility="professionals")
    ContactPointFactory(offer=offer, label="Hausmeister", visibility="internal")

    page = page_of(client, offer)

    assert 'href="tel:+4923231234"' in page
    assert ("Anmeldung" in page, "Mo 9–12 Uhr" in page) == (True, True)
    assert ("Fachberatung" in page, "Hausmeister" in page) == (False, False)
    assert "kennen wir noch keine eigene Nummer" not in page
