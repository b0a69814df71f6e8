"""Whom to call about a milestone: the number stands in one place, and nobody's is borrowed."""

import datetime as dt

import pytest
from django.conf import settings

from lifephases import ages
from lifephases.models import Milestone
from offers.browsing.entering.milestones import due_in
from offers.models import MilestoneContact
from tests.factories.lifephases import LifePhaseFactory, MilestoneFactory
from tests.factories.offers import InstitutionFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase():
    return LifePhaseFactory(ages=ages.span(0, 12))


@pytest.fixture
def milestone():
    return MilestoneFactory(title="Elterngeld", ages=ages.span(0, 3))


def only_due(phase):
    (due,), *_others = due_in(phase)
    return due


def test_the_number_is_that_of_the_institution_until_it_closes(phase, milestone):
    office = InstitutionFactory(phone="02323 160")
    MilestoneContact.objects.create(milestone=milestone, who="Elterngeldstelle", institution=office)
    assert (only_due(phase).phone, only_due(phase).instead) == (office.phone, None)

    office.archived_on = dt.date(2026, 1, 1)
    office.save()

    assert (only_due(phase).who, only_due(phase).phone) == ("Elterngeldstelle", "")
    assert only_due(phase).instead.is_city


def test_an_offer_without_a_number_never_lends_the_citys_as_its_own(phase, milestone):
    offer = OfferFactory(phone="")
    MilestoneContact.objects.create(milestone=milestone, who="Hebammenvermittlung", offer=offer)

    due = only_due(phase)

    assert (due.url, due.phone) == (offer.get_absolute_url(), "")
    assert due.instead.channels[0].phone == settings.CITY["contact"]["phone"]


def test_where_nobody_is_named_the_page_says_so_and_whom_to_ask(client, phase, milestone):
    page = client.get(phase.get_absolute_url()).content.decode()

    assert "Wer dafür zuständig ist, wissen wir noch nicht." in page
    assert settings.CITY["contact"]["name"] in page


def test_what_comes_first_in_the_office_comes_first_on_the_page(phase):
    for month in range(5):
        MilestoneFactory(title=f"Schritt {month}", ages=ages.span(month, 6))
    Milestone.objects.filter(title__in=["Schritt 2", "Schritt 4"]).update(comes_first=True)

    first, others, _offers = due_in(phase)

    assert [one.milestone.title for one in first] == ["Schritt 2", "Schritt 4"]
    assert [one.milestone.title for one in others] == ["Schritt 0", "Schritt 1", "Schritt 3"]
