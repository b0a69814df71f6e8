"""Who works with whom: every tie of the network in the picture and in the table beside it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from network.coverage.ties.ties import Ties
from network.models import Agreement, Group, Membership
from tests.factories.network import PartnerFactory
from tests.factories.offers import (
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ProtectedLocationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def house(name, **facts):
    return PartnerFactory(institution=InstitutionFactory(name=name, **facts))


def belong(group, *partners, **facts):
    body = Group.objects.create(name=group, slug=group.lower())
    for one in partners:
        Membership.objects.create(group=body, partner=one, **facts)


def offer_at(guest, location):
    offer = OfferFactory(provider=guest.institution, provider_name="")
    OfferPlaceFactory(offer=offer, location=location)


@pytest.fixture
def city():
    names = ["AWO", "Büro", "Caritas", "Diakonie", "Eule", "Falken", "Gast", "Haus <H>"]
    return {name[0]: house(name) for name in names}


def test_groups_agreements_and_offers_in_anothers_house_tie_partners(coordinator, city):
    hall = LocationFactory()
    city["C"].institution.locations.add(hall)
    offer_at(city["G"], hall)
    offer_at(city["C"], hall)  # at home
    belong("Hilfen", city["A"], city["B"])
    belong("Schutz", city["B"], city["C"], city["H"])
    Agreement.objects.create(partner=city["D"], title="Lotsen")

    ties = Ties(TODAY())
    meets = {one.name: {ties.houses[pk].name for pk in one.meets} for one in ties.tied}
    page = " ".join(coordinator.get(reverse("coverage:ties")).text.split())

    assert meets == {
        "AWO": {"Büro"},
        "Büro": {"AWO", "Caritas", "Haus <H>"},
        "Caritas": {"Büro", "Haus <H>", "Gast"},
        "Diakonie": set(),  # agreed with the city
        "Gast": {"Caritas"},
        "Haus <H>": {"Büro", "Caritas"},
    }
    picture = page.split("chain-thread ties")[1].split("</svg>")[0]
    assert len(re.findall("<circle", picture)) == 2 + 3 + 1
    assert picture.count("ties-arc") == 1
    assert "1 Haus verbindet Netzwerke" in page
    table, alone = page.split('id="ties-table-title"')[1].split('id="ties-alone-title"')
    assert "Gast (1)" in table
    named = [name for name in ["AWO", "Eule", "Falken", "Gast"] if name in alone]
    assert named == ["Eule", "Falken"]


def test_what_is_over_secret_or_within_one_house_ties_nobody(coordinator, city):
    shelter = ProtectedLocationFactory()
    city["A"].institution.locations.add(shelter)
    offer_at(city["B"], shelter)
    belong("Vorbei", city["A"], city["B"], until=TODAY() - dt.timedelta(days=1))
    belong("Allein", city["C"])
    Agreement.objects.create(partner=city["D"], title="Alt", valid_until=dt.date(2020, 1, 1))

    assert len(Ties(TODAY()).alone) == len(city)
    assert coordinator.get(reverse("coverage:ties")).status_code == 200


def test_an_entry_that_names_the_number_of_another_house_refers_to_it(coordinator, city):
    for letter, phone in [("A", "02323 1"), ("B", "02323 2"), ("C", "02323 2")]:
        city[letter].institution.phone = phone
        city[letter].institution.save()
    about = {"provider": city["E"].institution, "provider_name": ""}
    OfferFactory(phone="02323 1", **about)
    OfferFactory(phone="02323 2", **about)  # of two houses: a switchboard
    OfferFactory(phone="02323 1", status="draft", **about)
    OfferFactory(provider=city["A"].institution, provider_name="", phone="02323 1")

    ties = Ties(TODAY())
    page = " ".join(coordinator.get(reverse("coverage:ties")).text.split())

    assert {one.name: ties.houses[pk].name for one in ties.tied for pk in one.refers} == {
        "Eule": "AWO"
    }
    assert [one.name for one in ties.tied] == ["AWO", "Eule"]
    assert "AWO (1)" in page
    assert page.count('class="ties-arc"') == 1
