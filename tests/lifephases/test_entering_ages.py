"""Caseworkers enter ages as they say them, and find them again as they entered them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifephases import ages
from lifephases.forms import AgeSpanField

SAID = {
    ("0", "months", "6", "years"): (0, 83),
    ("3", "years", "3", "years"): (36, 47),
    ("4", "months", "36", "months"): (4, 36),
    ("9", "before", "1", "years"): (-9, 23),
    ("14", "years", "27", "years"): (168, 335),
    ("6", "years", "", "years"): (72, None),
    ("", "years", "0", "months"): (None, 0),
    ("", "years", "0", "years"): (None, 11),
    ("0", "years", "120", "years"): (0, 1451),
}


@pytest.mark.parametrize(("said", "months"), SAID.items())
def test_both_ends_count_and_a_year_lasts_until_the_next_birthday(said, months):
    assert AgeSpanField().clean(list(said)) == ages.span(*months)


def test_no_age_at_all_is_any_age():
    assert AgeSpanField(required=False).clean(["", "years", "", "years"]) is None


@pytest.mark.parametrize(
    "said",
    [
        ["7", "years", "6", "years"],
        ["121", "years", "", "years"],
        ["", "years", "1452", "months"],
        ["", "years", "11", "before"],
        ["-1", "months", "", "years"],
        ["9" * 40, "months", "", "years"],
        ["a\x00", "months", "", "years"],
        ["1", "weeks", "", "years"],
    ],
)
def test_an_age_that_cannot_be_is_refused_with_a_sentence(said):
    with pytest.raises(Exception) as refused:  # noqa: PT011, its type is checked below
        AgeSpanField().clean(said)

    assert refused.type.__name__ == "ValidationError"
    assert all(message.endswith(".") for message in refused.value.messages)


ENTERED = st.one_of(st.none(), st.integers(ages.YOUNGEST, ages.OLDEST_ENTERED))


@given(ENTERED, ENTERED)
def test_an_age_comes_back_as_it_was(first, last):
    if None not in (first, last) and last < first:
        first, last = last, first
    span = ages.span(first, last)

    assert back_and_forth(span) == span


def back_and_forth(span):
    field = AgeSpanField(required=False)
    return field.clean([str("" if one is None else one) for one in field.widget.decompress(span)])
