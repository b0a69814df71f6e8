"""Times as an institution writes them become dates, if every word of them is understood."""

import pytest

from offers.recurrence import spoken

WE = "FREQ=WEEKLY;BYDAY=WE"
READ = {
    "mittwochs 10 bis 12 Uhr": [(WE, "10:00", "12:00")],
    "jeden Mittwoch 9.30-11 Uhr.": [(WE, "09:30", "11:00")],
    "Mittwoch: 10:00 - 12:00": [(WE, "10:00", "12:00")],
    "mittwochs und donnerstags ab 14 Uhr": [("FREQ=WEEKLY;BYDAY=WE,TH", "14:00", None)],
    "Mo-Fr 8–16 Uhr, Sa 9-12 Uhr": [
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "08:00", "16:00"),
        ("FREQ=WEEKLY;BYDAY=SA", "09:00", "12:00"),
    ],
    "täglich 9–12 und 14–16 Uhr": [
        ("FREQ=DAILY", "09:00", "12:00"),
        ("FREQ=DAILY", "14:00", "16:00"),
    ],
    "jeden ersten Dienstag im Monat 9–11 Uhr": [("FREQ=MONTHLY;BYDAY=1TU", "09:00", "11:00")],
    "freitags 22–24 Uhr": [("FREQ=WEEKLY;BYDAY=FR", "22:00", "00:00")],
    "mittwochs": [(WE, None, None)],
    "Mi 10–12 Uhr, im Saal": [(WE, "10:00", "12:00")],
}


def clock(time):
    return time and f"{time:%H:%M}"


@pytest.mark.parametrize("text", READ)
def test_what_people_write_is_read(text):
    found = spoken.read(text, notes=["im Saal"])

    assert [(one.rrule, clock(one.start), clock(one.end)) for one in found] == READ[text]


def test_school_holidays_are_heard():
    said = {"nicht in den Schulferien": "skip", "nur in den Ferien": "only"}

    for words, choice in said.items():
        [found] = spoken.read(f"mittwochs 10 bis 12 Uhr, {words}")
        assert found.school_holidays == choice


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "nach Absprache",
            "mittwochs nach Absprache",
            "mittwochs 10–12 Uhr, nicht jede Woche",
        ),
        *("jeden zweiten Mittwoch 9 Uhr", "alle zwei Wochen Mi 9 Uhr", "Mi 10–12 Uhr (14-tägig)"),
        *(
            "2020: Mo 9 Uhr",
            "Mo 10.12.",
            "Mo 14.04. bis Fr 25.04.",
            "mittwochs 10–12 Uhr ab 3. März",
        ),
        *("mittwochs 10–12 Uhr, außer im August", "Mi 10 bis 12 Jahre", "Mi 10–12 Uhr, im Keller"),
        *(
            "mittwochs 12 bis 10 Uhr",
            "mittwochs 24 Uhr",
            "Mo 25 Uhr",
            "Fr–Mo 9 Uhr",
            "werktags 9 Uhr",
        ),
    ],
)
def test_what_could_mean_something_else_is_not_read_at_all(text):
    assert spoken.read(text, notes=["im Saal"]) == []
