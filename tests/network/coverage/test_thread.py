"""The picture of the chain says what its table says: thick, thin or torn."""

import re

import pytest
from django.urls import reverse

from lifephases import ages
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import CityFactory, OfferFactory, OfferPlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_the_thread_is_thick_thin_and_torn_where_the_table_says_so(coordinator):
    CityFactory()
    sport = TopicFactory(name="Sport", slug="sport")
    for number, (first, last) in enumerate([(0, 11), (12, 35), (36, 71)]):
        LifePhaseFactory(ages=ages.span(first, last), position=number)
    about = {"topics": [sport], "phone": "02323 1", "schedule_text": "montags"}
    spans = [(0, 11, "A"), (0, 11, "B"), (12, 35, "A")]
    for first, last, provider in spans:
        offer = OfferFactory(ages=ages.span(first, last), provider_name=provider, **about)
        OfferPlaceFactory(offer=offer, mode="online", location=None)

    page = coordinator.get(reverse("coverage:table")).text

    picture = page[page.index('<svg class="chain-thread"') :]
    picture = picture[: picture.index("</svg>")]
    pieces = re.findall(r'class="chain-(whole|thin|fray)"(?: stroke-width="(\d+)")?', picture)
    assert pieces == [("whole", "4"), ("thin", "3"), *[("fray", "")] * 6]
    assert 'aria-describedby="chain-grid-title"' in picture
