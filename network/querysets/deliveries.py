"""Questions to the ledger of sending."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class DeliveryQuerySet(models.QuerySet):
    def waiting(self, at=None):
        """Mails that may be tried at a moment (now by default)."""
        state = self.model.State
        due = Q(state=state.RETRY, retry_at__lte=at or timezone.now())
        return self.filter(Q(state=state.QUEUED) | due, waits=True)

    def unfinished(self):
        """Mails that still change by themselves."""
        state = self.model.State
        return self.filter(state__in=[state.QUEUED, state.SENDING, state.DATA_SENT, state.RETRY])

    def unclear(self):
        """Mails that may have arrived or not; a person decides."""
        return self.filter(state=self.model.State.UNCLEAR)
