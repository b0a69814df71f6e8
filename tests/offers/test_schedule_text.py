"""Times as people write them: what is certain becomes a schedule, the rest stays text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.exchange.city.prose.schedules import PHONE, Reading, ReadSchedule, read, say
from offers.models.schedule import LAST_MINUTE, MIDNIGHT

MO, TU, WE, TH, FR, SA, SU = range(7)


def at(days, start=None, end=None, **more):
    return ReadSchedule(tuple(days), None, start, end, **more)


AFTERNOON = (dt.time(14, 30), dt.time(17, 30))
CERTAIN = {
    "Mo 14:30-17:30": [at([MO], *AFTERNOON)],
    "Di, Do, Fr 14:30-17:30": [at([TU, TH, FR], *AFTERNOON)],
    "Di, Do, Fr 14:30-17:30 (Fr bis 14 J.)": [
        at([TU, TH, FR], *AFTERNOON, note="Fr bis 14 J."),
    ],
    "Mo, Di, Do, Fr 18-21": [at([MO, TU, TH, FR], dt.time(18), dt.time(21))],
    "Mo-Fr ab 13 Uhr": [at(range(5), dt.time(13))],
    "Do 17 Uhr": [at([TH], dt.time(17))],
    "dienstags und donnerstags 9–12 Uhr": [at([TU, TH], dt.time(9), dt.time(12))],
    "Mo-Fr 9-12 und 13-16": [
        at(range(5), dt.time(9), dt.time(12)),
        at(range(5), dt.time(13), dt.time(16)),
    ],
    "Di, Mi, Do": [at([TU, WE, TH])],
    "Mi 15-17, nicht in den Ferien": [
        at([WE], dt.time(15), dt.time(17), school_holidays="skip"),
    ],
    "Ferien, Mo-Do 14-18": [at(range(4), dt.time(14), dt.time(18), school_holidays="only")],
    "24 Stunden": [at(range(7), MIDNIGHT, LAST_MINUTE)],
    "Telefon Mo-Fr 9-12; Mo, Di, Do 13:30-15": [
        at(range(5), dt.time(9), dt.time(12), where=PHONE),
        at([MO, TU, TH], dt.time(13, 30), dt.time(15), where=PHONE),
    ],
    "Di 15-17:30 Eickel; Do 15-17:30 Sodingen": [
        at([TU], dt.time(15), dt.time(17, 30), where="Eickel"),
        at([TH], dt.time(15), dt.time(17, 30), where="Sodingen"),
    ],
    "Mittwoch 19.11.2025, 10-11:30 (Einzeltermin, vermutlich wiederkehrend)": [
        ReadSchedule(
            (),
            dt.date(2025, 11, 19),
            dt.time(10),
            dt.time(11, 30),
            note="Einzeltermin, vermutlich wiederkehrend",
        ),
    ],
}
UNCERTAIN = [
    "2020: Di-Fr 15:30-17:30",
    "Di, Do, Sa 9-12 (alt)",
    "Sommer, Mi-So 16-21",
    "werktags, nahezu täglich",
    "z.B. 28.6.2025 Tag der offenen Tür",
    "Do nachmittags",
    "Tag und Nacht (üblich)",
    "Vermittlung innerhalb von 24 Stunden",
    "3-4 mal pro Woche",
    "rund 6 Std./Woche",
    "Osterferien 2024, 11-12 Uhr",
    "Dienstag 19.11.2025, 10-11:30",
    "31.2.2026, 10-11",
    "Mo 17-9",
    "Mo 25-26",
    "Mo 9",
    "Mo-Mo 9-12",
    "Mo 9-12; Stand 2019",
]


@pytest.mark.parametrize(("text", "schedules"), CERTAIN.items())
def test_certain_times_become_schedules(text, schedules):
    assert read(text) == Reading(tuple(schedules), "")


@pytest.mark.parametrize("text", UNCERTAIN)
def test_uncertain_times_stay_text(text):
    assert read(text) == Reading((), text)


def test_what_is_certain_is_read_and_the_rest_stays_beside_it():
    reading = read("Mo, Di, Do 8-12; Do nachmittags")

    assert reading == Reading((at([MO, TU, TH], dt.time(8), dt.time(12)),), "Do nachmittags")


def test_only_an_offer_around_the_clock_takes_place_on_public_holidays():
    assert [read(text).schedules[0].public_holidays for text in ("24 Stunden", "Mo 9-12")] == [
        "keep",
        "skip",
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Do, Di 9-12", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("24 Stunden", "FREQ=DAILY"),
        ("19.11.2025", ""),
    ],
)
def test_a_schedule_knows_its_recurrence_rule(text, rule):
    assert read(text).schedules[0].rrule == rule


@given(st.text())
def test_no_text_ever_breaks_the_reading(text):
    reading = read(text)

    assert read(say(reading.schedules)).schedules == reading.schedules


PIECES = [*CERTAIN, *UNCERTAIN, "Mo", "-", "Fr", ", ", "; ", "9:30", " Uhr", "Telefon ", "Ferien, "]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_nothing_put_together_from_real_times_is_read_with_another_meaning(text):
    reading = read(text)

    assert read(say(reading.schedules)) == Reading(reading.schedules, "")


CLOCK = st.times().map(lambda time: time.replace(second=0, microsecond=0))
HOURS = st.one_of(
    st.just((None, None)),
    CLOCK.map(lambda start: (start, None)),
    st.tuples(CLOCK, CLOCK).filter(lambda pair: pair[0] < pair[1]),
)
NOTES = st.sampled_from(["", "mit Anmeldung", "für Kinder ab 3"])


@st.composite
def schedules(draw):
    start, end = draw(HOURS)
    where, note = draw(st.sampled_from(["", PHONE, "Eickel"])), draw(NOTES)
    if draw(st.booleans()):
        date = draw(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
        where = "" if where == "Eickel" else where
        return ReadSchedule((), date, start, end, where=where, note=note)
    days = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
    holidays = draw(st.sampled_from(["keep", "skip", "only"]))
    return ReadSchedule(days, None, start, end, holidays, where, note)


@given(schedules())
def test_what_is_said_is_read_with_the_same_meaning(schedule):
    around_the_clock = schedule.is_around_the_clock and len(schedule.days) == 7
    if around_the_clock:
        schedule = ReadSchedule(schedule.days, None, MIDNIGHT, LAST_MINUTE)

    assert read(say([schedule])) == Reading((schedule,), "")
