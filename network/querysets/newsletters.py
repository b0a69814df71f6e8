"""Questions to the newsletters."""

from django.db import models
from django.utils import timezone


class NewsletterQuerySet(models.QuerySet):
    def being_sent(self):
        """Newsletters whose mails are to leave now."""
        return self.filter(state=self.model.State.SENDING)

    def due(self, at=None):
        """Planned newsletters whose time has come."""
        return self.filter(state=self.model.State.SCHEDULED, send_at__lte=at or timezone.now())
