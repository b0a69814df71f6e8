"""Ages as lists write them."""

import pytest

from lifephases import age_text, ages
from lifephases.forms import AgeSpanField


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6–12 Monate", 6, 12),
        ("ab 14", 168, None),
        ("3 Jahre", 36, 47),
        ("0,25", 3, 5),
        ("3-6", 36, 83),
        ("bis 3 Jahre", 0, 47),
        ("U3", 0, 35),
        ("1 ½ bis 3", 18, 47),
        ("5 1/2 - 7", 66, 95),
        ("zwischen 3 und 6 Jahren", 36, 83),
        ("Ü18", 216, None),
        ("jünger als 3", 0, 35),
        ("6 Wochen – 3 Jahre", 1, 47),
        ("10 Monate bis 6 Jahre", 10, 83),
        ("3 bis unter 6 Jahre", 36, 71),
        ("14+", 168, None),
        ("18 und älter", 216, None),
        ("Kinder von 3 bis 6 Jahren", 36, 83),
        ("Geburt bis 3 Jahre", 0, 47),
        ("Schwangerschaft bis 1 Jahr", -9, 23),
        ("0-99", 0, 1199),
        ("alle", None, None),
        # as the portal itself says it, so that somebody can write a part of it anew
        ("jedes Alter", None, None),
        ("ab der Geburt", 0, None),
        ("Geburt bis zum 3. Geburtstag", 0, 36),
        ("Schwangerschaft bis zum 1. Geburtstag", -9, 12),
        ("5 Jahre und 10 Monate bis unter 18 Jahre", 70, 215),
        ("ab 5 Jahren und 10 Monaten", 70, None),
    ],
)
def test_an_age_of_a_list_is_read(text, first, last):
    assert age_text.read(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "quatsch", "1.-4. Klasse", "6-3", "121", "0,3", "11/2", "9" * 5000]
)
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        age_text.read(text)


@pytest.mark.parametrize("years", [27, 99, 120, 121])
def test_lists_and_forms_have_the_same_limit(years):
    month = years * 12 + 11
    field = AgeSpanField(required=False)
    try:
        field.clean(["0", "years", str(years), "years"])
    except Exception:  # noqa: BLE001, whatever the form says against it
        may_be_saved = False
    else:
        may_be_saved = True

    assert may_be_saved == ages.may_be_entered(month) == (years <= 120)
