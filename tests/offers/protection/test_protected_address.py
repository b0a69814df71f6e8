"""A protected address is never shown, found or counted, even when someone has stored it."""

import pytest

from offers.models import AccessibilityFact
from tests.factories.offers import (
    AccessibilityFactFactory,
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
)

pytestmark = pytest.mark.django_db

SECRET = "Geheimgasse 17"


@pytest.fixture
def shelter():
    location = ProtectedLocationFactory(name="Am Geheim", street=SECRET, postal_code="44623")
    AccessibilityFactFactory(location=location, feature=AccessibilityFact.Feature.STEP_FREE)
    institution = InstitutionFactory(name="Schutzhaus")
    institution.locations.add(location)
    offer = OfferFactory(title="Schutz für Frauen", provider=institution, provider_name="")
    OfferPlaceFactory(offer=offer, location=location, note="Eingang Geheim-Hof")
    return offer


def test_no_page_shows_the_address_of_a_shelter(client, shelter):
    paths = [
        "/",
        "/angebote/",
        shelter.get_absolute_url(),
        "/einrichtungen/",
        shelter.provider.get_absolute_url(),
    ]

    pages = [client.get(path).content.decode() for path in paths]

    assert "Schutz für Frauen" in pages[1]
    assert [path for path, page in zip(paths, pages, strict=True) if SECRET in page] == []
    assert [path for path, page in zip(paths, pages, strict=True) if "Geheim" in page] == []


@pytest.mark.parametrize("query", ["q=Geheimgasse", "q=44623", "q=Geheim", "barrierefrei=1"])
def test_nothing_leads_from_the_address_to_the_shelter(client, shelter, query):
    page = client.get(f"/angebote/?{query}").content.decode()
    found, _, _what_there_is_without_the_filter = page.partition('class="empty-state"')

    assert "Schutz für Frauen" not in found


def test_a_shelter_says_that_its_place_is_protected(client, shelter):
    assert "Ort ist geschützt" in client.get(shelter.get_absolute_url()).content.decode()
