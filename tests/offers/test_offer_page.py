"""What a family reads on the page of one offer."""

import pytest

from lifephases import ages
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import OfferFactory

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
