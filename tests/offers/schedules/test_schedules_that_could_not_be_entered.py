"""Nights, every third week, every second month, once a year: entered in the form and read back."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.exchange.columns import schedules as schedule_cells
from offers.models import Occurrence
from offers.schedules.form import ScheduleForm
from offers.schedules.occurrences import renew
from tests.factories.offers import OfferPlaceFactory

pytestmark = pytest.mark.django_db

KEEP = {"school_holidays": "keep", "public_holidays": "keep", "week": "1"}
START = dt.date(2026, 12, 6)


def entered(**fields):
    return ScheduleForm({**KEEP, "start_time": "9", "starts_on": START, **fields})


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"repeats": "few-weeks", "every": "3", "days": ["0"]}, "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ({"repeats": "few-weeks", "every": "2", "days": ["0"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (
            {"repeats": "few-months", "every": "2", "days": ["5"], "week": "-1"},
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SA",
        ),
        ({"repeats": "few-months", "every": "3"}, "FREQ=MONTHLY;INTERVAL=3"),
        ({"repeats": "yearly"}, "FREQ=YEARLY"),
        (
            {"repeats": "yearly", "days": ["6"], "week": "2", "month": "5", "starts_on": ""},
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
        ),
    ],
)
def test_a_rule_is_entered_in_words_and_read_back_into_the_form(fields, rule):
    form = entered(**fields)
    assert form.errors == {}
    form.instance.place = OfferPlaceFactory()
    saved = form.save()

    again = ScheduleForm(instance=saved)
    sent = {one.name: one.value() for one in again if one.value() is not None}
    saved_again = ScheduleForm(sent, instance=saved)

    assert saved.rrule == rule
    assert (saved_again.errors, saved_again.has_changed()) == ({}, False)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"repeats": "few-weeks", "days": ["0"]}, "every"),
        ({"repeats": "few-weeks", "every": "x", "days": ["0"]}, "every"),
        ({"repeats": "few-weeks", "every": "3"}, "days"),
        ({"repeats": "few-weeks", "every": "3", "days": ["0"], "starts_on": ""}, "repeats"),
        ({"repeats": "few-months", "every": "2", "starts_on": ""}, "days"),
        ({"repeats": "yearly", "starts_on": ""}, "days"),
        ({"repeats": "yearly", "days": ["6"], "starts_on": ""}, "month"),
    ],
)
def test_what_is_missing_is_said_at_its_field(fields, where):
    found = entered(**fields).errors

    assert where in found or (where == "repeats" and "__all__" in found), found


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("22", "6", "22 Uhr bis 6 Uhr am nächsten Tag"),
        ("17", "9.30", "17 Uhr bis 9:30 Uhr am nächsten Tag"),
        ("20", "24", "20–24 Uhr"),
        ("20", "24:00", "20–24 Uhr"),
        ("9", "24 Uhr", "9–24 Uhr"),
        ("0", "24", "rund um die Uhr"),
    ],
)
def test_hours_over_midnight_and_until_24_are_entered_and_read_back(start, end, words):
    form = entered(repeats="daily", start_time=start, end_time=end, starts_on="")
    assert form.errors == {}
    form.instance.place = OfferPlaceFactory()
    saved = form.save()

    assert saved.hours_words == words
    again = ScheduleForm(instance=saved)
    shown = {name: again[name].value() for name in ("start_time", "end_time")}
    unchanged = entered(repeats="daily", starts_on="", **shown)
    assert unchanged.errors == {}
    assert unchanged.instance.hours_words == words


@pytest.mark.parametrize(("start", "end"), [("11", "10"), ("9:30", "9"), ("9", "9"), ("24", "6")])
def test_a_slip_is_still_refused(start, end):
    assert entered(repeats="daily", start_time=start, end_time=end).errors


def test_a_night_ends_on_the_next_day():
    form = entered(repeats="daily", start_time="22", end_time="6", starts_on="")
    form.instance.place = OfferPlaceFactory()
    schedule = form.save()
    renew(type(schedule).objects.all())

    first = Occurrence.objects.order_by("starts_at").first()
    start, end = timezone.localtime(first.starts_at), timezone.localtime(first.ends_at)
    assert (start.hour, end.hour, (end.date() - start.date()).days) == (22, 6, 1)


@pytest.mark.parametrize(
    "text", ["jede Woche; Fr; 22–6", "alle 3 Wochen; Mo; 20–24; vom 2026-12-07"]
)
def test_a_night_in_a_list_is_read_and_said(text):
    place = OfferPlaceFactory()
    schedule = schedule_cells.planned(text)[0].schedule
    schedule.place = place
    schedule.save()

    assert schedule_cells.cell([place]) == text
