"""Which workers' notes are complete."""

from django.db import models


class SendingRun(models.Model):
    """One worker's turn. The table is UNLOGGED: PostgreSQL empties it after a crash.

    Workers note each mail without waiting for the disk. A worker that dies loses no note; a
    database that crashes may lose the last ones, but then the run is missing here too, and what it
    had claimed counts as possibly sent (docs/decisions).
    """

    owner = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sending run"

    def __str__(self):
        return str(self.owner)
