"""Questions to the newsletters."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class NewsletterQuerySet(models.QuerySet):
    def for_office_list(self):
        """Load all that the list of the office reads."""
        return self

    def in_archive(self):
        """Newsletters everybody may read on the web, newest first; from the first mail on."""
        sent = self.filter(is_archived_publicly=True).exclude(started_at=None)
        return sent.order_by("-started_at", "-pk")

    def being_sent(self):
        """Newsletters whose mails are to leave now."""
        return self.filter(state=self.model.State.SENDING)

    def may_have_claims(self):
        """Newsletters of whose mails a worker may hold some."""
        state = self.model.State
        return self.filter(state__in=[state.SENDING, state.PAUSED, state.STOPPED]).exclude(
            state=state.STOPPED, finished_at__lt=timezone.now() - timedelta(days=1)
        )

    def due(self, at=None):
        """Planned newsletters whose time has come."""
        return self.filter(state=self.model.State.SCHEDULED, send_at__lte=at or timezone.now())
