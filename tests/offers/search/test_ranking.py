"""The order of what is found is the one a person would choose."""

import datetime as dt

import pytest
from django.utils import timezone

from lifephases.ages import span
from offers.models import AccessibilityFact, Offer, Schedule
from offers.schedules import occurrences
from offers.search.query.understanding import understand
from offers.search.ranking import ranked
from tests.factories.offers import (
    DistrictFactory,
    InstitutionFactory,
    InstitutionKindFactory,
    LocationFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.offers.search.finding import found

pytestmark = pytest.mark.django_db


def test_the_title_comes_before_the_topic_and_the_topic_before_the_text():
    OfferFactory(title="Ganz anders", description="<p>Auch etwas zum Thema Stillen.</p>")
    OfferFactory(title="Vortrag", topics=[TopicFactory(name="Stillen")])
    OfferFactory(title="Stillen")

    assert found("stillen") == ["Stillen", "Vortrag", "Ganz anders"]


def test_what_answers_all_words_comes_before_what_answers_one_well():
    OfferFactory(title="Kochkurs")
    OfferFactory(title="Kochabend", teaser="Ein Kochkurs mit Vätern im Gemeindehaus")

    assert found("kochkurs gemeindehaus")[0] == "Kochabend"


def test_a_title_that_says_only_what_was_asked_for_comes_first():
    OfferFactory(title="Schwimmkurs und Aquafitness im großen Hallenbad")
    OfferFactory(title="Schwimmkurs")

    assert found("schwimmkurs")[0] == "Schwimmkurs"


def test_an_offer_made_for_the_age_comes_before_one_for_any_and_one_for_others_last():
    OfferFactory(title="Turnen A", ages=span(120, 180))
    OfferFactory(title="Turnen B", ages=None)
    OfferFactory(title="Turnen C", ages=span(12, 48))

    assert found("turnen 2 jahre") == ["Turnen C", "Turnen B", "Turnen A"]


def test_an_offer_in_the_place_comes_before_one_elsewhere():
    wanne = DistrictFactory(slug="bezirk-wanne", name="Wanne")
    near = OfferFactory(title="Turnen Z")
    OfferPlaceFactory(offer=near, location=LocationFactory(district=wanne))
    OfferPlaceFactory(offer=OfferFactory(title="Turnen A"), location=LocationFactory())

    assert found("turnen wanne") == ["Turnen Z", "Turnen A"]


def test_the_next_date_and_a_confirmation_decide_between_equals():
    OfferFactory(title="Turnen A", is_generic=True)
    OfferFactory(title="Turnen B")
    OfferFactory(
        title="Turnen C", confirmed_at=timezone.now(), confirm_method=Offer.ConfirmMethod.EDITOR
    )
    daily = ScheduleFactory(
        place=OfferPlaceFactory(
            offer=OfferFactory(
                title="Turnen D",
                confirmed_at=timezone.now(),
                confirm_method=Offer.ConfirmMethod.EDITOR,
            )
        ),
        rrule="FREQ=DAILY",
        starts_on=timezone.localdate() - dt.timedelta(days=1),
    )
    occurrences.renew(Schedule.objects.filter(pk=daily.pk))

    assert found("turnen") == ["Turnen D", "Turnen C", "Turnen B", "Turnen A"]


def test_an_offer_for_a_group_nobody_asked_for_steps_back():
    for_some = OfferFactory(title="Turnen A")
    for_some.target_groups.add(TargetGroupFactory(name="Mädchen"))
    OfferFactory(title="Turnen B")

    assert found("turnen") == ["Turnen B", "Turnen A"]
    assert found("turnen mädchen")[0] == "Turnen A"


def test_the_offers_of_a_house_called_by_its_name_come_first():
    house = InstitutionFactory(name="Sternenhaus")
    OfferFactory(title="Turnen A", teaser="Sternenhaus, Sonnenhaus")
    OfferFactory(title="Turnen B", provider=house, provider_name="")

    assert found("sternenhaus turnen") == ["Turnen B", "Turnen A"]


def test_equal_offers_stand_in_the_order_of_their_titles_every_time():
    for title in ("Turnen C", "Turnen A", "Turnen B"):
        OfferFactory(title=title)

    assert [found("turnen") for _time in range(3)] == [["Turnen A", "Turnen B", "Turnen C"]] * 3


def test_drafts_and_what_is_over_are_found_by_the_office_only():
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    OfferFactory(title="Turnen A", status=Offer.Status.DRAFT)
    OfferFactory(title="Turnen B", valid_to=yesterday)
    OfferFactory(title="Turnen C", valid_from=timezone.localdate() + dt.timedelta(days=1))
    OfferFactory(title="Turnen D")

    assert found("turnen") == ["Turnen D"]
    everywhere = found("turnen", statuses=Offer.Status.values)
    assert set(everywhere) == {f"Turnen {letter}" for letter in "ABCD"}


@pytest.mark.parametrize("text", ["xqzw", "qwertz uiopü", "!!!", "1234567", "und oder mit"])
def test_nonsense_finds_nothing_rather_than_anything(herne, text):
    assert found(text) == []


def test_a_query_of_filters_only_asks_for_all_offers():
    assert ranked(understand("2 jahre")).ids is None


def both_of(titles):
    return [title for title in titles if title in ("Sprechstunde Nord", "Sprechstunde Süd")]


@pytest.mark.parametrize(
    ("typed", "access"),
    [
        ("sprechstunde anonym", {"anonymous_possible": True}),
        ("sprechstunde kein deutsch", {"languages": ["de", "ar"]}),
        ("sprechstunde almanca bilmiyorum", {"languages": ["tr"]}),
    ],
)
def test_access_that_is_asked_for_raises_and_hides_nothing(typed, access):
    OfferFactory(title="Sprechstunde Nord", languages=["de"])
    OfferFactory(title="Sprechstunde Süd", **{"languages": ["de"], **access})

    assert both_of(found(typed)) == ["Sprechstunde Süd", "Sprechstunde Nord"]


def test_where_no_house_of_a_kind_asks_for_names_its_offers_are_raised_but_for_one_that_does():
    kind = InstitutionKindFactory(anonymous_possible=True)
    of_the_kind = {"provider": InstitutionFactory(kind=kind)}
    OfferFactory(title="Sprechstunde Nord", **of_the_kind, anonymous_possible=False)
    OfferFactory(title="Sprechstunde Süd", **of_the_kind)

    assert both_of(found("sprechstunde anonym")) == ["Sprechstunde Süd", "Sprechstunde Nord"]


def test_who_signs_is_raised_for_the_deaf():
    OfferFactory(title="Sprechstunde Nord")
    place = OfferPlaceFactory(offer=OfferFactory(title="Sprechstunde Süd")).location
    AccessibilityFact.objects.create(location=place, feature="sign-language", is_present=True)

    for typed in ["sprechstunde gehörlos", "sprechstunde dgs", "sprechstunde in gebärdensprache"]:
        assert both_of(found(typed)) == ["Sprechstunde Süd", "Sprechstunde Nord"]
