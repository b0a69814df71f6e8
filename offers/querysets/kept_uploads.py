"""What is asked about uploads that wait for their form."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

DAYS_KEPT = 1


class KeptUploadQuerySet(models.QuerySet):
    def fresh(self):
        """Those a form may still use."""
        return self.filter(kept_at__gte=_oldest())

    def past_their_time(self):
        return self.filter(kept_at__lt=_oldest())


def _oldest():
    return timezone.now() - timedelta(days=DAYS_KEPT)
