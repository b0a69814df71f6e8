"""Families say in two taps what they found; counts are told from five on, and old ones go."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kekiz_portal.lib.limits import Limit
from network.asking import house
from offers.models import Experience, Offer
from offers.models.office.experience import monday_of
from offers.tasks import forget_search_demand
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def offer():
    confirmed = {"confirmed_at": timezone.now() - dt.timedelta(weeks=10), "confirm_method": "phone"}
    house = InstitutionFactory(name="Kita Sonnenschein")
    return OfferFactory(title="Elterncafé", provider=house, provider_name="", **confirmed)


def page_of(offer):
    return reverse("offers:experience", args=[offer.slug])


def say(offer, kind, weeks_ago=0, number=1):
    week = monday_of(timezone.localdate()) - dt.timedelta(weeks=weeks_ago)
    Experience.objects.create(offer=offer, kind=kind, week=week, number=number)


def test_from_the_entry_two_taps_without_account_cookie_or_script(client, offer):
    assert page_of(offer) in client.get(offer.get_absolute_url()).content.decode()

    answer = client.post(page_of(offer), {"war": "right", "website": ""})

    told = client.get(answer["Location"])
    assert "Danke" in told.content.decode()
    assert not answer.cookies
    assert not told.cookies
    [said] = Experience.objects.all()
    assert (said.kind, said.number, said.week.weekday()) == ("right", 1, 0)


def test_the_same_again_counts_and_nothing_else_is_kept(client, offer):
    for _family in range(3):
        client.post(page_of(offer), {"war": "full"})

    assert Experience.objects.get().number == 3
    assert {one.name for one in Experience._meta.fields} == {
        "id",
        "offer",
        "kind",
        "week",
        "number",
    }


@pytest.mark.parametrize("sent", [{}, {"war": ""}, {"war": "super"}, {"war": "x" * 5000}])
def test_what_is_no_answer_is_said_and_not_counted(client, offer, sent):
    answer = client.post(page_of(offer), sent)

    assert answer.status_code == 200
    assert "Tippen Sie bitte" in answer.content.decode()
    assert not Experience.objects.exists()


def test_a_machine_that_fills_the_trap_is_thanked_and_not_counted(client, offer):
    answer = client.post(page_of(offer), {"war": "nobody", "website": "https://spam.example"})

    assert answer.status_code == 303
    assert not Experience.objects.exists()


def test_a_flood_from_one_connection_has_to_wait(client, offer, monkeypatch):
    limit = Limit("experiences", connection=2, network=60)
    monkeypatch.setattr("offers.views.experiences.EXPERIENCES", limit)
    answers = [client.post(page_of(offer), {"war": "nobody"}) for _one in range(4)]

    assert [one.status_code for one in answers] == [303, 303, 429, 429]
    assert Experience.objects.get().number == 2


def test_nobody_reached_in_three_different_weeks_makes_an_entry_due(client, offer):
    say(offer, "nobody", weeks_ago=1, number=50)
    client.post(page_of(offer), {"war": "nobody"})
    assert offer not in Offer.objects.published().due()

    say(offer, "nobody", weeks_ago=3)
    client.post(page_of(offer), {"war": "nobody"})

    assert offer in Offer.objects.published().due()
    assert "niemanden erreicht" in offer.history.latest("history_id").history_change_reason


def test_what_was_before_the_confirmation_makes_nothing_due(client, offer):
    for weeks in (12, 13, 14):
        say(offer, "nobody", weeks_ago=weeks)
    client.post(page_of(offer), {"war": "nobody"})

    assert offer not in Offer.objects.published().due()


def test_counts_are_told_to_office_and_house_from_five_on(client, offer, signed_in):
    say(offer, "full", number=4)
    say(offer, "far", number=4)
    office = signed_in(Client(), User.objects.create_superuser("leitung"))
    address = reverse("admin:offers_experience_changelist")
    assert "Elterncafé" not in office.get(address).content.decode()
    assert house.of(offer.provider).entries[0].voices == ()

    client.post(page_of(offer), {"war": "full"})

    listed = office.get(address).content.decode()
    assert "Es war voll" in listed
    assert "zu weit weg" not in listed
    assert house.of(offer.provider).entries[0].voices == (("Es war voll", 5),)


def test_what_was_said_rarely_is_forgotten_with_its_week_but_not_that_nobody_was_reached(
    client, offer
):
    for kind, number in (("full", 4), ("nobody", 3), ("right", 5)):
        say(offer, kind, weeks_ago=2, number=number)
    say(offer, "nobody", weeks_ago=1, number=1)
    say(offer, "nobody", weeks_ago=15, number=1)  # before the confirmation
    say(offer, "far", number=2)

    forget_search_demand()
    forget_search_demand()

    kept = list(Experience.objects.order_by("week").values_list("kind", "number"))
    assert sorted(kept) == [("far", 2), ("nobody", 0), ("nobody", 0), ("right", 5)]
    client.post(page_of(offer), {"war": "nobody"})
    assert offer in Offer.objects.published().due()


def test_after_a_year_it_is_forgotten(offer):
    say(offer, "right", weeks_ago=54, number=9)
    say(offer, "right", weeks_ago=50, number=9)

    forget_search_demand()

    assert Experience.objects.count() == 1
