"""What is due in a phase is what a parent sees on its page."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lifephases.ages import span
from lifephases.models import Milestone
from tests.factories.lifephases import LifePhaseFactory

pytestmark = pytest.mark.django_db


def milestone(slug, first, last):
    return Milestone.objects.create(
        slug=slug, title=slug, kind="health", ages=span(first, last), what_to_do="-", source="-"
    )


def test_what_ends_at_birth_is_not_due_for_a_baby_but_what_happens_at_birth_is():
    milestone("hebamme-suchen", -9, 0)
    milestone("u1", 0, 0)
    milestone("elterngeld", -2, 3)
    milestone("kita-anspruch", 12, 72)
    milestone("einschulung", 60, 84)
    baby = LifePhaseFactory(slug="baby", ages=span(0, 12))

    due = {one.slug for one in Milestone.objects.in_phase(baby)}

    assert due == {"u1", "elterngeld"}


def test_learning_to_swim_from_5_to_10_is_not_announced_to_parents_of_10_to_17_year_olds():
    milestone("schwimmen", 60, 131)
    milestone("u11", 108, 131)
    school = LifePhaseFactory(slug="grundschule", ages=span(70, 132))
    secondary = LifePhaseFactory(slug="weiterfuehrende-schule", ages=span(120, 204))

    due = {
        phase.slug: [one.slug for one in Milestone.objects.in_phase(phase)]
        for phase in (school, secondary)
    }

    assert due == {"grundschule": ["schwimmen", "u11"], "weiterfuehrende-schule": ["u11"]}


@pytest.mark.parametrize(
    ("cutoff", "born", "school"),
    [
        ("09-30", (2020, 9), 2026),
        ("09-30", (2020, 10), 2027),
        ("06-30", (2020, 6), 2026),
        ("06-30", (2020, 7), 2027),
        ("08-01", (2020, 7), 2026),
        ("08-01", (2020, 8), 2027),  # all but who is born on the first
        ("12-31", (2020, 12), 2026),
    ],
)
def test_each_land_sets_the_day_by_which_a_child_is_six(cutoff, born, school):
    begins = Milestone(ages=span(72, 83), cutoff_day=cutoff)

    year = dt.date(school, 8, 1), dt.date(school + 1, 8, 1)
    assert begins.school_years(dt.date(*born, 1)) == year


@pytest.mark.parametrize(
    ("first", "last", "cutoff"),
    [(72, 83, "30.9."), (72, 83, "09-31"), (72, 82, "09-30"), (None, 83, "09-30")],
)
def test_a_school_year_without_a_day_or_without_some_of_its_children_is_refused(
    first, last, cutoff
):
    wrong = milestone("schulpflicht", 72, 83)
    wrong.ages, wrong.cutoff_day = span(first, last), cutoff

    with pytest.raises(ValidationError):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()
