"""An institution that closed leaves the public directory and stays in the office's."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from offers.curation import versions
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("redaktion"))


SAID = {"apply": "1", "reason": "Träger hat geschlossen"}


def act(office, action, institution, said=SAID, **query):
    address = reverse("admin:offers_institution_changelist", query=query)
    data = {"action": action, "_selected_action": [institution.pk]} | said
    return office.post(address, data, follow=True).content.decode()


def is_public(client, institution):
    page = client.get(reverse("offers:institutions")).content.decode()
    answer = client.get(institution.get_absolute_url())
    assert (institution.name in page) == (answer.status_code == 200)
    return answer.status_code == 200


def test_an_archived_institution_is_not_public_and_comes_back(office, client):
    house = InstitutionFactory(name="Haus am Teich")

    asked = act(office, "archive", house, said={})
    assert "Grund" in asked
    assert "Haus am Teich" in asked
    assert is_public(client, house)
    assert "ist archiviert" in act(office, "archive", house)
    assert not is_public(client, house)
    assert "Haus am Teich" not in list_of(office)
    assert "Haus am Teich" in list_of(office, archiv="ja")
    assert "steht wieder im Verzeichnis" in act(office, "reopen", house, archiv="ja")
    assert is_public(client, house)
    assert [one.reason for one in versions.versions_of(house)][1:] == [
        "Träger hat geschlossen",
        "wieder geöffnet",
    ]


def list_of(office, **query):
    address = reverse("admin:offers_institution_changelist", query=query)
    return office.get(address).content.decode()


def test_an_institution_with_a_public_offer_cannot_be_archived(office, client):
    house = InstitutionFactory(name="Haus am Teich")
    OfferFactory(provider=house, provider_name="")

    assert "noch 1 veröffentlichtes Angebot" in act(office, "archive", house)
    assert is_public(client, house)


def test_the_form_leads_straight_to_the_public_page_while_there_is_one(office):
    house = InstitutionFactory()
    change = reverse("admin:offers_institution_change", args=[house.pk])
    link = f'href="{house.get_absolute_url()}"'

    assert link in office.get(change).content.decode()
    act(office, "archive", house)
    assert link not in office.get(change).content.decode()
