"""The page of who is in charge: what nobody answers for stands first, then the rules."""

import re

import pytest
from django.urls import reverse

from lifephases import ages
from offers.models import Duty
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import CityFactory, DistrictFactory, InstitutionFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    city = CityFactory()
    DistrictFactory(parent=city, slug="wanne", name="Wanne")
    return city


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_coordinators_read_what_nobody_answers_for_and_which_rule_lacks_a_number(coordinator, city):
    school, _sport = TopicFactory(name="Schule", position=1), TopicFactory(name="Sport", position=2)
    house = InstitutionFactory(phone="02323 77")
    for_ages = {"topic": school, "ages": ages.span(-10, 131)}
    Duty.objects.create(who="Schulamt", institution=house, **for_ages)
    Duty.objects.create(who="ASD", institution=InstitutionFactory(phone=""))

    page = words(coordinator.get(reverse("coverage:doors")))

    assert (
        "in 284 von 1.340 Fällen" in page
    )  # 142 of 335 months of one topic of two, in city and district
    gaps = page[page.index("Dafür ist niemand genannt") : page.index("Die Regeln")]
    assert "Schule ab 11 Jahren überall" in gaps
    assert "Sport jedes Alter überall" in gaps
    assert "1 Stelle ist bekannt, aber ohne Nummer." in page
    rules = page[page.index("Die Regeln") :]
    assert rules.index("Schulamt") < rules.index("Ohne Nummer") < rules.index("ASD")
    assert "zu prüfen" in rules


def test_a_cell_of_the_table_says_who_is_in_charge_of_it(coordinator, city):
    school = TopicFactory(slug="schule", name="Schule")
    LifePhaseFactory(slug="grundschule", ages=ages.span(72, 131))
    house = InstitutionFactory(phone="02323 77")
    about = {"topic": school, "ages": ages.span(84, 131)}
    Duty.objects.create(who="Schulamt", institution=house, **about)

    address = f"{reverse('coverage:cell')}?thema=schule&feld=grundschule"
    page = words(coordinator.get(address))

    assert "6 Jahre: niemand genannt" in page
    assert "7–10 Jahre: Schulamt , 02323 77" in page
