"""Questions asked about the phases of growing up."""

from django.db import models


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
    def ahead_of(self, month, months=12):
        """Milestones that begin within the next ``months`` after an age in months."""
        return self.filter(
            ages__startswith__gt=month, ages__startswith__lte=month + months
        ).order_by("ages", "title")
