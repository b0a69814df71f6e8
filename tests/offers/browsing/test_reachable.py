"""Beside a number stands whether somebody answers now, where that is certain, else nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.browsing.one_offer.reachable import reachable
from offers.browsing.whom_to_ask import of_the_city, whom_to_ask
from offers.models import ClosingDay, Offer
from tests.factories.offers import ContactPointFactory, InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)


def at(days, hour, minute=0):
    day = MONDAY + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def words(offer, moment):
    offer = Offer.objects.for_page().get(pk=offer.pk)
    found = reachable(offer, whom_to_ask(offer), moment)
    return found and found.words


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(0, 9), "Jetzt erreichbar bis 16 Uhr"),
        (at(0, 7), "Erreichbar heute ab 8 Uhr"),
        (at(0, 17), "Erreichbar morgen ab 8 Uhr"),
        (at(4, 12, 59), "Jetzt erreichbar bis 13 Uhr"),
        (at(4, 13), "Erreichbar ab Montag, 8 Uhr"),
    ],
)
def test_the_hours_beside_a_number_say_whether_somebody_answers(moment, said):
    offer = OfferFactory(phone="02323 1234 (Mo-Do 8-16, Fr 8-13)")

    assert words(offer, moment) == said


def test_the_hours_of_a_contact_for_one_purpose_count_too():
    offer = OfferFactory(phone="", email="")
    ContactPointFactory(offer=offer, phone="02323 55", hours="Mo 9–12 Uhr")

    assert words(offer, at(0, 10)) == "Jetzt erreichbar bis 12 Uhr"


@pytest.mark.parametrize("hours", ["nach Absprache", "7-16", "Sommer: Mi-So 16-21", "Mo-Fr 25-27"])
def test_hours_that_nobody_can_read_promise_nothing(hours):
    assert words(OfferFactory(phone=f"02323 1234 ({hours})"), at(0, 10)) is None


def test_hours_that_only_an_old_page_says_promise_nothing():
    house = InstitutionFactory(phone="02323 77", opening_hours_text="Mo-Fr 8-16")
    offer = OfferFactory(phone="", email="", provider=house, provider_name="")
    before = words(offer, at(0, 10))

    house.sources.create(page="https://alt.example", year=2016, facts=["opening_hours"])

    assert (before, words(offer, at(0, 10))) == ("Jetzt erreichbar bis 16 Uhr", None)


def test_nobody_answers_on_a_day_the_house_is_closed():
    house = InstitutionFactory(phone="02323 77", opening_hours_text="Mo-Fr 8-16")
    offer = OfferFactory(phone="", email="", provider=house, provider_name="")
    day = {"first_on": MONDAY, "last_on": MONDAY}
    ClosingDay.objects.create(institution=house, name="Ausflug", **day)

    assert words(offer, at(0, 10)) == "Erreichbar morgen ab 8 Uhr"


def test_a_mail_that_asks_to_be_called_is_offered_only_where_there_is_a_mailbox(settings):
    without = of_the_city().channels[0].call_back
    contact = {"name": "Familienbüro", "phone": "02323 9", "email": "buero@stadt.example"}
    settings.CITY = settings.CITY | {"contact": contact}

    asked = of_the_city().channels[0].call_back

    assert without == ""
    assert asked.startswith("mailto:buero@stadt.example?subject=Bitte%20um%20R%C3%BCckruf&body=")
