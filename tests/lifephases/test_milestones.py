"""What is due in a phase is what a parent sees on its page."""

import pytest

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
