import factory

from lifephases import ages
from lifephases.models import LifePhase, Milestone, Transition


class TransitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Transition

    slug = factory.Sequence("uebergang-{}".format)
    name = factory.Sequence("Übergang {}".format)
    position = factory.Sequence(int)
    ages = ages.span(6, 42)


class LifePhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LifePhase

    slug = factory.Sequence("phase-{}".format)
    name = factory.Sequence("Phase {}".format)
    short_name = factory.LazyAttribute(lambda phase: phase.name)
    position = factory.Sequence(int)
    ages = ages.span(36, 78)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    slug = factory.Sequence("meilenstein-{}".format)
    title = factory.Sequence("Meilenstein {}".format)
    kind = Milestone.Kind.HEALTH
    ages = ages.span(59, 63)
    what_to_do = "Vereinbaren Sie einen Termin."
    source = "Beispiel"
