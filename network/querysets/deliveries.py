"""Questions to the ledger of sending."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

# The end of an address that stands where a person's stood; nothing can be sent there (RFC 2606).
NOBODY = "@geloescht.invalid"
REFUSALS_LOOKED_AT_DAYS = 7


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

    def of_old_newsletters(self):
        """Mails whose recipients have been known long enough, also where the rest never left."""
        end = timezone.now() - timedelta(days=settings.NEWSLETTER_RECIPIENTS_KEPT_DAYS)
        left_lying = Q(newsletter__finished_at=None, newsletter__frozen_at__lt=end)
        return self.filter(Q(newsletter__finished_at__lt=end) | left_lying)

    def forget_people(self):
        """Take the persons out of these rows, which stay to be counted; return how many.

        What still waits is left out. What a worker holds at this moment is not touched.
        """
        state = self.model.State
        at_rest = self.exclude(state__in=[state.SENDING, state.DATA_SENT])
        at_rest = at_rest.exclude(address__endswith=NOBODY)
        return at_rest.update(
            state=Case(
                When(state__in=[state.QUEUED, state.RETRY], then=Value(state.SKIPPED)),
                When(state=state.UNCLEAR, then=Value(state.CLOSED)),
                default=F("state"),
            ),
            address=Concat(Cast("pk", models.CharField()), Value(NOBODY)),
            domain="",
            contact=None,
            subscription_id=None,
            answer="",
        )

    def unclear(self):
        """Mails that may have arrived or not; a person decides."""
        return self.filter(state=self.model.State.UNCLEAR)

    def came_back(self):
        """Mails that a server took and sent back later."""
        return self.exclude(bounces=None)

    def signed_off(self):
        """Mails by whose link somebody left the newsletter."""
        return self.exclude(signed_off_at=None)

    def refused_lately(self):
        """Mails that a server would not take at all, of newsletters of the last days."""
        since = timezone.now() - timedelta(days=REFUSALS_LOOKED_AT_DAYS)
        return self.filter(
            newsletter__frozen_at__gte=since,
            state=self.model.State.FAILED,
            answer_code__range=(500, 599),
        ).exclude(address__endswith=NOBODY)
