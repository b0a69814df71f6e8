"""Ages as parents say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifephases import ages

SPANS = {
    (None, None): "jedes Alter",
    (-10, 324): "jedes Alter",
    (-10, 0): "Schwangerschaft",
    (-10, -1): "Schwangerschaft",
    (-9, 0): "Schwangerschaft",
    (-10, 36): "Schwangerschaft bis 3 Jahre",
    (-6, 12): "Schwangerschaft bis 1 Jahr",
    (0, 0): "Geburt",
    (0, 36): "Geburt bis 3 Jahre",
    (0, 324): "ab der Geburt",
    (3, 3): "3 Monate",
    (1, 9): "1–9 Monate",
    (12, 18): "12–18 Monate",
    (4, 36): "4 Monate bis 3 Jahre",
    (36, 78): "3–6 Jahre",
    (72, 131): "6–10 Jahre",
    (168, 179): "14 Jahre",
    (72, None): "ab 6 Jahren",
    (None, 0): "Schwangerschaft",
}
ENDS = st.one_of(st.none(), st.integers(-10, 400))


@pytest.mark.parametrize(("ends", "words"), SPANS.items())
def test_a_span_is_said_as_parents_would(ends, words):
    assert ages.span_in_words(ages.span(*ends)) == words


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
