"""An upload of a form that was not saved yet."""

import uuid

from django.db import models

from offers.querysets.kept_uploads import KeptUploadQuerySet


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
