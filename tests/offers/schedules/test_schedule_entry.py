"""A schedule is entered as people say it; the rule behind it is kept to the letter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.models import Schedule
from offers.recurrence import entry as schedule_entry
from offers.recurrence.entry import Entry, Repeats, Week, months, weeks
from offers.schedules.occurrences import Calendar
from offers.schedules.preview import preview
from tests.factories.offers import ScheduleExceptionFactory, ScheduleFactory, SchoolHolidayFactory

NOVEMBER = dt.date(2026, 11, 24)  # a Tuesday

ENTRIES = {
    "": Entry(Repeats.ONCE),
    "FREQ=DAILY": Entry(Repeats.DAILY),
    "FREQ=WEEKLY;BYDAY=TU,TH": Entry(Repeats.WEEKLY, (1, 3)),
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE": Entry(Repeats.EVERY_TWO_WEEKS, (2,), every=2),
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR": Entry(Repeats.EVERY_FEW_WEEKS, (0, 4), every=3),
    "FREQ=MONTHLY": Entry(Repeats.MONTHLY),
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SA": Entry(Repeats.EVERY_FEW_MONTHS, (5,), Week.FIRST, every=2),
    "FREQ=MONTHLY;INTERVAL=3": Entry(Repeats.EVERY_FEW_MONTHS, every=3),
    "FREQ=YEARLY": Entry(Repeats.YEARLY),
    "FREQ=YEARLY;BYMONTH=9;BYDAY=1SU": Entry(Repeats.YEARLY, (6,), Week.FIRST, month=9),
    "FREQ=MONTHLY;BYDAY=1MO": Entry(Repeats.MONTHLY, (0,), Week.FIRST),
    "FREQ=MONTHLY;BYDAY=-1TU,-1FR": Entry(Repeats.MONTHLY, (1, 4), Week.LAST),
}
ODD = [
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;COUNT=8;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=100;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
    "FREQ=YEARLY;INTERVAL=2",
    "FREQ=YEARLY;BYMONTH=5,9;BYDAY=1SU",
    "FREQ=YEARLY;BYMONTH=5",
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=DAILY;BYDAY=MO",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=1MO,2TU",
    "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6",
    "RRULE:FREQ=WEEKLY;BYDAY=MO",
]


@pytest.mark.parametrize(("rule", "entry"), ENTRIES.items())
def test_a_rule_and_its_entry_say_the_same(rule, entry):
    assert schedule_entry.read(rule) == entry
    assert schedule_entry.write(entry) == rule


@pytest.mark.parametrize("rule", ODD)
def test_a_rule_that_no_entry_says_stays_as_it_is(rule):
    entry = schedule_entry.read(rule)

    assert entry == Entry(Repeats.OWN_RULE, rule=rule)
    assert schedule_entry.write(entry) == rule


def test_the_same_rule_in_other_letters_is_left_alone():
    rule = "BYDAY=TH,TU;FREQ=WEEKLY;INTERVAL=1"

    assert schedule_entry.rewritten(Entry(Repeats.WEEKLY, (1, 3)), rule) == rule
    assert schedule_entry.rewritten(Entry(Repeats.WEEKLY, (1,)), rule) == "FREQ=WEEKLY;BYDAY=TU"


days = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
numbers, month, some_week = st.integers(1, 99), st.integers(1, 12), st.sampled_from(Week)
entries = st.one_of(
    st.sampled_from([Entry(Repeats.ONCE), Entry(Repeats.DAILY)]),
    st.builds(lambda n, on: Entry(weeks(n), on, every=n), numbers, days),
    st.builds(lambda n, on, in_: Entry(months(n), on, in_, every=n), numbers, days, some_week),
    st.builds(lambda n: Entry(months(n), every=n), numbers),
    st.builds(lambda m, on, in_: Entry(Repeats.YEARLY, on, in_, month=m), month, days, some_week),
    st.just(Entry(Repeats.YEARLY)),
)


@given(entries)
def test_every_entry_comes_back_as_it_was(entry):
    assert schedule_entry.read(schedule_entry.write(entry)) == entry


SENTENCES = [
    ({}, "jeden Dienstag 16–18 Uhr"),
    (
        {
            "rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "start_time": dt.time(9, 30),
            "end_time": dt.time(11),
            "school_holidays": "skip",
        },
        "jeden Montag, Mittwoch und Freitag 9:30–11 Uhr, nicht in den Schulferien",
    ),
    (
        {"rrule": "FREQ=MONTHLY;BYDAY=-1FR", "public_holidays": "keep", "note": "im Saal"},
        "jeden letzten Freitag im Monat 16–18 Uhr, auch an Feiertagen, im Saal",
    ),
    (
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "starts_on": dt.date(2026, 12, 2)},
        "alle zwei Wochen am Mittwoch 16–18 Uhr, ab 2. Dezember 2026",
    ),
    (
        {"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "starts_on": dt.date(2026, 12, 7)},
        "alle 3 Wochen am Montag 16–18 Uhr, ab 7. Dezember 2026",
    ),
    (
        {"rrule": "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SA", "starts_on": dt.date(2026, 12, 5)},
        "alle 2 Monate am ersten Samstag 16–18 Uhr, ab 5. Dezember 2026",
    ),
    (
        {"rrule": "FREQ=MONTHLY", "starts_on": dt.date(2026, 12, 15)},
        "jeden Monat am 15. 16–18 Uhr, ab 15. Dezember 2026",
    ),
    (
        {"rrule": "FREQ=YEARLY", "starts_on": dt.date(2026, 12, 6), "public_holidays": "keep"},
        "jedes Jahr am 6. Dezember 16–18 Uhr, ab 6. Dezember 2026, auch an Feiertagen",
    ),
    (
        {"rrule": "FREQ=YEARLY;BYMONTH=9;BYDAY=1SU"},
        "jedes Jahr am ersten Sonntag im September 16–18 Uhr",
    ),
    (
        {"start_time": dt.time(22), "end_time": dt.time(6)},
        "jeden Dienstag 22 Uhr bis 6 Uhr am nächsten Tag",
    ),
    ({"start_time": dt.time(20), "end_time": dt.time(0)}, "jeden Dienstag 20–24 Uhr"),
    ({"rrule": "FREQ=DAILY", "end_time": None}, "täglich ab 16 Uhr"),
    (
        {"rrule": "", "starts_on": dt.date(2026, 11, 25), "school_holidays": "skip"},
        "einmal am Mittwoch, 25. November 2026 16–18 Uhr",
    ),
    ({"rrule": "FREQ=WEEKLY;COUNT=3"}, "nach der Regel FREQ=WEEKLY;COUNT=3 16–18 Uhr"),
]


@pytest.mark.parametrize(("fields", "sentence"), SENTENCES)
def test_a_schedule_is_said_in_one_line(fields, sentence):
    assert schedule_entry.sentence(ScheduleFactory.build(place=None, **fields)) == sentence


@pytest.mark.django_db
def test_the_next_ten_dates_are_shown_with_the_holidays_between_them():
    SchoolHolidayFactory(
        name="Weihnachtsferien", first_on=dt.date(2026, 12, 23), last_on=dt.date(2027, 1, 6)
    )
    schedule = Schedule(rrule="FREQ=WEEKLY;BYDAY=WE", school_holidays="skip")

    shown = preview(schedule, Calendar.from_today(NOVEMBER))

    assert [date.day for date in shown.dates][:5] == [
        dt.date(2026, 11, 25),
        dt.date(2026, 12, 2),
        dt.date(2026, 12, 9),
        dt.date(2026, 12, 16),
        dt.date(2027, 1, 13),
    ]
    assert len(shown.dates) == 10
    assert [(off.day, off.reason) for off in shown.days_off] == [
        (dt.date(2026, 12, 23), "Weihnachtsferien"),
        (dt.date(2026, 12, 30), "Weihnachtsferien"),
        (dt.date(2027, 1, 6), "Weihnachtsferien"),
    ]
    assert schedule.pk is None


@pytest.mark.django_db
def test_public_holidays_are_named_and_exceptions_count():
    schedule = ScheduleFactory(rrule="FREQ=WEEKLY;BYDAY=FR")
    ScheduleExceptionFactory(schedule=schedule, first_on=dt.date(2026, 12, 4))

    shown = preview(schedule, Calendar.from_today(NOVEMBER))

    assert dt.date(2026, 12, 4) not in [date.day for date in shown.dates]
    assert [(off.day, off.reason) for off in shown.days_off] == [
        (dt.date(2026, 12, 25), "Erster Weihnachtstag"),
        (dt.date(2027, 1, 1), "Neujahr"),
    ]


@pytest.mark.django_db
def test_only_in_the_holidays_means_that_other_days_are_not_listed_as_lost():
    SchoolHolidayFactory(
        name="Weihnachtsferien", first_on=dt.date(2026, 12, 23), last_on=dt.date(2027, 1, 6)
    )
    schedule = Schedule(rrule="FREQ=WEEKLY;BYDAY=FR", school_holidays="only")

    shown = preview(schedule, Calendar.from_today(NOVEMBER))

    assert shown.dates == []
    assert [off.day for off in shown.days_off] == [dt.date(2026, 12, 25), dt.date(2027, 1, 1)]
