"""An upload of a form that was not saved yet."""

import uuid
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


class KeptUpload(models.Model):
    """A file that waits for its form to be right, for a day at most.

    Nobody can guess its key: only who uploaded it reads it, in the form that came back.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = KeptUploadQuerySet.as_manager()

    class Meta:
        ordering = ["kept_at"]

    def __str__(self):
        return self.name
