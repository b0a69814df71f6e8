"""Ages as parents say them."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lifephases import ages

SPANS = {
    (None, None): "jedes Alter",
    (-10, 324): "jedes Alter",
    (-10, -1): "Schwangerschaft",
    (-9, 0): "Schwangerschaft bis zur Geburt",
    (None, 0): "Schwangerschaft bis zur Geburt",
    (-10, 36): "Schwangerschaft bis zum 3. Geburtstag",
    (-6, 12): "6 Monate vor der Geburt bis zum 1. Geburtstag",
    (-6, -1): "6–1 Monate vor der Geburt",
    (0, 0): "Geburt",
    (0, 4): "Geburt bis 4 Monate",
    (0, 35): "Geburt bis unter 3 Jahre",
    (0, 36): "Geburt bis zum 3. Geburtstag",
    (0, 324): "ab der Geburt",
    (3, 3): "3 Monate",
    (1, 9): "1–9 Monate",
    (12, 18): "12–18 Monate",
    (4, 36): "4–36 Monate",
    (30, 41): "30–41 Monate",
    (36, 78): "3–6½ Jahre",
    (72, 131): "6–10 Jahre",
    (72, 132): "6 Jahre bis zum 11. Geburtstag",
    (70, 132): "5 Jahre und 10 Monate bis zum 11. Geburtstag",
    (168, 179): "14 Jahre",
    (72, 72): "72 Monate",
    (72, None): "ab 6 Jahren",
    (70, None): "ab 5 Jahren und 10 Monaten",
}
PHASES = {
    (-10, 2): "Schwangerschaft bis 2 Monate",
    (0, 12): "Geburt bis 1 Jahr",
    (12, 36): "1–3 Jahre",
    (36, 78): "3–6 Jahre",
    (70, 132): "6–11 Jahre",
    (168, 324): "ab 14 Jahren",
}
MONTHS = range(-9, 325)
YEARS = re.compile(r"(\d+)–(\d+) Jahre")
ENDS = st.one_of(st.none(), st.integers(-10, 400))


@pytest.mark.parametrize(("ends", "words"), SPANS.items())
def test_a_span_is_said_as_parents_would(ends, words):
    assert ages.span_in_words(ages.span(*ends)) == words


@pytest.mark.parametrize(("ends", "words"), PHASES.items())
def test_a_phase_of_life_is_said_in_whole_years(ends, words):
    assert ages.roughly_in_words(ages.span(*ends)) == words


def test_72_and_83_months_do_not_both_read_6_years():
    words = [ages.in_words(month) for month in MONTHS if month >= 0]

    assert len(set(words)) == len(words)
    assert (ages.in_words(72), ages.in_words(83)) == ("6 Jahre", "6 Jahre und 11 Monate")


def test_what_is_shown_is_what_the_filter_finds_for_every_pair_of_months():
    """No two spans read the same, and "6–10 Jahre" are just the months of these years."""
    pairs = [(first, last) for first in MONTHS for last in MONTHS if first <= last]
    shown = {}
    with translation.override(None):  # the words as they stand in the code, without looking up
        for pair in pairs:
            shown.setdefault(ages.span_in_words(ages.span(*pair)), []).append(pair)

    assert [found for found in shown.values() if len(found) > 1] == []
    for words, [(first, last)] in shown.items():
        if years := YEARS.fullmatch(words):
            assert (first, last) == (int(years[1]) * 12, int(years[2]) * 12 + 11), words


def test_both_ends_of_a_span_are_included():
    span = ages.span(0, 4)

    assert (ages.first_month(span), ages.last_month(span), 4 in span, 5 in span) == (
        0,
        4,
        True,
        False,
    )


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="must not end"):
        ages.span(4, 3)


@given(ENDS, ENDS)
def test_every_span_keeps_its_ends_and_can_be_said(first, last):
    if None not in (first, last) and last < first:
        first, last = last, first

    span = ages.span(first, last)

    assert (ages.first_month(span), ages.last_month(span)) == (first, last)
    assert ages.span_in_words(span).strip()
    assert ages.span_in_words(span).count(ages.in_words(-1)) <= 1


@pytest.mark.parametrize(
    ("span", "phase", "is_about_it"),
    [
        ((30, 60), (0, 39), True),  # a quarter of the phase: 10 of 40 months
        ((31, 60), (0, 39), False),
        ((36, 43), (0, 39), True),  # half of the span: 4 of 8 months
        ((37, 43), (0, 39), False),
        (None, (0, 39), True),
    ],
)
def test_a_span_is_about_a_phase_from_a_quarter_of_it_or_half_of_its_own(span, phase, is_about_it):
    own = span and ages.span(*span)

    assert ages.really_covers(own, ages.span(*phase)) is is_about_it
