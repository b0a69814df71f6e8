"""Questions to the links that were looked at."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

GOOD_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=30)


class CheckedLinkQuerySet(models.QuerySet):
    def known(self, now=None):
        """Links looked at lately enough to be believed."""
        return self.filter(checked_at__gt=(now or timezone.now()) - GOOD_FOR)

    def old(self, now=None):
        """Links nobody asked for in a long time."""
        return self.filter(checked_at__lt=(now or timezone.now()) - KEPT_FOR)
