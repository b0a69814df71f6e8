"""Which repetitions can be entered, and that every one of them leads to the dates it says."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from offers.models import Occurrence, Schedule
from offers.recurrence import rules as recurrence
from offers.schedules import occurrences
from tests.factories.offers import OfferPlaceFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 1)


def dates(schedule, today=MARCH, until=dt.date(2026, 4, 30)):
    occurrences.renew(Schedule.objects.filter(pk=schedule.pk), today)
    return [found.day for found in Occurrence.objects.filter(schedule=schedule, day__lte=until)]


def words(**values):
    schedule = ScheduleFactory(**values)
    dates(schedule)
    schedule.refresh_from_db()
    return schedule.words


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=SECONDLY;BYDAY=TU",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=DAILY;BYMINUTE=5",
        "freq=weekly;byday=tu;bysecond=1",
    ],
)
def test_a_repetition_within_a_day_is_refused(rule):
    with pytest.raises(ValidationError, match="nach Tagen, Wochen, Monaten oder Jahren"):
        recurrence.validate_rrule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;INTERVAL=99999999999",
        "FREQ=WEEKLY;BYDAY=XY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=20260231",
        "DTSTART:20000101T000000\nRRULE:FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=TU;",
        "jeden Dienstag",
        "\x00",
        "",
    ],
)
def test_what_is_no_repetition_is_refused(rule):
    with pytest.raises(ValidationError):
        recurrence.validate_rrule(rule)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.dictionaries(
        st.sampled_from(["INTERVAL", "COUNT", "BYMONTHDAY", "BYSETPOS", "BYWEEKNO", "BYMONTH"]),
        st.integers(-60, 400),
    ),
    st.lists(st.sampled_from(["MO", "1TU", "-1FR", "5SU"])),
)
def test_every_rule_that_is_accepted_has_dates_that_can_be_computed(often, numbers, days):
    rule = ";".join([f"FREQ={often}", *(f"{name}={value}" for name, value in numbers.items())])
    rule += f";BYDAY={','.join(days)}" if days else ""
    try:
        recurrence.validate_rrule(rule)
    except ValidationError:
        return
    last = MARCH + dt.timedelta(days=60)

    found = recurrence.days_between(rule, MARCH, MARCH, last)

    assert found == sorted(day for day in set(found) if MARCH <= day <= last)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=19991231",
    ],
)
def test_a_repetition_without_a_single_date_is_refused(rule):
    with pytest.raises(ValidationError, match="keinen einzigen Termin"):
        recurrence.validate_rrule(rule)


def test_a_date_that_comes_every_28_years_is_one():
    recurrence.validate_rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=12;BYDAY=TU",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;COUNT=5",
        "FREQ=MONTHLY",
        "FREQ=YEARLY;BYMONTH=5",
    ],
)
def test_a_repetition_that_counts_from_its_first_date_asks_for_one(rule):
    schedule = Schedule(place=OfferPlaceFactory(), rrule=rule)

    with pytest.raises(ValidationError, match="Tragen Sie das erste Datum ein"):
        schedule.full_clean()

    schedule.starts_on = MARCH
    schedule.full_clean()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=TU,TH",
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
    ],
)
def test_a_repetition_that_names_its_days_needs_no_first_date_and_does_not_move(rule):
    schedule = ScheduleFactory(rrule=rule)
    schedule.full_clean()
    later = MARCH + dt.timedelta(days=9)

    assert dates(schedule, later) == [day for day in dates(schedule) if day >= later]


def test_a_rule_typed_in_small_letters_is_kept_in_capitals():
    typed = Schedule(place=OfferPlaceFactory(), rrule="freq=weekly;byday=tu")
    typed.full_clean()
    typed.save()

    assert Schedule.objects.get().rrule == "FREQ=WEEKLY;BYDAY=TU"


def test_every_week_is_read_out_by_its_weekdays():
    assert words(rrule="FREQ=WEEKLY;BYDAY=TU") == "Di 16–18 Uhr"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=TU;BYMONTH=5,6",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=3",
    ],
)
def test_what_is_not_every_week_is_not_read_out_as_if_it_were(rule):
    assert words(rrule=rule, starts_on=MARCH) == ""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "alle zwei Wochen Di 16–18 Uhr"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "alle 3 Wochen Di 16–18 Uhr"),
        ("FREQ=MONTHLY;BYDAY=1TU", "jeden ersten Dienstag im Monat 16–18 Uhr"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU", "alle 2 Monate am ersten Dienstag 16–18 Uhr"),
        ("FREQ=YEARLY;BYMONTH=9;BYDAY=1SU", "jedes Jahr am ersten Sonntag im September 16–18 Uhr"),
    ],
)
def test_every_fortnight_is_said_on_the_page_and_in_the_export(rule, said):
    assert words(rrule=rule, starts_on=MARCH) == said
    assert Schedule.objects.get().place.times == [said]
