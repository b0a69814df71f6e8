"""Which phases, transitions and milestones belong to an age."""

import pytest
from django.db import IntegrityError, transaction

from lifephases import ages
from lifephases.models import LifePhase
from tests.factories.lifephases import LifePhaseFactory, MilestoneFactory, TransitionFactory

pytestmark = pytest.mark.django_db


def test_a_child_in_two_phases_belongs_to_both():
    LifePhaseFactory(name="Kita-Alter", ages=ages.span(36, 78))
    LifePhaseFactory(name="Grundschule", ages=ages.span(70, 132))

    names = {
        month: list(LifePhase.objects.filter(ages__contains=month).values_list("name", flat=True))
        for month in (69, 70, 78, 79)
    }

    assert names == {
        69: ["Kita-Alter"],
        70: ["Kita-Alter", "Grundschule"],
        78: ["Kita-Alter", "Grundschule"],
        79: ["Grundschule"],
    }


def test_the_chain_leaves_out_what_cuts_across_it():
    phase = LifePhaseFactory()
    LifePhaseFactory(kind=LifePhase.Kind.CROSS)

    assert list(LifePhase.objects.along_the_chain()) == [phase]


@pytest.mark.parametrize(
    ("factory", "change", "constraint"),
    [
        (LifePhaseFactory, {"ages": "empty"}, "lifephase_ages_not_empty"),
        (LifePhaseFactory, {"hue": 8}, "lifephase_hue_within_the_palette"),
        (TransitionFactory, {"ages": "empty"}, "transition_ages_not_empty"),
        (MilestoneFactory, {"ages": "empty"}, "milestone_ages_not_empty"),
    ],
)
def test_the_database_refuses_what_cannot_be(factory, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**change)
