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

    due = Milestone.objects.in_phase(baby).values_list("slug", flat=True)

    assert set(due) == {"u1", "elterngeld", "kita-anspruch"}
