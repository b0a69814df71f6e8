"""The next dates are the real ones: holidays, exceptions, summer time."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from offers.models import Occurrence, Schedule
from offers.schedules import occurrences
from tests.factories.offers import (
    OfferFactory,
    ScheduleExceptionFactory,
    ScheduleFactory,
    SchoolHolidayFactory,
)

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 1)


def dates(schedule, today=MARCH, until=dt.date(2026, 4, 30)):
    """Renew a schedule as of a day and return its days up to another."""
    occurrences.renew(Schedule.objects.filter(pk=schedule.pk), today)
    return [found.day for found in Occurrence.objects.filter(schedule=schedule, day__lte=until)]


def hours(schedule, day):
    found = Occurrence.objects.get(schedule=schedule, day=day)
    return [timezone.localtime(at).time() for at in (found.starts_at, found.ends_at)]


def days(month, *numbers):
    return [dt.date(2026, month, number) for number in numbers]


def test_a_weekly_offer_has_a_date_every_week():
    schedule = ScheduleFactory(rrule="FREQ=WEEKLY;BYDAY=TU")

    assert dates(schedule) == days(3, 3, 10, 17, 24, 31) + days(4, 7, 14, 21, 28)


def test_four_in_the_afternoon_stays_four_when_the_clocks_change():
    schedule = ScheduleFactory(start_time=dt.time(16), end_time=dt.time(18))
    dates(schedule)

    before, after = hours(schedule, dt.date(2026, 3, 24)), hours(schedule, dt.date(2026, 3, 31))

    assert before == after == [dt.time(16), dt.time(18)]


def test_an_offer_is_off_on_a_public_holiday_of_the_state():
    corpus_christi = dt.date(2026, 6, 4)
    schedule = ScheduleFactory(rrule="FREQ=WEEKLY;BYDAY=TH")

    found = dates(schedule, today=dt.date(2026, 5, 28), until=dt.date(2026, 6, 11))

    assert found == [dt.date(2026, 5, 28), dt.date(2026, 6, 11)]
    assert corpus_christi not in found


def test_help_around_the_clock_is_there_on_public_holidays():
    schedule = ScheduleFactory(rrule="FREQ=DAILY", public_holidays="keep")

    found = dates(schedule, today=dt.date(2026, 4, 3), until=dt.date(2026, 4, 6))

    assert found == days(4, 3, 4, 5, 6)


def test_an_offer_for_school_time_is_off_in_the_school_holidays():
    SchoolHolidayFactory(first_on=dt.date(2026, 3, 30), last_on=dt.date(2026, 4, 11))
    schedule = ScheduleFactory(school_holidays="skip")

    assert dates(schedule) == days(3, 3, 10, 17, 24) + days(4, 14, 21, 28)


def test_a_holiday_programme_takes_place_only_in_the_school_holidays_first_and_last_day_too():
    SchoolHolidayFactory(first_on=dt.date(2026, 3, 31), last_on=dt.date(2026, 4, 7))
    schedule = ScheduleFactory(school_holidays="only")

    assert dates(schedule) == [*days(3, 31), *days(4, 7)]


def test_school_holidays_entered_later_change_the_dates_at_once():
    today = timezone.localdate()
    schedule = ScheduleFactory(rrule="FREQ=DAILY", public_holidays="keep", school_holidays="skip")
    before = Occurrence.objects.filter(schedule=schedule).count()

    SchoolHolidayFactory(first_on=today, last_on=today + dt.timedelta(days=9))

    assert before - Occurrence.objects.filter(schedule=schedule).count() == 10


def test_a_closure_takes_the_dates_away():
    schedule = ScheduleFactory()
    ScheduleExceptionFactory(schedule=schedule, first_on=days(3, 10)[0], last_on=days(3, 17)[0])

    assert dates(schedule, until=dt.date(2026, 3, 31)) == days(3, 3, 24, 31)


def test_an_offer_with_a_closure_goes_with_all_its_dates():
    exception = ScheduleExceptionFactory()
    offer = exception.schedule.place.offer
    assert offer.occurrences.exists()

    offer.delete()

    connection.check_constraints()
    assert not Occurrence.objects.exists()


def test_a_day_with_other_hours_has_those_hours():
    schedule = ScheduleFactory()
    day = dt.date(2026, 3, 10)
    ScheduleExceptionFactory(
        schedule=schedule, first_on=day, start_time=dt.time(9), end_time=dt.time(10)
    )
    dates(schedule)

    assert hours(schedule, day) == [dt.time(9), dt.time(10)]


def test_a_change_of_the_schedule_changes_its_dates_at_once():
    schedule = ScheduleFactory(rrule="FREQ=WEEKLY;BYDAY=TU")

    schedule.rrule = "FREQ=WEEKLY;BYDAY=FR"
    schedule.save()

    found = set(Occurrence.objects.values_list("day__week_day", flat=True))
    schedule.refresh_from_db()
    assert (found, schedule.weekdays) == ({6}, [4])


def test_a_single_date_is_one_date():
    schedule = ScheduleFactory(rrule="", starts_on=dt.date(2026, 3, 18))

    assert dates(schedule) == days(3, 18)


def test_a_single_date_in_the_past_is_none():
    schedule = ScheduleFactory(rrule="", starts_on=dt.date(2025, 11, 19))

    assert dates(schedule) == []


def test_every_other_week_counts_from_its_first_date():
    schedule = ScheduleFactory(
        rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", starts_on=dt.date(2026, 1, 6)
    )

    assert dates(schedule) == days(3, 3, 17, 31) + days(4, 14, 28)


def test_dates_end_with_the_last_day_of_the_schedule():
    schedule = ScheduleFactory(ends_on=dt.date(2026, 3, 17))

    assert dates(schedule) == days(3, 3, 10, 17)


def test_dates_are_known_for_twelve_months_and_no_longer():
    schedule = ScheduleFactory(rrule="FREQ=DAILY", public_holidays="keep")

    found = dates(schedule, until=dt.date.max)

    assert (found[0], found[-1]) == (MARCH, dt.date(2027, 3, 1))


def test_renewing_twice_leaves_the_same_dates():
    schedule = ScheduleFactory()

    assert dates(schedule) == dates(schedule)


def test_dates_move_with_their_place_to_another_offer():
    schedule = ScheduleFactory()
    elsewhere = OfferFactory()

    schedule.place.offer = elsewhere
    schedule.place.save()

    owners = set(Occurrence.objects.values_list("offer", flat=True))
    assert owners == {elsewhere.pk}
