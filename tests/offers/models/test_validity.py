"""What is not valid yet, or no longer, is not offered to families."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.models import Occurrence
from tests.factories.offers import (
    CostOptionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def page_of(client, offer):
    return client.get(offer.get_absolute_url())


def daily(offer):
    place = OfferPlaceFactory(offer=offer)
    return ScheduleFactory(place=place, rrule="FREQ=DAILY", public_holidays="keep")


def span_of_dates():
    days = Occurrence.objects.order_by("day").values_list("day", flat=True)
    return days.first(), days.last()


def test_an_offer_is_public_from_its_first_day_to_its_last(client, today):
    offer = OfferFactory(title="Herbstkurs", valid_from=today, valid_to=today)

    assert page_of(client, offer).status_code == 200
    assert "Herbstkurs" in client.get("/angebote/").content.decode()


@pytest.mark.parametrize("which", ["valid_from", "valid_to"])
def test_an_offer_is_not_public_before_its_first_day_nor_after_its_last(client, today, which):
    day = today + DAY if which == "valid_from" else today - DAY
    offer = OfferFactory(title="Herbstkurs", **{which: day})

    assert page_of(client, offer).status_code == 404
    assert "Herbstkurs" not in client.get("/angebote/").content.decode()


def test_dates_lie_within_the_time_of_the_offer(today):
    first, last = today + 10 * DAY, today + 40 * DAY

    daily(OfferFactory(valid_from=first, valid_to=last))

    assert span_of_dates() == (first, last)


def test_dates_follow_at_once_when_an_offer_is_prolonged(today):
    offer = OfferFactory(valid_to=today + 3 * DAY)
    daily(offer)

    offer.valid_to = today + 30 * DAY
    offer.save()

    assert span_of_dates() == (today, today + 30 * DAY)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"valid_from": dt.date(2026, 1, 2)}, "Das gibt es seit 2. Januar 2026."),
        ({"valid_to": dt.date(2099, 6, 30)}, "Das gibt es noch bis 30. Juni 2099."),
        (
            {"valid_from": dt.date(2026, 1, 2), "valid_to": dt.date(2099, 6, 30)},
            "Das gibt es vom 2. Januar 2026 bis 30. Juni 2099.",
        ),
    ],
)
def test_the_page_says_from_when_to_when_an_offer_is_there(client, values, words):
    assert words in page_of(client, OfferFactory(**values)).content.decode()


def test_only_prices_of_today_are_shown_as_the_price(client, today):
    offer = OfferFactory(cost_kind="paid")
    CostOptionFactory(offer=offer, amount=7, valid_to=today - DAY)
    CostOptionFactory(offer=offer, amount=8, valid_from=today, valid_to=today)
    CostOptionFactory(offer=offer, amount=9, valid_from=today + DAY)

    for page in [page_of(client, offer), client.get("/angebote/")]:
        text = page.content.decode()
        assert ("8 Euro" in text, "7 Euro" in text, "9 Euro" in text) == (True, False, False)


def test_an_offer_whose_prices_are_all_past_says_that_it_costs_something(client, today):
    offer = OfferFactory(cost_kind="paid")
    CostOptionFactory(offer=offer, amount=7, valid_to=today - DAY)

    assert "Kostet etwas" in page_of(client, offer).content.decode()
