"""No wrong door: whatever is empty, full or unreachable names whose duty it is, by the table."""

import datetime as dt
import random
import re

import pytest
from django.utils import timezone

from lifephases import ages
from network.coverage.doors import Doors
from offers.browsing.contact.duties import MONTHS, Duties, Need
from offers.models import Duty, FreePlaces
from tests.factories.offers import (
    CityFactory,
    DistrictFactory,
    InstitutionFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
CITY = "02323 16-1651"


@pytest.fixture
def wanne():
    city = CityFactory()
    borough = DistrictFactory(parent=city, slug="bezirk-wanne", name="Wanne")
    return DistrictFactory(parent=borough, level="locality", slug="crange", name="Crange")


@pytest.fixture
def school():
    return TopicFactory(slug="schule", name="Schule")


def rule(who, phone="02323 77", **about):
    house = InstitutionFactory(name=f"Haus {who}", phone=phone, opening_hours_text="Mo 9-12")
    return Duty.objects.create(who=who, institution=house, **about)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def answer(*about):
    found = Duties.read().answer(Need(*about))
    return found and found.duty.who


def test_the_more_specific_rule_wins_topic_before_place_before_age(wanne, school):
    path = tuple(wanne.path)
    rule("Alle")
    assert answer("schule", path, 90, 91) == "Alle"
    rule("Alter", ages=ages.span(72, 130))
    assert answer("schule", path, 90, 91) == "Alter"
    rule("Bezirk", district=wanne.parent)
    rule("Ortsteil", district=wanne)
    assert answer("schule", path, 90, 91) == "Ortsteil"
    rule("Thema", topic=school)
    assert answer("schule", path, 90, 91) == "Thema"
    rule("ASD Wanne", topic=school, district=wanne.parent, ages=ages.span(0, 215))
    rule("Schulberatung", topic=school, district=wanne.parent, ages=ages.span(72, 215))
    assert answer("schule", path, 90, 91) == "Schulberatung"
    assert answer("schule", path, 20, 21) == "ASD Wanne"
    assert answer("anderes", path[:2], 20, 21) == "Bezirk"


def test_a_rule_holds_for_all_that_was_asked_or_not_at_all(wanne, school):
    rule("Schulamt", topic=school, ages=ages.span(48, 131))
    rule("ASD", topic=school, district=wanne)

    assert answer("schule", (), 120, 133) is None  # half of a phase is no answer
    assert answer("schule") is None  # nobody said an age
    assert answer("schule", tuple(wanne.path[:1]), 50, 51) == "Schulamt"


def test_of_rules_alike_the_one_checked_last_answers(school):
    rule("Alt", topic=school, ages=ages.span(0, 9), checked_on=dt.date(2026, 1, 1))
    rule("Neu", topic=school, ages=ages.span(5, 14), checked_on=dt.date(2026, 2, 1))

    assert answer("schule", (), 7, 8) == "Neu"


def test_a_rule_whose_number_is_gone_answers_nobody_and_the_office_sees_it(school):
    kept = rule("Familienbüro", topic=school)
    rule("Stadt", phone="02323 1")
    kept.institution.archived_on = dt.date(2026, 1, 1)
    kept.institution.save()

    assert answer("schule") == "Stadt"
    assert [one.duty for one in Duties.read().without_a_number] == [kept]


def test_an_offer_without_its_own_number_names_whose_duty_its_topic_is(client, wanne, school):
    offer = OfferFactory(phone="", email="", topics=[school], ages=ages.span(80, 100))
    OfferPlaceFactory(offer=offer, location=LocationFactory(district=wanne))
    about = {"topic": school, "district": wanne.parent, "ages": ages.span(72, 215)}
    rule("Schulberatung Wanne", is_youth_office=False, is_anonymous=True, **about)

    page = words(client.get(offer.get_absolute_url()))

    assert "kennen wir noch keine eigene Nummer" in page
    said = "Schulberatung Wanne. Das ist nicht das Jugendamt. Noch nicht bestätigt. "
    assert f"{said}Sie müssen Ihren Namen nicht sagen." in page
    assert "02323 77" in page


@pytest.mark.parametrize("asked", ["thema=schule&alter=90&bezirk=crange", "thema=schule&alter=7"])
def test_an_empty_result_ends_at_who_is_in_charge_and_says_so(client, wanne, school, asked):
    rule("Schulberatung", topic=school, checked_on=timezone.localdate(), ages=ages.span(72, 215))

    page = words(client.get(f"/angebote/?q=qxzqxz&{asked}"))

    in_charge = "Dafür ist zuständig: Schulberatung." in page
    assert in_charge == ("alter=90" in asked)
    assert ("Oder fragen Sie uns" in page) != in_charge


def test_where_all_places_are_taken_the_page_names_who_helps_on(client, school):
    offer = OfferFactory(phone="02323 5", topics=[school])
    rule("Familienbüro", topic=school)
    assert "Familienbüro" not in words(client.get(offer.get_absolute_url()))

    FreePlaces.objects.create(offer=offer, state="full", said_at=timezone.now())

    page = words(client.get(offer.get_absolute_url()))
    assert "Dann hilft weiter: Familienbüro." in page
    assert page.index("02323 5") < page.index("Familienbüro")


def test_who_told_that_it_did_not_fit_is_not_left_standing(client, school):
    offer = OfferFactory(phone="02323 5", topics=[school])
    rule("Familienbüro", topic=school)

    told = client.post(f"{offer.get_absolute_url()}war-da/", {"war": "full"}, follow=True)

    assert "Dann hilft weiter: Familienbüro." in words(told)


def test_the_number_of_every_foot_of_a_page_is_nowhere_less_certain(client):
    """Two certainties for one number on one page: which is one to believe?"""
    rule("Jugendamt", phone=CITY)

    told = words(client.get(OfferFactory(phone="").get_absolute_url() + "war-da/?danke=1"))
    assert told.count(CITY) > 1
    assert "Noch nicht bestätigt" not in told


def test_every_month_part_and_topic_of_herne_has_one_answer_or_stands_on_the_list(client, herne):
    doors = Doors()
    gaps = doors.gaps

    assert doors.combinations > 100_000
    assert 0 < doors.answered < doors.combinations
    listed = {(gap.topic, place) for gap in gaps for place in gap.places}
    for about, found in doors.answers.items():
        assert (None in found) == (about in listed)
        assert all(one is None or one.channels for one in found)

    # The page of families says what the table says.
    chance = random.Random(16)
    parts = [one for one in doors.places if one.parent_id]
    for _time in range(12):
        topic, place, month = (chance.choice(one) for one in (doors.topics, parts, MONTHS))
        address = f"/angebote/?q=qxzqxz&thema={topic.slug}&bezirk={place.slug}&alter={month}"
        page = words(client.get(address))
        box = page[page.index("Dafür ist zuständig:" if "Dafür ist" in page else "Oder fragen") :]
        found = doors.answers[topic, place][month - MONTHS.start]
        phone = found.channels[0].phone if found else CITY
        assert phone in box[: box.index(phone) + 20]
        assert (found.duty.who if found else "Fachbereich Kinder-Jugend-Familie") in box[:300]
