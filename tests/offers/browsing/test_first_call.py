"""Whoever hesitates to call reads what happens then: as the entry says, else as its kind does."""

import pytest

from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db

COUNSELLING = {
    "anonymous_possible": True,
    "is_youth_office": False,
    "costs_nothing": True,
    "first_call": "Das Gespräch dauert etwa eine halbe Stunde.",
}


@pytest.fixture
def house():
    institution = InstitutionFactory()
    vars(institution.kind).update(COUNSELLING)
    institution.kind.save()
    return institution


def page_of(client, **facts):
    offer = OfferFactory(**({"phone": "02323 77", "provider_name": "", "cost_note": ""} | facts))
    return client.get(offer.get_absolute_url()).content.decode()


def test_what_holds_for_a_kind_of_institution_is_said_of_each_of_its_offers(client, house):
    page = page_of(client, provider=house, cost_kind="unknown")

    assert "Was passiert, wenn ich anrufe?" in page
    assert "Sie müssen Ihren Namen nicht sagen." in page
    assert "Sie sprechen dort nicht mit dem Jugendamt." in page
    assert "Das kostet nichts." in page
    assert "etwa eine halbe Stunde" in page
    assert "Kosten," not in page.partition('class="missing"')[2].partition("</p>")[0]


def test_what_the_entry_says_itself_wins(client, house):
    own = {"anonymous_possible": False, "is_youth_office": True, "first_call": "Eine Minute."}

    page = page_of(client, provider=house, cost_kind="paid", **own)

    assert "Ohne Namen geht es hier nicht." in page
    assert "Sie sprechen dort mit dem Jugendamt." in page
    assert ("Eine Minute." in page, "halbe Stunde" in page) == (True, False)
    assert "Das kostet nichts." not in page


def test_where_nobody_knows_nothing_is_claimed(client):
    page = page_of(client, provider=InstitutionFactory(), cost_kind="unknown")

    assert "wenn ich anrufe" not in page
    assert "Jugendamt." not in page.partition("<footer")[0]
