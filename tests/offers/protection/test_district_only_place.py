"""Of a place whose district alone may be known, nothing else is shown or found."""

import pytest

from offers.models import Location
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
)

pytestmark = pytest.mark.django_db

SECRETS = ["Geheimgasse", "Haus Geheim", "Hintereingang", "Klingeln Sie bei Müller"]


@pytest.fixture
def offer():
    location = LocationFactory(
        visibility=Location.Visibility.DISTRICT,
        name="Haus Geheim",
        street="Geheimgasse 17",
        postal_code="44649",
        transport_note="Hintereingang, zweite Klingel",
        district=DistrictFactory(name="Wanne", postal_codes=["44651"]),
    )
    institution = InstitutionFactory()
    institution.locations.add(location)
    offer = OfferFactory(title="Beratung", provider=institution, provider_name="")
    OfferPlaceFactory(offer=offer, location=location, note="Klingeln Sie bei Müller")
    DistrictFactory(name="Eickel", postal_codes=["44649"])
    return offer


def test_its_pages_name_the_district_and_nothing_closer(client, offer):
    addresses = [offer.get_absolute_url(), offer.provider.get_absolute_url(), "/angebote/"]

    pages = [client.get(address).content.decode() for address in addresses]

    assert all("Wanne" in page for page in pages)
    assert [secret for secret in SECRETS for page in pages if secret in page] == []


def test_it_is_found_by_the_postal_codes_of_its_district_and_not_by_its_own(client, offer):
    by_district, by_own = (
        client.get(f"/angebote/?plz={code}").content.decode() for code in ["44651", "44649"]
    )
    found, _, _what_else_there_is = by_own.partition('class="empty-state"')

    assert ("Beratung" in by_district, "Beratung" in found) == (True, False)
