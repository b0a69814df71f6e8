"""When an entry is due: by the risk of what it is about, counted from its last confirmation."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.curation.confirming import confirm
from offers.models import Offer
from tests.factories.offers import (
    OfferFactory,
    OfferPlaceFactory,
    OfferTypeFactory,
    ScheduleFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
CONFIRMED = dt.datetime.fromisoformat("2026-08-31T23:30+02:00")


def confirmed(topics=(), **values):
    """An entry confirmed late in the evening of 31 August: in UTC that is the same day."""
    said = {"confirmed_at": CONFIRMED, "confirm_method": "phone"}
    return OfferFactory(
        **said | values, topics=[TopicFactory(check_every_months=n) for n in topics]
    )


def is_due(offer, on):
    return Offer.objects.due(dt.date.fromisoformat(on)).filter(pk=offer.pk).exists()


@pytest.mark.parametrize(
    ("topics", "of_type", "due_on"),
    [
        ([None], None, "2027-02-28"),
        ([3, None], None, "2026-11-30"),
        ([12, 3], None, "2026-11-30"),
        ([None], 12, "2027-08-31"),
        ([3], 12, "2026-11-30"),
        ([], None, "2027-02-28"),
    ],
)
def test_the_shortest_time_that_the_office_set_counts_else_six_months(topics, of_type, due_on):
    offer = confirmed(topics, offer_type=OfferTypeFactory(check_every_months=of_type))
    day_before = dt.date.fromisoformat(due_on) - dt.timedelta(days=1)

    assert is_due(offer, due_on)
    assert not is_due(offer, day_before.isoformat())


def test_what_the_office_sets_holds_at_once_for_all_entries():
    offer = confirmed([None])
    offer.topics.update(check_every_months=1)

    assert is_due(offer, "2026-09-30")


def test_who_was_never_confirmed_is_due_and_a_day_written_by_hand_goes_before_the_rule():
    today = timezone.localdate()
    never = OfferFactory()
    later = OfferFactory(review_due_on=today + dt.timedelta(days=1))
    sooner = confirmed(review_due_on=dt.date(2026, 9, 2))

    assert list(Offer.objects.filter(pk__in=[never.pk, later.pk]).due()) == [never]
    assert is_due(sooner, "2026-09-02")
    assert Offer.objects.get(pk=sooner.pk) not in Offer.objects.fresh(dt.date(2026, 9, 2))


def course(**values):
    return confirmed(offer_type=OfferTypeFactory(is_checked_at_end=True), **values)


def test_a_course_is_due_two_weeks_before_its_end_not_after_six_months():
    ends = course(valid_to=dt.date(2027, 6, 15))
    over_times = course()
    place = OfferPlaceFactory(offer=over_times)
    ScheduleFactory(place=place, ends_on=dt.date(2027, 6, 15))
    endless = course()
    ScheduleFactory(place=OfferPlaceFactory(offer=endless))

    for offer in (ends, over_times):
        assert not is_due(offer, "2027-05-31")
        assert is_due(offer, "2027-06-01")
    assert is_due(endless, "2027-02-28")


def test_a_course_confirmed_just_before_its_end_is_not_asked_about_every_week():
    offer = course(valid_to=dt.date(2026, 9, 10))

    assert not is_due(offer, "2026-09-01")


def test_a_confirmation_begins_the_time_anew_and_ends_the_day_by_hand():
    offer = confirmed(review_due_on=dt.date(2020, 1, 1), is_generic=True)

    confirm(Offer.objects.filter(pk=offer.pk))

    offer.refresh_from_db()
    assert offer.review_due_on is None
    assert not offer.is_generic
    assert not Offer.objects.due().filter(pk=offer.pk).exists()
