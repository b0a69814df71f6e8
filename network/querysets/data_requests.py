"""Questions about what people ask the office about their own data."""

from django.db import models
from django.utils import timezone


class DataRequestQuerySet(models.QuerySet):
    def open(self):
        """What still waits for an answer, the most urgent first."""
        return self.filter(done_on=None).order_by("due_on", "pk")

    def answered(self):
        return self.exclude(done_on=None)

    def of(self, address):
        return self.filter(address__mailbox=address)

    def close(self):
        """Note that these are answered today; they name nobody any more."""
        return self.update(done_on=timezone.localdate(), address="", note="")
