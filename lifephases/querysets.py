"""Questions asked about the phases of growing up."""

from django.db import models
from django.db.models import Q


class AgeSpanQuerySet(models.QuerySet):
    """Rows that hold a span of ages; shared by phases, transitions and milestones."""

    def at_age(self, month):
        """Rows whose span contains an age in months."""
        return self.filter(ages__contains=month)

    def overlapping(self, ages):
        """Rows whose span shares at least one month with ``ages``."""
        return self.filter(ages__overlap=ages)


class LifePhaseQuerySet(AgeSpanQuerySet):
    def along_the_chain(self):
        """The phases a child grows through, without those that cut across."""
        return self.filter(kind=self.model.Kind.PHASE)


class MilestoneQuerySet(AgeSpanQuerySet):
    def in_phase(self, phase):
        """Milestones of a phase; what ends as the phase begins belongs to the one before."""
        begins = phase.first_month
        due = self.overlapping(phase.ages)
        if begins is None:
            return due
        return due.filter(Q(ages__startswith__gte=begins) | Q(ages__endswith__gt=begins + 1))
