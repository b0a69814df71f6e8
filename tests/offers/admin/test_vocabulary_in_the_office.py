"""The city's parts and topics: what a caseworker may enter, and what is refused with a reason."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from offers.models import District, Topic
from tests.factories.offers import CityFactory, DistrictFactory, TopicFactory
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, signed_in):
    return signed_in(client, User.objects.create_superuser("verwaltung"))


def save(office, row, **change):
    name = row._meta.model_name
    url = reverse(f"admin:offers_{name}_change", args=[row.pk])
    return office.post(url, form_of(office.get(url), f"{name}_form") | change)


def test_a_district_cannot_lie_in_itself(office):
    wanne = DistrictFactory(name="Wanne")

    response = save(office, wanne, parent=wanne.pk)

    assert "Ein Stadtteil kann nicht in sich selbst liegen." in response.content.decode()


def test_a_district_cannot_lie_in_one_of_its_own_parts(office):
    wanne = DistrictFactory(name="Wanne")
    quarter = DistrictFactory(name="Dannekamp", parent=DistrictFactory(name="Nord", parent=wanne))

    response = save(office, wanne, parent=quarter.pk)

    assert "Dannekamp liegt selbst in Wanne." in response.content.decode()
    wanne.refresh_from_db()
    assert wanne.parent == District.objects.get(level="city")


def test_a_district_may_move_into_another(office):
    wanne, quarter = DistrictFactory(slug="wanne"), DistrictFactory(slug="dannekamp")

    response = save(office, quarter, parent=wanne.pk)

    assert response.status_code == 302
    quarter.refresh_from_db()
    assert quarter.path == [CityFactory().slug, "wanne", "dannekamp"]


def test_examples_of_a_topic_are_words_between_commas(office):
    topic = TopicFactory()

    response = save(office, topic, examples="Hebamme, Rückbildung")

    assert response.status_code == 302
    assert Topic.objects.get().examples == ["Hebamme", "Rückbildung"]


@pytest.mark.parametrize("text", ["NaN", "[NaN, Infinity]", '{"a": -Infinity}', "a\x00b"])
def test_no_example_of_a_topic_breaks_the_office(office, text):
    assert save(office, TopicFactory(), examples=text).status_code in {200, 302}
