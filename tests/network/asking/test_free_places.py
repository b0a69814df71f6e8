"""A house says with one tap whether places are free; families read it while it is fresh."""

import pytest
from django.conf import settings

from offers.models import FreePlaces
from tests.factories.offers import OfferFactory

DAYS = settings.FREE_PLACES_DAYS
pytestmark = pytest.mark.django_db


@pytest.fixture
def course(entry):
    return entry(title="Schwimmkurs", access_modes=["registration"])


@pytest.mark.parametrize("state", FreePlaces.State)
def test_one_tap_tells_families_at_once_and_fades_after_the_stated_time(
    client, page, course, clock, state
):
    family, words = course.get_absolute_url(), str(state.label)
    assert words not in client.get(family).content.decode()

    answer = client.post(page, {"plaetze": f"{course.pk}-{state}"})

    assert "Plätze in „Schwimmkurs“" in client.get(answer["Location"]).content.decode()
    assert words in client.get(family).content.decode()
    clock.days_later(DAYS - 1)
    assert words in client.get(family).content.decode()
    clock.days_later(1)
    assert words not in client.get(family).content.decode()


def test_the_newest_word_counts_and_is_shown_as_chosen(client, page, course):
    for state in ("free", "full"):
        client.post(page, {"plaetze": f"{course.pk}-{state}"})

    assert FreePlaces.objects.get().state == "full"
    shown = client.get(page)
    assert 'aria-pressed="true"' in shown.content.decode()
    [entry] = shown.context["house"].due
    assert [is_so for _value, _words, is_so in entry.places] == [False, False, False, True]


def test_where_nobody_signs_up_nobody_is_asked(client, page, entry):
    entry(title="Offener Treff", access_modes=["open"])

    assert "Plätze frei" not in client.get(page).content.decode()


@pytest.mark.parametrize("sent", ["", "x", "1", "{pk}-viele", "{pk}", "-free", "{other}-free"])
def test_what_means_nothing_or_is_of_another_house_does_nothing(client, page, course, sent):
    other = OfferFactory()

    answer = client.post(page, {"plaetze": sent.format(pk=course.pk, other=other.pk)})

    assert "nichts geschehen" in client.get(answer["Location"]).content.decode()
    assert not FreePlaces.objects.exists()


def test_looking_at_the_page_says_nothing_about_places(client, page, course):
    client.get(f"{page}?plaetze={course.pk}-free")

    assert not FreePlaces.objects.exists()
