"""Months of birth as parents type them: read, refused with a sentence, never lost, never kept."""

import datetime as dt

import pytest
from django.utils import timezone

from offers.my_child.children import Child, ChildrenForm

TODAY = timezone.localdate()


def asked(*rows):
    typed = {"kinder": len(rows)}
    for number, (month, year) in enumerate(rows, start=1):
        typed |= {f"monat-{number}": month, f"jahr-{number}": year}
    return ChildrenForm(typed)


@pytest.mark.parametrize("month", ["5", "05", " 5 ", "Mai", "mai", "MAI"])
def test_a_month_is_read_as_people_write_it(month):
    form = asked((month, str(TODAY.year - 2)))

    assert form.is_valid()
    assert [child.born for child in form.children] == [dt.date(TODAY.year - 2, 5, 1)]


@pytest.mark.parametrize(("month", "number"), [("Sept.", 9), ("Dez", 12), ("März", 3), ("jan", 1)])
def test_a_month_may_be_shortened(month, number):
    form = asked((month, str(TODAY.year - 2)))

    assert form.is_valid()
    assert form.children[0].born.month == number


@pytest.mark.parametrize(
    ("month", "year", "field", "words"),
    [
        ("13", "2024", "monat-1", "5 oder Mai"),
        ("0", "2024", "monat-1", "5 oder Mai"),
        ("30.02.", "2024", "monat-1", "5 oder Mai"),
        ("ma", "2024", "monat-1", "5 oder Mai"),
        ("5", "24", "jahr-1", "vier Ziffern"),
        ("5", "0000", "jahr-1", "vier Ziffern"),
        ("5", "zwanzig", "jahr-1", "vier Ziffern"),
        ("5", "", "jahr-1", "vier Ziffern"),
        ("", "2024", "monat-1", "5 oder Mai"),
        ("5", "1985", "jahr-1", "27 Jahren"),
        ("5", str(TODAY.year + 3), "jahr-1", "zehn Monate"),
        ("5\x00", "2024", "monat-1", "nicht lesen"),
        ("5" * 400, "2024", "monat-1", "nicht lesen"),
        ("", "", "monat-1", "wann Ihr Kind geboren ist"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(month, year, field, words):
    form = asked((month, year))

    assert not form.is_valid()
    assert words in form.errors[field][0]
    assert form["monat-1"].value() == month
    assert form["jahr-1"].value() == year


def test_an_empty_row_is_no_child_and_no_mistake():
    form = asked(("5", str(TODAY.year - 4)), ("", ""))

    assert form.is_valid()
    assert len(form.children) == 1


@pytest.mark.parametrize("said", ["", "0", "-3", "99", "1e9", "viele", "\x00", "9" * 5000])
def test_no_number_of_rows_breaks_the_form(said):
    assert 1 <= ChildrenForm({"kinder": said}).rows <= 8


def test_a_row_more_keeps_what_was_typed_even_what_is_wrong():
    form = asked(("Quatsch", "20x4")).with_one_row_more()

    assert form.rows == 2
    assert [form["monat-1"].value(), form["jahr-1"].value()] == ["Quatsch", "20x4"]
    assert not form.errors


def test_a_child_is_so_many_whole_months_old_and_its_months_have_days():
    child = Child(1, dt.date(2025, 5, 1), dt.date(2026, 11, 28))

    assert child.month == 18
    assert child.begins(20) == dt.date(2027, 1, 1)
    assert child.ends(23) == dt.date(2027, 4, 30)


def test_a_child_that_is_expected_counts_the_months_before():
    child = Child(1, dt.date(2027, 2, 1), dt.date(2026, 11, 28))

    assert child.month == -3
    assert child.is_expected
