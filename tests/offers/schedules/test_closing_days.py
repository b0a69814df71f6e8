"""Nothing takes place on days on which the city or the house is closed."""

import datetime as dt

import pytest

from offers.exchange.city.days_off import ClosingDays
from offers.exchange.city.loading import load_file
from offers.models import ClosingDay, Occurrence, Schedule
from offers.schedules import occurrences
from tests.conftest import FACTS
from tests.factories.offers import (
    InstitutionFactory,
    OfferFactory,
    OfferPlaceFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db

ADVENT = dt.date(2026, 12, 1)


def daily(**fields):
    place = OfferPlaceFactory(offer=OfferFactory(**fields))
    return ScheduleFactory(place=place, rrule="FREQ=DAILY")


def days(schedule, today=ADVENT):
    occurrences.renew(Schedule.objects.filter(pk=schedule.pk), today)
    return set(Occurrence.objects.filter(schedule=schedule).values_list("day", flat=True))


def test_no_course_is_promised_on_christmas_eve_and_new_years_eve():
    load_file(ClosingDays(), FACTS)
    schedule = daily()

    found = days(schedule)

    assert {dt.date(2026, 12, 23), dt.date(2026, 12, 30)} <= found
    assert not {dt.date(2026, 12, 24), dt.date(2026, 12, 31)} & found


def test_the_city_closes_every_year_again():
    load_file(ClosingDays(), FACTS)

    assert dt.date(2029, 12, 24) not in days(daily(), dt.date(2029, 12, 1))


def test_help_around_the_clock_is_there_on_christmas_eve():
    load_file(ClosingDays(), FACTS)
    schedule = daily()
    Schedule.objects.filter(pk=schedule.pk).update(public_holidays="keep")

    assert dt.date(2026, 12, 24) in days(schedule)


def test_a_house_is_closed_for_its_own_offers_alone():
    house = InstitutionFactory()
    own, other = daily(provider=house, provider_name=""), daily()

    ClosingDay.objects.create(
        institution=house, name="Betriebsferien", first_on=ADVENT, last_on=dt.date(2026, 12, 7)
    )

    assert min(days(own)) == dt.date(2026, 12, 8)
    assert min(days(other)) == ADVENT


def test_dates_follow_when_closing_days_come_and_go():
    house = InstitutionFactory()
    schedule = daily(provider=house, provider_name="")
    first = schedule.occurrences.first().day

    closing = ClosingDay.objects.create(
        institution=house, name="Umzug", first_on=first, last_on=first
    )
    without = schedule.occurrences.filter(day=first).exists()
    closing.delete()

    assert not without
    assert schedule.occurrences.filter(day=first).exists()


def test_a_stretch_over_new_year_keeps_its_length():
    closing = ClosingDay(
        name="Zwischen den Jahren",
        first_on=dt.date(2024, 12, 27),
        last_on=dt.date(2025, 1, 2),
        every_year=True,
    )

    found = closing.stretches(dt.date(2027, 1, 1), dt.date(2027, 12, 31))

    assert found == [
        (dt.date(2026, 12, 27), dt.date(2027, 1, 2)),
        (dt.date(2027, 12, 27), dt.date(2028, 1, 2)),
    ]
