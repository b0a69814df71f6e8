"""How old what a source says may be: one rule, for a row and for a question."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from offers import last_heard


def oldest_year(on=None):
    """Return the oldest year of a source whose times count on a day (today by default).

    A source names its year only. It counts as one of the last day of that year, so that
    what is said today is never older than a year by that count.
    """
    return (on or timezone.localdate()).year - 1


class SourceQuerySet(models.QuerySet):
    def of_outdated_times(self, on=None):
        """Sources of times that are older than a year, or whose year nobody knows."""
        outdated = Q(year=None) | Q(year__lt=oldest_year(on))
        return self.filter(outdated, facts__contains=[last_heard.SCHEDULE])
