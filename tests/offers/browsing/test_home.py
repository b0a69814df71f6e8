"""The first page says what takes place soon only where it is sure, and leads on by situation."""

import datetime as dt

import pytest
from django.utils import timezone

from kekiz_portal.city import read_city
from lifephases import ages
from offers.models import Occurrence, Offer
from tests.conftest import FACTS
from tests.factories.lifephases import LifePhaseFactory
from tests.factories.offers import OfferFactory, OfferPlaceFactory, ScheduleFactory

pytestmark = pytest.mark.django_db


def offer_in(days, title, **offer):
    """Make an offer with its only date in so many days at three in the afternoon."""
    place = OfferPlaceFactory(offer=OfferFactory(title=title, **offer))
    schedule = ScheduleFactory(place=place)
    Occurrence.objects.filter(offer=place.offer).delete()
    day = timezone.localdate() + dt.timedelta(days=days)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(15)))
    Occurrence.objects.create(offer=place.offer, schedule=schedule, day=day, starts_at=starts)


def test_three_dates_of_this_week_are_shown_the_soonest_first_and_no_fourth(client):
    for days, title in [(6, "Kochen"), (0, "Turnen"), (0, "Malen"), (0, "Singen")]:
        offer_in(days, title)

    page = client.get("/").content.decode()

    assert "Diese Woche" in page
    assert page.index("Turnen") < page.index("Malen") < page.index("Singen")
    assert "Kochen" not in page
    assert page.count(", 15 Uhr") == 3


def test_what_is_next_week_is_not_called_this_week(client):
    for days, title in [(0, "Turnen"), (0, "Malen"), (6, "Singen")]:
        offer_in(days, title)

    page = client.get("/").content.decode()

    is_monday = timezone.localdate().weekday() == 0
    assert ("Diese Woche" in page, "In den nächsten Tagen" in page) == (is_monday, not is_monday)
    assert "Singen" in page


@pytest.mark.parametrize(
    ("days", "third"),
    [(8, {}), (1, {"is_generic": True})],
    ids=["a date in eight days", "an offer nobody has found here"],
)
def test_with_fewer_than_three_dates_there_is_no_empty_box_at_all(client, days, third):
    offer_in(0, "Turnen")
    offer_in(0, "Malen")
    offer_in(days, "Singen", **third)

    page = client.get("/").content.decode()

    assert "Turnen" not in page
    assert 'id="bald"' not in page


@pytest.mark.parametrize(
    "situation",
    [
        '{ offers = "thema=betreuung" }',
        '{ label = "Trennung" }',
        '{ label = "Trennung", offers = "q=trennung", help = "crisis" }',
    ],
)
def test_a_situation_that_leads_nowhere_or_two_ways_stops_the_portal(tmp_path, situation):
    text = (FACTS / "city.toml").read_text()
    (tmp_path / "city.toml").write_text(
        text.replace("situations = [", f"situations = [{situation},")
    )

    with pytest.raises(ValueError, match="a situation needs a label and either offers or help"):
        read_city(tmp_path)


def test_the_thread_is_dotted_until_half_of_a_phase_is_confirmed_and_says_why(client):
    LifePhaseFactory(ages=ages.span(0, 12))
    first, _second = OfferFactory(), OfferFactory()
    before = client.get("/").content.decode()

    first.confirmed_at, first.confirm_method = timezone.now(), Offer.ConfirmMethod.values[0]
    first.save()

    after = client.get("/").content.decode()
    why = "Gepunktet ist der Faden, wo noch nicht die Hälfte der Angebote bestätigt ist."
    assert ("thread__item--loose" in before, why in before) == (True, True)
    assert ("thread__item--loose" in after, why in after) == (False, False)
