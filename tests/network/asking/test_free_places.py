"""A house says with one tap whether places are free; families read it while it is fresh."""

import pytest
from django.conf import settings

from offers.models import FreePlaces, Offer
from tests.factories.lifephases import LifePhaseFactory
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


def test_lists_and_the_sheet_say_at_once_that_nothing_is_free_with_its_day_until_it_fades(
    client, page, course, clock
):
    phase = LifePhaseFactory()
    Offer.objects.filter(pk=course.pk).update(ages=phase.ages)
    beside = OfferFactory(topics=course.topics.all(), ages=phase.ages)
    lists = ["/angebote/", f"/merkzettel/?a={course.pk}", "/ar/angebote/", "/angebote/atom.xml"]
    lists += [phase.get_absolute_url(), beside.get_absolute_url()]
    words = dict.fromkeys(lists, "urzeit voll, gesagt am") | {"/ar/angebote/": "ممتلئ حاليًا"}

    def seen():
        return [word in client.get(path).content.decode() for path, word in words.items()]

    assert seen() == [False] * 6
    client.post(page, {"plaetze": f"{course.pk}-full"})
    assert seen() == [True] * 6
    client.post(page, {"plaetze": f"{course.pk}-few"})
    assert seen() == [False] * 6
    client.post(page, {"plaetze": f"{course.pk}-full"})
    clock.days_later(DAYS)
    assert seen() == [False] * 6


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


def test_where_none_is_free_one_more_tap_says_how_long_families_wait(client, page, course):
    assert "Wie lange warten" not in client.get(page).content.decode()
    client.post(page, {"plaetze": f"{course.pk}-waiting_list"})
    assert "Wie lange warten" in client.get(page).content.decode()

    client.post(page, {"wartezeit": f"{course.pk}-6"})

    family = client.get(course.get_absolute_url()).content.decode()
    assert "nur noch Warteliste, Wartezeit etwa ein halbes Jahr" in family
    client.post(page, {"plaetze": f"{course.pk}-free"})
    assert "Wartezeit" not in client.get(course.get_absolute_url()).content.decode()


@pytest.mark.parametrize("sent", ["", "{pk}", "{pk}-2", "{pk}-x", "{pk}-99999999999", "{other}-6"])
def test_a_time_that_means_nothing_or_is_of_another_house_does_nothing(client, page, course, sent):
    client.post(page, {"plaetze": f"{course.pk}-full"})
    other = OfferFactory()

    answer = client.post(page, {"wartezeit": sent.format(pk=course.pk, other=other.pk)})

    assert "nichts geschehen" in client.get(answer["Location"]).content.decode()
    assert FreePlaces.objects.get().wait_months is None


def test_nobody_waits_where_places_are_free(client, page, course):
    client.post(page, {"plaetze": f"{course.pk}-free"})

    client.post(page, {"wartezeit": f"{course.pk}-6"})

    assert FreePlaces.objects.get().wait_months is None
