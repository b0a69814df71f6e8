"""Only numbers that answer now stand on top; of the others one reads when they do."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from offers.browsing.answering_hours import AnsweringHours, hours_said

CHILDREN = "Mo-Sa 14-20; zusätzlich Mo, Mi, Do 10-12"
PARENTS = "Mo-Fr 9-17; Di, Do bis 19"
MONDAY = dt.date(2026, 11, 23)


def at(days, hour, minute=0):
    day = MONDAY + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@pytest.mark.parametrize(
    ("text", "moment", "answers"),
    [
        (CHILDREN, at(0, 15), True),
        (CHILDREN, at(0, 11), True),
        (CHILDREN, at(1, 11), False),
        (CHILDREN, at(0, 2), False),
        (CHILDREN, at(6, 15), False),
        (PARENTS, at(1, 18, 59), True),
        (PARENTS, at(2, 18), False),
    ],
)
def test_a_line_answers_in_its_hours(text, moment, answers):
    assert AnsweringHours.read(text).answers(moment) is answers


@pytest.mark.parametrize(
    ("text", "moment", "opening"),
    [
        (CHILDREN, at(0, 2), at(0, 10)),
        (CHILDREN, at(5, 21), at(7, 10)),
        (PARENTS, at(4, 17), at(7, 9)),
    ],
)
def test_a_line_that_does_not_answer_says_when_it_does(text, moment, opening):
    assert AnsweringHours.read(text).next_opening(moment) == opening


def test_nobody_answers_on_a_public_holiday():
    christmas = at(32, 10)

    assert not AnsweringHours.read(PARENTS).answers(christmas)


@pytest.mark.parametrize("text", ["24/7", "24/7 (unsicher)", "außerhalb der Praxiszeiten", ""])
def test_times_that_nobody_can_read_are_never_called_closed(text):
    assert AnsweringHours.read(text) is None


def test_hours_that_can_be_read_are_said_in_the_language_of_the_page():
    office, nobody_knows = "Mo-Do 8-16, Fr 8-13", "nach Absprache"
    with translation.override("tr"):
        assert hours_said(office) == "Pzt–Prş saat 8–16, Cum saat 8–13"
        assert hours_said(CHILDREN).startswith("Pzt saat 10–12, saat 14–20, Sal saat 14–20")
        marked = '<bdi lang="de" dir="ltr">nach Absprache</bdi>'
        assert hours_said(nobody_knows) == marked
        assert hours_said("24/7") == "günün her saati"
    assert (hours_said(office), hours_said(nobody_knows)) == (office, nobody_knows)
