"""Questions asked about the phases of growing up."""

from django.db import models

from . import ages


class AgeSpanQuerySet(models.QuerySet):
    """Rows that hold a span of ages; shared by phases, transitions and milestones."""

    def overlapping(self, span):
        """Rows whose span shares at least one month with another."""
        return self.filter(ages__overlap=span)


class LifePhaseQuerySet(AgeSpanQuerySet):
    def along_the_chain(self):
        """The phases a child grows through, without those that cut across."""
        return self.filter(kind=self.model.Kind.PHASE)


class MilestoneQuerySet(AgeSpanQuerySet):
    def in_phase(self, phase):
        """Return the milestones that a phase is about, as a list in order of age.

        What ends as the phase begins belongs to the one before, and what a child of ten still
        learns is not announced to the parents of sixteen-year-olds.
        """
        touching = self.overlapping(phase.ages)
        return [one for one in touching if ages.really_covers(one.ages, phase.ages)]
